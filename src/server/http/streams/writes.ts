/**
 * `PUT` and `POST /v1/stream/c/{conversation}/b/{branch}`: the write side of the Durable Streams protocol, for whoever speaks it
 * (docs/protocol.md, "Writes"). What cannot be kept is refused before anything is written.
 */
import { type Context, Hono } from 'hono';
import { parseStream, Refusal } from '../../../protocol/index.ts';
import { type OutsideItem, outsideItemsSchema, WRITER_LIMIT } from '../../../protocol/outside-writes.ts';
import type { Producer } from '../../../tree/index.ts';
import type { OutsideAuthor, OutsideWrite, Posted } from '../../conversations/outside/write.ts';
import { parseJson, readText } from '../kit/body.ts';
import { methodNotAllowed, problemResponse } from '../kit/problems.ts';
import { missing, STREAM_PREFIX, streamOf } from '../kit/read-query.ts';
import { sentenceOf } from '../kit/schema-sentence.ts';
import type { AppEnv, Services } from '../kit/services.ts';

type BranchAddress = { readonly conversation: string; readonly branch: string };

export function writeRoutes({
  engine,
  conversations,
}: Pick<Services, 'engine' | 'conversations'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.put('/*', async (c) => {
    const branch = branchOf(c);
    if (!branch) return readsOnly();
    refuseLifetimes(c);
    await checkType(c, engine, branch);
    const from = sourceOf(c, branch);
    const wanted = { ...(await writeOf(c, branch)), ...(from && { from }), onlyNew: onlyNew(c) };
    const { created, next, closed } = await conversations.put(wanted);
    const headers = { 'content-type': JSON_TYPE, ...tail(next, closed) };
    if (!created) return new Response(null, { status: 200, headers });
    return new Response(null, { status: 201, headers: { ...headers, location: new URL(c.req.url).href } });
  });
  app.post('/*', async (c) => {
    const branch = branchOf(c);
    if (!branch) return readsOnly();
    const [producer, seq] = [producerOf(c), sequenceOf(c)];
    const said = await writeOf(c, branch);
    if (said.text === '' && !said.close) throw bad('There is nothing in the body to append.');
    if (said.text !== '') await checkType(c, engine, branch);
    const wanted = { ...said, ...(producer && { producer }), ...(seq !== undefined && { seq }) };
    return answer(await conversations.post(wanted), producer);
  });
  return app;
}

const JSON_TYPE = 'application/json';

function branchOf(c: Context<AppEnv>): BranchAddress | null {
  const name = parseStream(streamOf(new URL(c.req.url).pathname));
  return name?.kind === 'branch' ? name : null;
}

const readsOnly = methodNotAllowed('GET, HEAD');

function answer(posted: Posted, producer: Producer | undefined): Response {
  switch (posted.kind) {
    case 'said':
      return new Response(null, {
        status: producer && posted.fresh ? 200 : 204,
        headers: {
          ...tail(posted.next, posted.closed),
          ...(producer &&
            numbers({ 'producer-epoch': producer.epoch, 'producer-seq': highest(posted, producer) })),
        },
      });
    case 'closed':
      return problemResponse(closed(), tail(posted.next, true));
    case 'fenced':
      return problemResponse(fenced(), numbers({ 'producer-epoch': posted.epoch }));
    case 'gap':
      return problemResponse(
        gap(),
        numbers({ 'producer-expected-seq': posted.expected, 'producer-received-seq': posted.received }),
      );
  }
}

const highest = ({ producer }: Extract<Posted, { kind: 'said' }>, sent: Producer): number =>
  producer?.epoch === sent.epoch ? producer.seq : sent.seq;

const numbers = (headers: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const tail = (next: string, isClosed: boolean): Record<string, string> => ({
  'stream-next-offset': next,
  'cache-control': 'no-store',
  ...(isClosed && { 'stream-closed': 'true' }),
});

const closed = () => new Refusal(409, 'closed', 'This branch is closed. Fork it and go on there.');
const fenced = () =>
  new Refusal(403, 'fenced', 'This producer began anew elsewhere. Begin with a greater Producer-Epoch.');
const gap = () =>
  new Refusal(409, 'sequence', 'Something this producer sent before has not arrived. Send that first.');
const bad = (sentence: string) => new Refusal(400, 'bad-request', sentence);

async function writeOf(c: Context<AppEnv>, branch: BranchAddress): Promise<OutsideWrite> {
  const text = await readText(c.req.raw);
  const { conversation, branch: name } = branch;
  const close = /^true$/i.test(c.req.header('stream-closed') ?? '');
  const items = text === '' ? [] : itemsOf(text, c.req.method === 'PUT');
  return { conversation, branch: name, by: authorOf(c), items, text, close };
}

/** Whoever needs no token is this computer. */
function authorOf(c: Context<AppEnv>): OutsideAuthor {
  const token = c.get('token');
  return token ? { name: token.name, answers: token.answers } : { name: 'This computer' };
}

/** One item or a list of them. An empty list makes an empty branch, and appends nothing. */
function itemsOf(text: string, mayBeEmpty: boolean): readonly OutsideItem[] {
  const body = parseJson(text);
  const items: unknown[] = Array.isArray(body) ? body : [body];
  if (items.length === 0 && !mayBeEmpty) throw bad('There is nothing in the list to append.');
  const read = outsideItemsSchema.safeParse(items);
  if (!read.success) throw bad(sentenceOf(read.error));
  return read.data;
}

function refuseLifetimes(c: Context<AppEnv>): void {
  if (c.req.header('stream-ttl') !== undefined || c.req.header('stream-expires-at') !== undefined)
    throw bad('Bough keeps what is said: Stream-TTL and Stream-Expires-At cannot be honoured.');
  const sub = c.req.header('stream-fork-sub-offset');
  if (sub !== undefined && c.req.header('stream-forked-from') === undefined)
    throw bad('Stream-Fork-Sub-Offset needs Stream-Forked-From.');
  if (sub !== undefined && sub !== '0')
    throw bad('Forks are at the end of a message only: Stream-Fork-Sub-Offset cannot be honoured.');
}

/** All is JSON: what is said to be something else is refused, as what it meets says. Throws Refusal. */
async function checkType(
  c: Context<AppEnv>,
  engine: Services['engine'],
  branch: BranchAddress,
): Promise<void> {
  const given = c.req.header('content-type');
  const isPut = c.req.method === 'PUT';
  if (given === undefined && !isPut) throw bad('The body needs a Content-Type: application/json.');
  if (given === undefined || given.split(';')[0]?.trim().toLowerCase() === JSON_TYPE) return;
  const there = await engine.head(`c/${branch.conversation}/b/${branch.branch}`);
  if (there?.closed) return;
  const sentence = 'Branches are application/json, nothing else.';
  if (there || (isPut && c.req.header('stream-forked-from') !== undefined))
    throw new Refusal(409, 'not-json', sentence);
  throw isPut ? new Refusal(415, 'not-json', sentence) : missing();
}

function sourceOf(
  c: Context<AppEnv>,
  { conversation }: BranchAddress,
): { branch: string; offset?: string } | null {
  const path = c.req.header('stream-forked-from');
  const offset = c.req.header('stream-fork-offset');
  if (path === undefined) {
    if (offset !== undefined) throw bad('Stream-Fork-Offset needs Stream-Forked-From.');
    return null;
  }
  const source = parseStream(nameIn(path));
  if (!source) throw new Refusal(404, 'not-found', 'There is no such stream to fork.');
  if (source.kind !== 'branch' || source.conversation !== conversation)
    throw bad('Only branches can be forked, and only within their conversation.');
  if (offset === '' || (offset?.length ?? 0) > WRITER_LIMIT) throw bad('Stream-Fork-Offset is no offset.');
  return { branch: source.branch, ...(offset !== undefined && { offset }) };
}

/** The path of the address, or what follows its prefix. */
function nameIn(path: string): string {
  const name = path.startsWith(STREAM_PREFIX) ? path.slice(STREAM_PREFIX.length) : path;
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function onlyNew(c: Context<AppEnv>): boolean {
  const given = c.req.header('if-none-match');
  if (given !== undefined && given.trim() !== '*') throw bad('If-None-Match takes * when a branch is made.');
  return given !== undefined;
}

function producerOf(c: Context<AppEnv>): Producer | undefined {
  const [id, epoch, seq] = ['producer-id', 'producer-epoch', 'producer-seq'].map((name) =>
    c.req.header(name),
  );
  if (id === undefined && epoch === undefined && seq === undefined) return undefined;
  if (id === undefined || epoch === undefined || seq === undefined)
    throw bad('Producer-Id, Producer-Epoch and Producer-Seq go together.');
  if (id === '' || id.length > WRITER_LIMIT) throw bad(`A Producer-Id has 1 to ${WRITER_LIMIT} characters.`);
  return { id, epoch: countOf('Producer-Epoch', epoch), seq: countOf('Producer-Seq', seq) };
}

function countOf(name: string, text: string): number {
  const count = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw bad(`${name} is a whole number from 0 to 2^53-1.`);
  return count;
}

function sequenceOf(c: Context<AppEnv>): string | undefined {
  const seq = c.req.header('stream-seq');
  if (seq !== undefined && !/^[\x20-\x7e]{1,200}$/.test(seq))
    throw bad(`Stream-Seq has 1 to ${WRITER_LIMIT} characters of ASCII.`);
  return seq;
}

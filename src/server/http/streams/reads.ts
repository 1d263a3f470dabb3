/**
 * `GET` and `HEAD /v1/stream/{name}`: the read side of the Durable Streams protocol over the engine port
 * (docs/protocol.md, "Reads").
 */
import { type Context, Hono } from 'hono';
import { parseStream, Refusal, SEGMENT_HEADER, START } from '../../../protocol/index.ts';
import { EngineError, type Offset, type ReadPage } from '../../engine/index.ts';
import { plain } from '../kit/compress-answers.ts';
import { methodNotAllowed } from '../kit/problems.ts';
import { badOffset, missing, type ReadQuery, readQuery, streamOf } from '../kit/read-query.ts';
import type { AppEnv, Services } from '../kit/services.ts';
import { nextCursor } from './cursor.ts';
import { firstOf } from './first-of.ts';
import { awaitLog, openFor, surelyAnEngine } from './prepare.ts';
import { bodyOf, FLOWING } from './response-stream.ts';
import { sseEvents } from './sse.ts';

const READ_BYTES = 2_000_000;
const LONG_POLL_MS = 25_000;
/** The protocol has servers end an SSE connection about every 60 s. */
const SSE_MS = 60_000;
const SSE_BEAT_MS = 15_000;

export function readRoutes(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/*', async (c) => {
    const query = readQuery(new URL(c.req.url));
    try {
      await openFor(services, query.stream);
      if (c.req.method === 'GET') await awaitLog(services, query.stream, c.req.raw.signal);
      if (query.held) return await answer(services, await withoutSnapshot(services, query), c);
      if (!query.newest) return await answer(services, query, c);
      const stream = await services.conversations.newest(query.stream);
      const response = await answer(services, { ...query, stream }, c);
      response.headers.set(SEGMENT_HEADER, stream);
      return response;
    } catch (error) {
      throw await told(services, error);
    }
  });
  app.all('/*', (c) => methodNotAllowed(methodsOf(new URL(c.req.url).pathname))());
  return app;
}

/** From where the snapshot of the segment ends; from its start where that is not known. */
async function withoutSnapshot({ conversations }: Services, query: ReadQuery): Promise<ReadQuery> {
  return { ...query, offset: (await conversations.snapshotEnd(query.stream)) ?? query.offset };
}

/** Branches are written too (writes.ts). */
const methodsOf = (path: string): string =>
  parseStream(streamOf(path))?.kind === 'branch' ? 'GET, HEAD, PUT, POST' : 'GET, HEAD';

function answer(services: Services, query: ReadQuery, c: Context<AppEnv>): Promise<Response> {
  if (c.req.method === 'HEAD') return head(services, query);
  if (query.live === 'sse') return events(services, query);
  if (query.live === 'long-poll') return longPoll(services, query, c.req.raw);
  if (query.offset === 'now') return tail(services, query);
  return catchUp(services, query, c.req.raw);
}

const NO_STORE = { 'content-type': 'application/json', 'cache-control': 'no-store' };

async function head({ engine }: Services, { stream }: ReadQuery): Promise<Response> {
  const state = await stateOf(engine, stream);
  return new Response(null, { headers: { ...NO_STORE, ...position(state.next, { closed: state.closed }) } });
}

async function tail({ engine }: Services, { stream }: ReadQuery): Promise<Response> {
  const { next, closed } = await stateOf(engine, stream);
  return new Response('[]', { headers: { ...NO_STORE, ...position(next, { closed, upToDate: true }) } });
}

async function stateOf(
  engine: Services['engine'],
  stream: string,
): Promise<{ next: Offset; closed: boolean }> {
  const state = await engine.head(stream);
  if (state) return state;
  // `head` does not say why there is nothing; a read does: never there (404), or deleted while forks hold it (410).
  await engine.read(stream, START, { maxItems: 1 });
  throw missing();
}

async function catchUp({ engine }: Services, query: ReadQuery, request: Request): Promise<Response> {
  const page = await readPage(engine, query, query.offset);
  return pageResponse(query, page, request);
}

function readPage(engine: Services['engine'], { stream, max }: ReadQuery, from: Offset): Promise<ReadPage> {
  return engine.read(stream, from, { maxBytes: READ_BYTES, ...(max !== undefined && { maxItems: max }) });
}

async function longPoll(services: Services, query: ReadQuery, request: Request): Promise<Response> {
  const { engine, closing, timing } = services;
  const from = query.offset === 'now' ? (await stateOf(engine, query.stream)).next : query.offset;
  let page = await readPage(engine, query, from);
  if (page.items.length === 0 && page.upToDate && !page.closed) {
    const waiting = firstOf([closing, request.signal], timing?.longPoll ?? LONG_POLL_MS);
    try {
      await changed(engine, query.stream, page.next, waiting.signal);
    } finally {
      waiting.release();
    }
    page = await readPage(engine, query, page.next);
  }
  const cursor = { 'stream-cursor': nextCursor(query.cursor) };
  if (page.items.length > 0) return pageResponse(query, page, request, cursor);
  const headers = { 'cache-control': 'no-store', ...position(page.next, page), ...cursor };
  return new Response(null, { status: 204, headers });
}

/** Resolves when something follows `from` or the stream is closed, or when `signal` aborts. */
async function changed(
  engine: Services['engine'],
  stream: string,
  from: Offset,
  signal: AbortSignal,
): Promise<void> {
  for await (const _frame of engine.follow(stream, from, signal)) return;
}

async function events(services: Services, query: ReadQuery): Promise<Response> {
  const { engine, closing, timing, log } = services;
  const from = query.offset === 'now' ? (await stateOf(engine, query.stream)).next : query.offset;
  // Before the answer begins: afterwards there is no status to say that the stream or the offset is wrong.
  await engine.read(query.stream, from, { maxItems: 1 });
  const ending = firstOf([closing], timing?.sse ?? SSE_MS);
  const { stream, cursor } = query;
  const texts = sseEvents({ engine, stream, from, cursor, ending, beat: timing?.beat ?? SSE_BEAT_MS });
  return new Response(bodyOf(texts, ending.abort, log, plain()), {
    headers: { 'content-type': 'text/event-stream', ...FLOWING },
  });
}

function pageResponse(
  query: ReadQuery,
  page: ReadPage,
  request: Request,
  extra: Record<string, string> = {},
): Response {
  const etag = etagOf(query, page);
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'private, no-cache',
    etag,
    ...position(page.next, page),
    ...extra,
  };
  if (matches(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers });
  return new Response(JSON.stringify(page.items), { headers });
}

/** Changes with every start of the server: another data folder may mint the same offsets for other items. */
const run = crypto.randomUUID().slice(0, 8);

function etagOf({ stream, offset }: ReadQuery, { next, closed }: ReadPage): string {
  return `"${run}:${stream}:${encodeURIComponent(offset)}:${next}${closed ? ':c' : ''}"`;
}

const matches = (header: string | null, etag: string): boolean =>
  header?.split(',').some((given) => given.trim().replace(/^W\//, '') === etag) ?? false;

function position(next: Offset, state: { closed?: boolean; upToDate?: boolean }): Record<string, string> {
  return {
    'stream-next-offset': next,
    ...(state.upToDate && { 'stream-up-to-date': 'true' }),
    ...(state.closed && { 'stream-closed': 'true' }),
  };
}

/** An engine's error as the protocol's answer; what is none of a reader's making stays and becomes a 503. */
async function told(services: Services, error: unknown): Promise<unknown> {
  if (!(error instanceof EngineError)) return error;
  if (['missing', 'gone', 'offset'].includes(error.kind)) await surelyAnEngine(services);
  if (error.kind === 'missing') return missing();
  if (error.kind === 'gone') return new Refusal(410, 'gone', 'This stream was deleted.');
  return error.kind === 'offset' ? badOffset() : error;
}

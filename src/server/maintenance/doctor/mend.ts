/** Does what findings ask for. What is replaced or taken away is kept aside. The caller holds the folder's lock. */
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted, type Message, parseStream, segmentStream, VERSION } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { openEmbedded } from '../../engine/embedded/index.ts';
import { type FolderReader, openReader } from '../../engine/embedded/reader.ts';
import { moveTails, refill } from '../../engine/embedded/refill.ts';
import { type Engine, type Offset, readAll, START } from '../../engine/index.ts';
import { saidIn } from './find-messages.ts';
import type { Finding, Mend } from './findings.ts';
import { standIn } from './placeholder-message.ts';
import { writeAnew, writeIndexAnew } from './rewrite.ts';

/** Said in one append; an index may lack many. */
const AT_ONCE = 1_000;

/** @param aside a folder for what is replaced; made when something is */
export async function mendAll(data: string, findings: readonly Finding[], aside: string): Promise<void> {
  const mends = [...new Set(findings.flatMap(({ mend }) => (mend ? [mend] : [])))];
  const keep = (path: string): Promise<string> => placeFor(aside, basename(path));
  for (const mend of mends)
    if (mend.kind === 'set-aside') await rename(join(data, mend.path), await keep(mend.path));
  await refillLogs(join(data, 'engine'), mends, keep);
  for (const mend of mends) {
    if (mend.kind === 'anew') await writeAnew(join(data, 'engine'), mend, keep);
    if (mend.kind === 'index') await writeIndexAnew(join(data, 'engine'), mend, keep);
  }
  const engine = openEmbedded(join(data, 'engine'));
  try {
    for (const mend of mends) await mendIn(engine, mend);
  } finally {
    await engine.shutdown();
  }
}

/** Of what is kept nothing is overwritten either. */
async function placeFor(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const taken = await readdir(folder);
  let number = 1;
  while (taken.includes(number === 1 ? name : `${name}.${number}`)) number += 1;
  return join(folder, number === 1 ? name : `${name}.${number}`);
}

async function refillLogs(
  folder: string,
  mends: readonly Mend[],
  aside: (path: string) => Promise<string>,
): Promise<void> {
  const reader = openReader(folder);
  const tails = new Map<string, Offset>();
  try {
    for (const mend of mends) {
      const stream = mend.kind === 'refill' ? reader.stream(mend.stream) : undefined;
      if (!stream || mend.kind !== 'refill') continue;
      const forks = [...reader.streams('c/')].flatMap(({ from }) =>
        from?.stream === stream.name ? [from.offset] : [],
      );
      const starts = new Map(mend.headers.map((header) => [startOf(header, stream.base), header]));
      const elsewhere = await saidElsewhere(reader, stream.name);
      const tail = await refill({
        ...{ folder, stream, aside },
        known: [...starts.keys(), ...mend.headers.map(({ end }) => end), ...forks],
        instead: (start, end, bytes, whole) => {
          const header = starts.get(start);
          if (header?.end !== end || whole.has(header.id)) return null;
          return inPlace(elsewhere.get(header.id), bytes) ?? inPlace(standIn(header, bytes), bytes);
        },
      });
      tails.set(stream.name, tail);
    }
  } finally {
    await reader.close();
  }
  await moveTails(folder, tails);
}

/** Copies of a branch's messages in other branches, and logs of replies that became its messages. */
async function saidElsewhere(reader: FolderReader, stream: string): Promise<ReadonlyMap<string, Message>> {
  const name = parseStream(stream);
  return name?.kind === 'branch' ? saidIn(reader, name.conversation, stream) : new Map();
}

/** As JSON of exactly so many bytes; null where it is longer. */
function inPlace(message: Message | null | undefined, bytes: number): string | null {
  const text = message ? JSON.stringify(message) : null;
  const room = text === null ? -1 : bytes - Buffer.byteLength(text);
  return room < 0 ? null : text + ' '.repeat(room);
}

const startOf = ({ start }: MessageHeader, base: string): string => (start === START ? base : start);

async function mendIn(engine: Engine, mend: Mend): Promise<void> {
  switch (mend.kind) {
    case 'delete':
      return engine.delete(mend.stream);
    case 'say':
      return say(engine, mend.index, mend.items);
    case 'roll':
      return roll(engine, mend.index, mend.items);
    default:
  }
}

async function say(engine: Engine, index: string, items: readonly unknown[]): Promise<void> {
  const { number, closed } = await newest(engine, index);
  const stream = segmentStream(index, number);
  await engine.create(stream);
  if (closed) throw new Error(`${stream} takes no more items`);
  for (let at = 0; at < items.length; at += AT_ONCE)
    await engine.append(stream, items.slice(at, at + AT_ONCE));
}

/** As the server does it (docs/protocol.md, "Roll-over"), with another snapshot than its own. */
async function roll(engine: Engine, index: string, items: readonly unknown[]): Promise<void> {
  const { number, closed, isEmpty } = await newest(engine, index);
  const snapshot = [{ v: VERSION, kind: 'snapshot', items: items.length }, ...items];
  const next = isEmpty && number > 1 ? number : number + 1;
  if (next > number && !closed) {
    const rolled = { v: VERSION, kind: 'rolled', next: segmentStream(index, next) };
    await engine.append(segmentStream(index, number), [rolled], { close: true });
  }
  await engine.create(segmentStream(index, next));
  await engine.append(segmentStream(index, next), snapshot, { seq: '0' });
}

/** The last segment there is. */
async function newest(
  engine: Engine,
  index: string,
): Promise<{ readonly number: number; readonly closed: boolean; readonly isEmpty: boolean }> {
  let number = 1;
  while (await engine.head(segmentStream(index, number + 1))) number += 1;
  const stream = segmentStream(index, number);
  const head = await engine.head(stream);
  if (!head) return { number, closed: false, isEmpty: true };
  const { items } = await readAll(engine, stream, START);
  return { number, closed: head.closed || counted(items).next !== null, isEmpty: items.length === 0 };
}

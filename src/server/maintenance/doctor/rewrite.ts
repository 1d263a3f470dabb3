/** Writes the streams of a conversation anew (`plan-rewrite.ts`), in one step. The old logs are kept aside. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { branchStream, indexOf, outlineItemOf, outlineStream, parseStream } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { type BulkWriter, openBulk } from '../../engine/embedded/bulk.ts';
import { bytesBetween } from '../../engine/embedded/frames.ts';
import { openReader, type StoredStream } from '../../engine/embedded/reader.ts';
import { type Offset, START } from '../../engine/index.ts';
import { saidIn } from './find-messages.ts';
import type { Mend } from './findings.ts';
import { type Line, linesOf, outlineOf, type Placed } from './plan-rewrite.ts';

/** Items of the outline in one append. */
const AT_ONCE = 1_000;

/** @param folder the engine's. @param aside where a log goes */
export async function writeAnew(
  folder: string,
  { conversation, tree }: Extract<Mend, { kind: 'anew' }>,
  aside: (log: string) => Promise<string>,
): Promise<void> {
  const { lines, old } = await readOld(folder, conversation, tree);
  await replace(folder, old, aside, async (bulk) => {
    const placed = await writeLines(bulk, conversation, lines);
    const outline = outlineOf(conversation, tree, placed).map(outlineItemOf);
    await bulk.add({ name: outlineStream(conversation), from: null, closed: false }, batches(outline));
  });
}

/** @param folder the engine's. @param aside where a log goes */
export async function writeIndexAnew(
  folder: string,
  { index, items }: Extract<Mend, { kind: 'index' }>,
  aside: (log: string) => Promise<string>,
): Promise<void> {
  const reader = openReader(folder);
  const old = [...reader.streams(index)].filter(({ name }) => indexOf(name) === index);
  await reader.close();
  await replace(folder, old, aside, async (bulk) => {
    await bulk.add({ name: index, from: null, closed: false }, batches(items));
  });
}

async function replace(
  folder: string,
  old: readonly StoredStream[],
  aside: (log: string) => Promise<string>,
  write: (bulk: BulkWriter) => Promise<void>,
): Promise<void> {
  const names = old.map(({ name }) => name);
  const bulk = await openBulk(folder, names);
  try {
    await write(bulk);
    await bulk.end();
  } finally {
    await bulk.close();
  }
  for (const { log } of old)
    await rename(join(folder, 'streams', log), await aside(log)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
}

async function readOld(
  folder: string,
  conversation: string,
  tree: Extract<Mend, { kind: 'anew' }>['tree'],
): Promise<{ readonly lines: readonly Line[]; readonly old: readonly StoredStream[] }> {
  const reader = openReader(folder);
  try {
    const old = [...reader.streams(`c/${conversation}/`)].filter(({ name }) =>
      ['branch', 'outline'].includes(parseStream(name)?.kind ?? ''),
    );
    const bases = new Map(old.map(({ name, base }) => [name, base]));
    const bytesOf = ({ branch, start, end }: MessageHeader): number | null => {
      const base = bases.get(branchStream(conversation, branch));
      return base === undefined ? null : bytesBetween(start === START ? base : start, end);
    };
    return { old, lines: linesOf(tree, await saidIn(reader, conversation), bytesOf) };
  } finally {
    await reader.close();
  }
}

async function writeLines(
  bulk: BulkWriter,
  conversation: string,
  lines: readonly Line[],
): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  const endOf = new Map<string, Offset>();
  for (const line of lines) {
    const { id, from, messages } = line;
    const base = from ? (endOf.get(from.message) as Offset) : START;
    const source = from && { stream: branchStream(conversation, from.branch), offset: base };
    const ends: Offset[] = [];
    const stream = { name: branchStream(conversation, id), from: source, closed: false };
    const appends = messages.map((message) => [message]);
    await bulk.add(stream, appends, (end) => ends.push(end));
    for (const [at, message] of messages.entries()) endOf.set(message.id, ends[at] as Offset);
    placed.push({ line, base, ends });
  }
  return placed;
}

function* batches(items: readonly unknown[]): Iterable<readonly unknown[]> {
  for (let at = 0; at < items.length; at += AT_ONCE) yield items.slice(at, at + AT_ONCE);
}

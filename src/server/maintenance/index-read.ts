/** An index as it is on the disk: all its segments, and what the newest of them that holds something says. */
import { counted, indexOf, segmentOf, snapshotSchema } from '../../protocol/index.ts';
import type { FolderReader, LogEnd, StoredAppend, StoredStream } from '../engine/embedded/reader.ts';

export interface StoredSegment {
  readonly stream: StoredStream;
  readonly appends: readonly StoredAppend[];
  readonly end: LogEnd;
  /** It says where the index goes on. */
  readonly rolled: boolean;
}

export interface StoredIndex {
  /** None: there is no such index. */
  readonly segments: readonly StoredSegment[];
  /** What counts in the newest segment that holds something: all there is to know (docs/protocol.md, "Roll-over"). */
  readonly items: readonly unknown[];
  /** The segments that cannot be read to their end. */
  readonly broken: readonly StoredSegment[];
  /** A part of what counts was lost: older segments may still say it. */
  readonly isPartial: boolean;
  /** Its segments lead from the first to the newest, and that takes more. */
  readonly isServed: boolean;
  /** It goes on in a segment that is not there: a crash leaves that, and the next write makes it. */
  readonly isEnded: boolean;
}

export async function readIndex(reader: FolderReader, index: string): Promise<StoredIndex> {
  const streams = [...reader.streams(index)].filter(({ name, gone }) => indexOf(name) === index && !gone);
  const segments: StoredSegment[] = [];
  for (const stream of streams.sort((a, b) => segmentOf(a.name) - segmentOf(b.name)))
    segments.push(await readSegment(reader, stream));
  const newest = segments.findLast(({ appends }) => appends.length > 0);
  const items = newest ? counted(itemsOf(newest)).items : [];
  return {
    ...{ segments, items },
    broken: segments.filter(({ end }) => end.kind === 'short' || end.kind === 'damaged'),
    isEnded: segments.at(-1)?.rolled === true,
    isPartial: newest !== undefined && !isWhole(newest, items),
    isServed: segments.every((segment, at) => leadsOn(segment, at, segments.length, segment === newest)),
  };
}

/** All that any of its segments says, the newest first: write-once items stand as it has them. */
export function everythingIn({ items, segments, broken, isPartial }: StoredIndex): readonly unknown[] {
  const all = broken.length > 0 || isPartial ? [...items, ...segments.flatMap(itemsOf)] : items;
  return all.filter((item) => !isLost(item));
}

/** It stands where something was that can no longer be read (`refill.ts`). */
const isLost = (item: unknown): boolean =>
  /^lost\s*$/.test(String((item as { kind?: unknown } | null)?.kind));

/** Nothing was lost of it, and a segment but the first has all of its snapshot. */
function isWhole({ stream }: StoredSegment, items: readonly unknown[]): boolean {
  if (items.some(isLost)) return false;
  const mark = segmentOf(stream.name) > 1 ? snapshotSchema.safeParse(items[0]) : null;
  return mark === null || (mark.success && items.length > mark.data.items);
}

/** One that is closed says where the index goes on, if it is the newest that holds something. */
function leadsOn({ stream, rolled }: StoredSegment, at: number, of: number, isNewest: boolean): boolean {
  if (segmentOf(stream.name) !== at + 1) return false;
  return rolled || (isNewest || at + 1 === of ? !stream.closed : stream.closed);
}

export const itemsOf = ({ appends }: Pick<StoredSegment, 'appends'>): unknown[] =>
  appends.flatMap(({ items }) => items);

async function readSegment(reader: FolderReader, stream: StoredStream): Promise<StoredSegment> {
  const { appends, end } = await readOwn(reader, stream);
  return { stream, appends, end, rolled: counted(itemsOf({ appends })).next !== null };
}

/** All of a stream's own log: for streams of which that is not much. */
export async function readOwn(
  reader: FolderReader,
  stream: StoredStream,
): Promise<{ readonly appends: readonly StoredAppend[]; readonly end: LogEnd }> {
  const appends: StoredAppend[] = [];
  let end: LogEnd = { kind: 'whole' };
  for await (const append of reader.appends(stream, (how) => (end = how))) appends.push(append);
  return { appends, end };
}

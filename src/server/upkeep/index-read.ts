/** An index as it is on the disk: all its segments, and what the newest of them that holds something says. */
import { counted, segmentStream } from '../../protocol/index.ts';
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
}

export async function readIndex(reader: FolderReader, index: string): Promise<StoredIndex> {
  const segments: StoredSegment[] = [];
  for (let rolled = true; rolled; ) {
    const stream = reader.stream(segmentStream(index, segments.length + 1));
    if (!stream || stream.gone) break;
    const segment = await readSegment(reader, stream);
    segments.push(segment);
    // One that cannot be read to its end may have said that it goes on.
    rolled = segment.rolled || stream.closed;
  }
  const newest = segments.findLast(({ appends }) => appends.length > 0);
  return {
    segments,
    items: newest ? counted(itemsOf(newest)).items : [],
    broken: segments.filter(({ end }) => end.kind === 'short' || end.kind === 'damaged'),
  };
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

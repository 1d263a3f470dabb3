/**
 * Opens the reference store (`@durable-streams/server`, pinned) for its database, its record
 * and its folder layout. Its own ways of creating, appending, reading and deleting are not
 * used: docs/decisions/0010-embedded-engine.md says why, fault by fault.
 */
import { FileBackedStreamStore } from '@durable-streams/server';

/** A stream's record, as the reference store keeps it under `stream:{name}`. */
export interface StreamRecord {
  readonly path: string;
  readonly contentType: string;
  readonly currentOffset: string;
  readonly lastSeq?: string | undefined;
  readonly createdAt: number;
  readonly lastAccessedAt: number;
  readonly segmentCount: number;
  readonly totalBytes: number;
  /** The log's file name without `.log`; unlike the stream's name never used twice. */
  readonly directoryName: string;
  readonly closed?: boolean | undefined;
  readonly forkedFrom?: string | undefined;
  readonly forkOffset?: string | undefined;
  readonly refCount?: number | undefined;
  readonly softDeleted?: boolean | undefined;
}

/** What is used of the LMDB database. Records that were read are shared: never change one. */
export interface Database {
  get(key: string): StreamRecord | undefined;
  put(key: string, value: StreamRecord): Promise<boolean>;
  putSync(key: string, value: StreamRecord): boolean;
  remove(key: string): Promise<boolean>;
  getRange(range: {
    start: string;
    end: string;
    limit: number;
  }): Iterable<{ key: string; value: StreamRecord }>;
  /** Runs `work` within one write transaction; resolves to its result once committed. */
  transaction<T>(work: () => T): Promise<T>;
  /** Of everything written so far. */
  readonly committed: PromiseLike<unknown>;
  readonly flushed: PromiseLike<unknown>;
  on(event: 'beforecommit', listener: () => void): void;
  readonly cache?: { delete(key: string): void };
}

class LazyStore extends FileBackedStreamStore {}

// The base constructor calls `recover`, which reads every log and prints; here a stream is put
// right when it is first touched. It is private to the types only.
Object.defineProperty(LazyStore.prototype, 'recover', { value: () => {} });

/** Outside the range of the streams' own keys. */
const SHAPE = 'bough:shape';

/** `close` waits for what was written. One process at a time: whoever opens holds the folder's lock. */
export function openStore(folder: string): { db: Database; close(): Promise<void> } {
  const store = new LazyStore({ dataDir: folder });
  const { db } = store as unknown as { db: Database };
  db.on('beforecommit', () => queueMicrotask(() => expectFailure(db)));
  if (!db.get(SHAPE)) db.putSync(SHAPE, shaped(NO_STREAM));
  return { db, close: () => store.close() };
}

/**
 * The record with all its keys, in one order. The database keeps the shapes of what it holds
 * apart from the values and believes that it wrote a new one even if the disk was full; every
 * value of that shape would be unreadable after a restart. So there is one shape, and it is
 * there before the first stream is.
 */
export function shaped(record: StreamRecord): StreamRecord {
  const { path, contentType, currentOffset, lastSeq, createdAt, lastAccessedAt, directoryName } = record;
  const { segmentCount, totalBytes, closed, forkedFrom, forkOffset, refCount, softDeleted } = record;
  return {
    path,
    contentType,
    currentOffset,
    lastSeq,
    createdAt,
    lastAccessedAt,
    segmentCount,
    totalBytes,
    directoryName,
    closed,
    forkedFrom,
    forkOffset,
    refCount,
    softDeleted,
  };
}

const NO_STREAM: StreamRecord = {
  path: '',
  contentType: '',
  currentOffset: '',
  createdAt: 0,
  lastAccessedAt: 0,
  segmentCount: 0,
  totalBytes: 0,
  directoryName: '',
};

/**
 * A commit that fails (a full disk) rejects, besides the promises of those who asked for it, one
 * of the database's own that is born right after `beforecommit`. Unheard, it would end the process.
 */
function expectFailure(db: Database): void {
  db.committed.then(
    () => {},
    () => {},
  );
}

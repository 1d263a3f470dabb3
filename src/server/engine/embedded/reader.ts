/**
 * The streams in a folder, looked at from outside: also while another process writes them, and without changing anything. What a
 * crash left, or somebody else did, is told and not mended.
 */
import { constants, existsSync } from 'node:fs';
import { access, copyFile, type FileHandle, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeItems } from '../check.ts';
import type { ForkPoint, Offset } from '../port.ts';
import { codeOf } from './explain.ts';
import { frameAt, frameLength, type LogFrame } from './frames.ts';
import { baseOf } from './pages.ts';
import { offsetAt, positionOf } from './positions.ts';
import { Records } from './records.ts';
import { openStore, type StreamRecord } from './store.ts';

export interface StoredStream {
  readonly name: string;
  readonly from: ForkPoint | null;
  readonly closed: boolean;
  /** Deleted, and kept for its forks. */
  readonly gone: boolean;
  /** ms since the epoch. */
  readonly created: number;
  /** Its log's file name. */
  readonly log: string;
  /** Where its own log begins and, as far as the database knows, ends. */
  readonly base: Offset;
  readonly tail: Offset;
}

/** One append of a stream's own log: what it inherits is its source's. */
export interface StoredAppend {
  /** At least one. */
  readonly items: readonly unknown[];
  readonly start: Offset;
  readonly end: Offset;
}

/**
 * How a log ends. `torn`: in the middle of a write that nobody was told of. `short`: before what was acknowledged. `damaged`: what was
 * acknowledged cannot be read from `at` on.
 */
export type LogEnd =
  | { readonly kind: 'whole' }
  | { readonly kind: 'torn' | 'short'; readonly at: Offset; readonly bytes: number }
  | { readonly kind: 'damaged'; readonly at: Offset };

export interface FolderReader {
  /** Undefined when there is no such stream. As it was when it was first asked for. */
  stream(name: string): StoredStream | undefined;
  /** Those whose names begin with `prefix`, deleted ones included. */
  streams(prefix: string): Iterable<StoredStream>;
  /** The appends of a stream's own log. `ended` is told how the log ends, once all of it was taken. */
  appends(stream: StoredStream, ended?: (end: LogEnd) => void): AsyncIterable<StoredAppend>;
  /** File names of logs that no stream has. Tells the truth only while nobody writes. */
  strayLogs(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const DATABASE = 'metadata.lmdb';

/**
 * @param folder the engine's, as `DataFolder` says; without one there are no streams. The caller closes the reader.
 * @param database the folder its database is read in. Default: the same.
 */
export function openReader(folder: string, database = folder): FolderReader {
  if (!existsSync(join(database, DATABASE))) return withoutDatabase(folder);
  const { db, close } = openStore(database);
  const records = new Records(db);
  const path = (log: string): string => join(folder, 'streams', log);
  return {
    stream: (name) => {
      const record = records.get(name);
      return record && storedOf(record);
    },
    *streams(prefix) {
      for (const page of records.list(prefix)) yield* page.map(storedOf);
    },
    appends: (stream, ended) => readLog(path(stream.log), stream, ended),
    strayLogs: async () => {
      const known = new Set<string>();
      for (const page of records.list('')) for (const record of page) known.add(storedOf(record).log);
      return (await readdir(join(folder, 'streams'))).filter((name) => !known.has(name)).sort();
    },
    close,
  };
}

/**
 * As `openReader`, also in a folder in which nothing can be written, as on a read-only mount: who reads the database leaves a mark beside
 * it, so it is read in a copy. @throws what the system says when there is no room for that
 */
export async function openReaderAnywhere(folder: string): Promise<FolderReader> {
  if (!existsSync(join(folder, DATABASE)) || (await isWritable(folder))) return openReader(folder);
  const copy = await mkdtemp(join(tmpdir(), 'bough-database-'));
  const remove = (): Promise<void> => rm(copy, { recursive: true, force: true });
  try {
    await copyWhole(join(folder, DATABASE), join(copy, DATABASE));
    const reader = openReader(folder, copy);
    const close = async (): Promise<void> => {
      await reader.close();
      await remove();
    };
    return { ...reader, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function isWritable(folder: string): Promise<boolean> {
  const paths = [folder, join(folder, DATABASE), join(folder, `${DATABASE}-lock`)];
  const all = await Promise.all(
    paths.map((path) =>
      access(path, constants.W_OK).then(
        () => true,
        (error: unknown) => codeOf(error) === 'ENOENT',
      ),
    ),
  );
  return all.every(Boolean);
}

const COPIES = 5;

/** Another process may write it, past this mount: the last of the attempts is looked at as it is. */
async function copyWhole(from: string, to: string): Promise<void> {
  for (let attempt = 0; attempt < COPIES; attempt += 1) {
    const before = await stat(from);
    await copyFile(from, to);
    const after = await stat(from);
    if (before.mtimeMs === after.mtimeMs && before.size === after.size) return;
  }
}

function withoutDatabase(folder: string): FolderReader {
  return {
    stream: () => undefined,
    streams: () => [],
    async *appends() {},
    strayLogs: () => readdir(join(folder, 'streams')).catch(() => []),
    close: async () => {},
  };
}

function storedOf(record: StreamRecord): StoredStream {
  const { path: name, directoryName, createdAt, closed = false, softDeleted = false } = record;
  const { forkedFrom, forkOffset } = record;
  return {
    name,
    from:
      forkedFrom === undefined || forkOffset === undefined
        ? null
        : { stream: forkedFrom, offset: forkOffset },
    closed,
    gone: softDeleted,
    created: createdAt,
    log: `${directoryName}.log`,
    base: offsetAt(baseOf(record)),
    tail: record.currentOffset,
  };
}

const CHUNK = 1024 * 1024;

async function* readLog(
  path: string,
  { base: first, tail }: StoredStream,
  ended: (end: LogEnd) => void = () => {},
): AsyncIterable<StoredAppend> {
  const base = positionOf(first);
  const recorded = positionOf(tail) - base;
  const file = await openExisting(path);
  if (!file) return ended(endOf(base, recorded, 0, 0));
  // An append that the engine would cut in two: what it took ends within it.
  let crossing: number | null = null;
  try {
    const scan = new Scan(file);
    for (let read = await scan.next(); read; read = await scan.next()) {
      const { items, at, end } = read;
      if (at < recorded && end > recorded) crossing = at;
      yield { items, start: offsetAt(base + at), end: offsetAt(base + end) };
    }
    if (crossing !== null) ended({ kind: 'damaged', at: offsetAt(base + crossing) });
    else ended(endOf(base, recorded, scan.at, await scan.size()));
  } finally {
    await file.close();
  }
}

function endOf(base: number, recorded: number, at: number, size: number): LogEnd {
  const place = offsetAt(base + at);
  if (at < recorded)
    return size < recorded
      ? { kind: 'short', at: place, bytes: recorded - at }
      : { kind: 'damaged', at: place };
  return size > at ? { kind: 'torn', at: place, bytes: size - at } : { kind: 'whole' };
}

interface Read {
  readonly items: readonly unknown[];
  readonly at: number;
  readonly end: number;
}

/** The whole frames a log begins with, read a chunk at a time. */
class Scan {
  /** Where the next frame begins. */
  at = 0;
  readonly #file: FileHandle;
  #chunk: Buffer = Buffer.alloc(0);
  /** Of the chunk's first byte. */
  #place = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async next(): Promise<Read | null> {
    const frame = this.#inChunk() ?? (await this.#readOn());
    const items = frame && itemsOf(frame);
    if (!frame || !items) return null;
    const at = this.at;
    this.at = this.#place + frame.end;
    return { items, at, end: this.at };
  }

  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  #inChunk(): LogFrame | null {
    return frameAt(this.#chunk, this.at - this.#place);
  }

  async #readOn(): Promise<LogFrame | null> {
    const known = frameLength(this.#chunk, this.at - this.#place);
    const wanted = Math.max(CHUNK, known ?? 0);
    await this.#read(wanted);
    const frame = this.#inChunk();
    const length = frame ? null : frameLength(this.#chunk, 0);
    if (length === null || length <= this.#chunk.length || this.#chunk.length < wanted) return frame;
    await this.#read(length);
    return this.#inChunk();
  }

  async #read(wanted: number): Promise<void> {
    const bytes = Buffer.alloc(wanted);
    let read = 0;
    while (read < wanted) {
      const { bytesRead } = await this.#file.read(bytes, read, wanted - read, this.at + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    this.#chunk = bytes.subarray(0, read);
    this.#place = this.at;
  }
}

function itemsOf(frame: LogFrame): unknown[] | null {
  try {
    const items = decodeItems(frame.text());
    return items.length > 0 ? items : null;
  } catch {
    return null;
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

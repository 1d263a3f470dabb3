/**
 * Writes whole streams into a folder that nobody uses, as fast as the disk takes them: what is restored from a backup, what the doctor
 * writes anew, and the large folders of benches. Until `end` has resolved nothing of it counts: the caller marks the folder afterwards.
 */
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeItems } from '../check.ts';
import type { ForkPoint, Offset } from '../port.ts';
import { encodeFrame } from './frames.ts';
import { LogFiles } from './log-files.ts';
import { offsetAt, positionOf } from './positions.ts';
import { newRecord, recordKey } from './records.ts';
import { type Database, openStore, type StreamRecord, shaped } from './store.ts';

export interface BulkStream {
  readonly name: string;
  /** Of a stream that was added before. That the offset is one of its own is for the caller to know. */
  readonly from: ForkPoint | null;
  readonly closed: boolean;
  /** Deleted, and kept for its forks. Default: false. */
  readonly gone?: boolean;
}

export interface BulkWriter {
  /**
   * Adds a stream with these appends; answers its tail. One at a time.
   * @param landed told where each append ends
   * @throws {TypeError} a second one of its name, a fork of one that is not there, an append without items
   */
  add(stream: BulkStream, appends: BulkAppends, landed?: (end: Offset) => void): Promise<Offset>;
  /** Resolves once all of it is on the disk. */
  end(): Promise<void>;
  /** Lets go of the folder. Idempotent. */
  close(): Promise<void>;
}

type BulkAppends = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

/** Logs that are being written to the disk while others are added. */
const SYNCING = 32;
/** Bytes of a log gathered before they are written. */
const GATHERED = 1024 * 1024;

/**
 * @param folder the engine's; made if it is not there. Before `end` nobody else may use it.
 * @param instead names of streams that go as the added ones come, in one step: before `end` resolves all is as it was. Their logs stay.
 */
export async function openBulk(folder: string, instead: readonly string[] = []): Promise<BulkWriter> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { db, close } = openStore(folder);
  return new Bulk(join(folder, 'streams'), db, close, instead);
}

class Bulk implements BulkWriter {
  readonly #folder: string;
  readonly #db: Database;
  readonly #release: () => Promise<void>;
  readonly #instead: readonly string[];
  readonly #added = new Map<string, StreamRecord>();
  readonly #forks = new Map<string, number>();
  readonly #syncing = new Set<Promise<void>>();
  #failed: unknown;
  #closed: Promise<void> | null = null;

  constructor(folder: string, db: Database, release: () => Promise<void>, instead: readonly string[]) {
    this.#folder = folder;
    this.#db = db;
    this.#release = release;
    this.#instead = instead;
  }

  async add(
    { name, from, closed, gone = false }: BulkStream,
    appends: BulkAppends,
    landed: (end: Offset) => void = () => {},
  ): Promise<Offset> {
    if (this.#added.has(name)) throw new TypeError(`there is a stream ${name} already`);
    if (from && !this.#added.has(from.stream)) throw new TypeError(`there is no stream ${from.stream}`);
    const record = newRecord(name, from);
    const base = positionOf(record.currentOffset);
    const path = join(this.#folder, `${record.directoryName}.log`);
    const length = await this.#write(path, appends, (end) => landed(offsetAt(base + end)));
    const currentOffset = offsetAt(base + length);
    const whole = { ...record, currentOffset, closed, ...(gone && { softDeleted: true }) };
    this.#added.set(name, whole);
    if (from) this.#forks.set(from.stream, (this.#forks.get(from.stream) ?? 0) + 1);
    if (this.#instead.length === 0) this.#put(whole);
    return currentOffset;
  }

  async end(): Promise<void> {
    for (const [name, refCount] of this.#forks) {
      const record = this.#added.get(name);
      if (record) this.#added.set(name, { ...record, refCount });
      if (record && this.#instead.length === 0) this.#put({ ...record, refCount });
    }
    await Promise.all(this.#syncing);
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#instead.length > 0) await this.#replace();
    await this.#db.committed;
    await this.#db.flushed;
    await new LogFiles(this.#folder).syncNames();
  }

  close(): Promise<void> {
    this.#closed ??= Promise.all(this.#syncing).then(() => this.#release());
    return this.#closed;
  }

  async #replace(): Promise<void> {
    await this.#db.transaction(() => {
      for (const name of this.#instead) void this.#db.remove(recordKey(name));
      for (const [name, record] of this.#added) void this.#db.put(recordKey(name), shaped(record));
    });
  }

  #put(record: StreamRecord): void {
    this.#later(this.#db.put(recordKey(record.path), shaped(record)).then(() => {}));
  }

  /** Answers how many bytes the log has. */
  async #write(path: string, appends: BulkAppends, landed: (end: number) => void): Promise<number> {
    const file = await open(path, 'wx', 0o600);
    let length = 0;
    let gathered: Buffer[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      await file.appendFile(Buffer.concat(gathered));
      length += bytes;
      gathered = [];
      bytes = 0;
    };
    try {
      for await (const items of appends) {
        const frame = encodeFrame(encodeItems(items));
        gathered.push(frame);
        bytes += frame.length;
        landed(length + bytes);
        if (bytes >= GATHERED) await flush();
      }
      await flush();
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#later(file.datasync().finally(() => file.close()));
    while (this.#syncing.size >= SYNCING) await Promise.race(this.#syncing);
    return length;
  }

  /** What fails is told by `end`. */
  #later(work: Promise<void>): void {
    const settled = work.catch((error: unknown) => {
      this.#failed ??= error;
    });
    const done = settled.then(() => void this.#syncing.delete(done));
    this.#syncing.add(done);
  }
}

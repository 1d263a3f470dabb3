/**
 * Records and logs kept in step: a log grows first and is durable before its record says so, and
 * a stream is put right when it is first touched.
 */
import type { FileHandle } from 'node:fs/promises';
import { EngineError, StreamDamaged, StreamGone, StreamMissing } from '../errors.ts';
import type { Offset, ReadOptions } from '../port.ts';
import { codeOf } from './explain.ts';
import type { LogFiles } from './log-files.ts';
import { baseOf, type Items, readItems, tailOf } from './pages.ts';
import { offsetAt } from './positions.ts';
import type { Records } from './records.ts';
import { type Repair, settleLog } from './settle.ts';
import type { StreamRecord } from './store.ts';

/** Streams remembered as put right; beyond, those nobody changes are looked at anew when touched. */
const REMEMBERED = 20_000;

export interface LogsOptions {
  readonly records: Records;
  readonly files: LogFiles;
  /** True while a change of the stream is queued or under way. */
  busy(stream: string): boolean;
  onRepair(stream: string, repair: Repair): void;
  /** Default: `REMEMBERED`. */
  readonly remembered?: number;
}

export class Logs {
  readonly #with: LogsOptions;
  /** Of the streams that were put right, the log each had. */
  readonly #settled = new Map<string, string>();
  readonly #syncNames: () => Promise<void>;

  constructor(options: LogsOptions) {
    this.#with = options;
    this.#syncNames = together(() => options.files.syncNames());
  }

  /** The record of a stream that is there, put right. */
  live(stream: string): StreamRecord {
    const record = this.#with.records.get(stream);
    if (!record) throw new StreamMissing(stream);
    if (record.softDeleted) throw new StreamGone(stream);
    return this.settle(record);
  }

  settle(record: StreamRecord): StreamRecord {
    const { path: stream, directoryName: log } = record;
    if (this.#settled.get(stream) === log) return record;
    if (this.#settled.size >= (this.#with.remembered ?? REMEMBERED)) this.#forgetIdle();
    const recorded = tailOf(record) - baseOf(record);
    const { position, repairs } = settleLog(this.#with.files.path(log), recorded);
    this.#settled.set(stream, log);
    for (const repair of repairs) this.#with.onRepair(stream, repair);
    return position === recorded ? record : this.#with.records.moveTail(record, baseOf(record) + position);
  }

  /** The empty log of a new stream, durable. */
  async make({ path: stream, directoryName: log }: StreamRecord): Promise<void> {
    await this.#with.files.use(log, async () => {}, true);
    await this.#syncNames();
    this.#settled.set(stream, log);
  }

  /** Adds a frame and answers the new tail. On failure nothing of it stays. Never twice at a time for one stream. */
  async write(
    record: StreamRecord,
    frame: Buffer,
    change: { readonly lastSeq: string | undefined; readonly closed: boolean },
  ): Promise<Offset> {
    const { records, files } = this.#with;
    const { path: stream, directoryName: log } = record;
    const tail = tailOf(record);
    const place = tail - baseOf(record);
    const currentOffset = offsetAt(tail + frame.length);
    try {
      await files.use(log, (handle) => writeAt(handle, frame, place), true);
      await records.landed(stream, { ...change, currentOffset });
      return currentOffset;
    } catch (error) {
      await files.use(log, (handle) => handle.truncate(place)).catch(() => {});
      this.#settled.delete(stream);
      throw error;
    }
  }

  async read(record: StreamRecord, from: Offset, options: ReadOptions): Promise<Items> {
    const { records, files } = this.#with;
    try {
      return await readItems(files, record, (stream) => records.get(stream), from, options);
    } catch (error) {
      throw this.#whileReading(record, error);
    }
  }

  async remove(stream: string, logs: readonly string[]): Promise<void> {
    this.#settled.delete(stream);
    await Promise.all(logs.map((log) => this.#with.files.remove(log)));
  }

  /** A read runs beside deletes: what it stumbled over may be the end of its stream. */
  #whileReading({ path: stream, directoryName: log }: StreamRecord, error: unknown): unknown {
    if (error instanceof EngineError) return error;
    const record = this.#with.records.get(stream);
    if (record?.softDeleted) return new StreamGone(stream);
    if (record?.directoryName !== log) return new StreamMissing(stream);
    return codeOf(error) === 'ENOENT'
      ? new StreamDamaged(stream, 'a log is not there', { cause: error })
      : error;
  }

  /** Never one with an append under way: its log is ahead of its record. */
  #forgetIdle(): void {
    for (const stream of this.#settled.keys()) if (!this.#with.busy(stream)) this.#settled.delete(stream);
  }
}

async function writeAt(handle: FileHandle, bytes: Buffer, place: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, place + written);
    written += bytesWritten;
  }
  await handle.datasync();
}

/**
 * `work`, done once for all who ask while it waits to start. Who asks while it runs gets the
 * next run, which sees everything they did before they asked.
 */
function together(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = work();
    return running;
  };
  return () => {
    next ??= running.catch(() => {}).then(start);
    return next;
  };
}

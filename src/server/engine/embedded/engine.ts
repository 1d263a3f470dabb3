/**
 * The embedded engine: streams in a folder of this machine, in the reference store's format.
 * What it guards against, and how, is in docs/decisions/0010-embedded-engine.md.
 */
import { join } from 'node:path';
import { checkForkPoint, checkStreamName, decodeItems, encodeItems } from '../check.ts';
import { EngineUnavailable } from '../errors.ts';
import { type FollowSource, follow } from '../follow.ts';
import type {
  AppendOptions,
  AppendResult,
  Created,
  Engine,
  FollowFrame,
  ForkPoint,
  Offset,
  ReadOptions,
  ReadPage,
  StreamState,
  UnavailableWhy,
} from '../port.ts';
import { Tails } from '../tails.ts';
import { explain } from './explain.ts';
import { encodeFrame } from './frames.ts';
import { LogFiles } from './log-files.ts';
import { Logs } from './logs.ts';
import { offsetAt } from './positions.ts';
import { Queues } from './queues.ts';
import { Records } from './records.ts';
import type { Repair } from './settle.ts';
import { openStore, type StreamRecord } from './store.ts';

export type { Repair } from './settle.ts';

export interface EmbeddedOptions {
  /** Called when a stream was repaired at its first use after a crash. Default: nothing. */
  readonly onRepair?: (stream: string, repair: Repair) => void;
  /** Called once everything is closed. Default: nothing. */
  readonly afterShutdown?: () => Promise<void>;
}

/**
 * Opens the streams in `folder`, which is made if it is not there. The caller holds a lock on it
 * (`openEmbeddedEngine` does both) and shuts the engine down. It takes the same time however many
 * streams there are: each is put right when it is first touched.
 */
export function openEmbedded(folder: string, options: EmbeddedOptions = {}): Engine {
  return new EmbeddedEngine(folder, options);
}

/** A reply that cannot be written tries every 5 s: where nothing has tried for so long, in ms, nobody knows. */
const STANDS_FOR = 30_000;

class EmbeddedEngine implements Engine {
  readonly #store: { close(): Promise<void> };
  readonly #records: Records;
  readonly #files: LogFiles;
  readonly #logs: Logs;
  readonly #queues = new Queues();
  readonly #tails = new Tails();
  readonly #reading = new Set<Promise<unknown>>();
  readonly #afterShutdown: () => Promise<void>;
  #end: Promise<void> | null = null;
  #failed: { readonly why: UnavailableWhy; readonly at: number } | undefined;

  constructor(folder: string, { onRepair = () => {}, afterShutdown = async () => {} }: EmbeddedOptions) {
    this.#afterShutdown = afterShutdown;
    const { db, close } = openStore(folder);
    this.#store = { close };
    this.#records = new Records(db);
    this.#files = new LogFiles(join(folder, 'streams'));
    const busy = (stream: string): boolean => this.#queues.busy(stream);
    this.#logs = new Logs({ records: this.#records, files: this.#files, busy, onRepair });
  }

  get unwritten(): UnavailableWhy | undefined {
    const { why, at = 0 } = this.#failed ?? {};
    return Date.now() - at < STANDS_FOR ? why : undefined;
  }

  async create(stream: string): Promise<Created> {
    return this.#change([stream], () => this.#make(stream, null));
  }

  /** Queued on the source too: an append that fails may not be forked from meanwhile. */
  async fork(stream: string, from: ForkPoint): Promise<Created> {
    const point = { stream: from.stream, offset: from.offset };
    return this.#change([stream, point.stream], async () => {
      checkForkPoint(point.stream, point.offset);
      const source = this.#records.get(stream) ? null : this.#logs.live(point.stream);
      if (source) await this.#logs.read(source, point.offset, { maxItems: 1 });
      return this.#make(stream, point);
    });
  }

  async append(
    stream: string,
    items: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    const text = encodeItems(items);
    return this.#change([stream], () => this.#append(stream, text, options));
  }

  async read(stream: string, from: Offset, options: ReadOptions = {}): Promise<ReadPage> {
    return this.#reported(stream, async () => {
      const record = this.#logs.live(stream);
      const { items, end } = await this.#logs.read(record, from, options);
      const next = offsetAt(end);
      const upToDate = next === record.currentOffset;
      return { items, next, upToDate, closed: upToDate && record.closed === true };
    });
  }

  async head(stream: string): Promise<StreamState | null> {
    return this.#reported(stream, async () => {
      const record = this.#records.get(stream);
      return record && !record.softDeleted ? stateOf(this.#logs.settle(record)) : null;
    });
  }

  follow(stream: string, from: Offset, signal: AbortSignal): AsyncIterable<FollowFrame> {
    const engine: FollowSource = {
      tails: this.#tails,
      read: (name, at) => this.read(name, at),
      tail: (name) => this.#tail(name),
    };
    return follow(engine, stream, from, signal);
  }

  async close(stream: string): Promise<void> {
    return this.#change([stream], async () => {
      if (!this.#logs.live(stream).closed) await this.#records.close(stream);
      this.#tails.wake(stream);
    });
  }

  async delete(stream: string): Promise<void> {
    return this.#change([stream], async () => {
      const logs = await this.#records.delete(stream);
      this.#tails.reset(stream);
      await this.#logs.remove(stream, logs);
    });
  }

  async *list(prefix: string): AsyncIterable<string> {
    this.#check();
    for (const page of this.#records.list(prefix)) {
      for (const { path, softDeleted } of page) if (!softDeleted) yield path;
      this.#check();
    }
  }

  shutdown(): Promise<void> {
    this.#end ??= this.#shutdown();
    return this.#end;
  }

  async #shutdown(): Promise<void> {
    this.#tails.wakeAll();
    await this.#queues.idle();
    await Promise.allSettled(this.#reading);
    await this.#records.flush().catch(() => {});
    await this.#files.close();
    await this.#store.close();
    await this.#afterShutdown();
  }

  async #make(stream: string, from: ForkPoint | null): Promise<Created> {
    const { created, record } = await this.#records.make(stream, from);
    if (created) await this.#logs.make(record);
    return { created, ...stateOf(this.#logs.settle(record)) };
  }

  async #append(stream: string, text: string, { seq, close = false }: AppendOptions): Promise<AppendResult> {
    const record = this.#logs.live(stream);
    const { currentOffset: start, lastSeq } = record;
    if (record.closed) return { kind: 'closed', next: start };
    if (seq !== undefined && lastSeq !== undefined && seq <= lastSeq) return { kind: 'conflict' };
    const next = await this.#logs.write(record, encodeFrame(text), {
      lastSeq: seq ?? lastSeq,
      closed: close,
    });
    this.#tails.landed(stream, { from: start, next, text, closed: close }, decodeItems);
    return { kind: 'appended', start, next };
  }

  #tail(stream: string): ReturnType<FollowSource['tail']> {
    this.#check(stream);
    try {
      const record = this.#logs.live(stream);
      return { ...stateOf(record), life: record.directoryName };
    } catch (error) {
      throw explain(stream, error);
    }
  }

  async #change<T>(streams: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const stream of streams) this.#check(stream);
    return this.#queues.run(streams, async () => {
      try {
        const done = await explained(streams[0] ?? '', work);
        this.#failed = undefined;
        return done;
      } catch (error) {
        const why = error instanceof EngineUnavailable ? error.why : undefined;
        if (why !== undefined) this.#failed = { why, at: Date.now() };
        throw error;
      }
    });
  }

  async #reported<T>(stream: string, work: () => Promise<T>): Promise<T> {
    this.#check(stream);
    const reading = explained(stream, work);
    this.#reading.add(reading);
    return reading.finally(() => this.#reading.delete(reading));
  }

  #check(stream?: string): void {
    if (stream !== undefined) checkStreamName(stream);
    if (this.#end !== null) throw new EngineUnavailable('The engine was shut down.');
  }
}

function stateOf({ currentOffset: next, closed = false }: StreamRecord): StreamState {
  return { next, closed };
}

async function explained<T>(stream: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(stream, error);
  }
}

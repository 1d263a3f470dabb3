/** The projection as the rest of the server has it: two threads that are started when they are first needed (decision 0244). */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EverywhereQuery } from '../../protocol/find/everywhere.ts';
import { scriptOf } from '../child-script.ts';
import type { DatabaseOptions } from './database.ts';
import type { WorkerAnswer, WorkerCall, WorkerData } from './find-worker.ts';
import type {
  ConversationWords,
  Portion,
  StoredChoices,
  StoredHidden,
  StoredHits,
  WordStore,
} from './port.ts';
import { ClosingStore, SqliteGuard } from './sqlite-guard.ts';

/** A thread takes no more memory than this for itself, in MB; what SQLite keeps is beside it. */
const MOST_MEMORY = 128;
/**
 * Of that for what lives shortly, in MB. V8 would take 32 where the machine has much, and never give it back; what a portion makes goes with the
 * portion.
 */
const YOUNG_MEMORY = 6;

/** How long closing waits for a thread to end, in ms. */
const ENDS_IN = 5_000;

/** Longest that the end of the process waits for one call of SQLite to end, in ms. */
const LAST_CALL = 10_000;

/** The file was broken: it is gone, and what was in it is to be read anew. */
export class BrokenStore extends Error {}

/** What the end of the process waits for, whoever ends it. */
const running = new Set<SqliteGuard>();
const onExit = (): void => {
  for (const guard of running) guard.comeOut(LAST_CALL);
};

export function openWordStore(options: DatabaseOptions): WordStore {
  const writer = new Thread({ ...options, does: 'write' });
  const reader = new Thread({ ...options, does: 'read' });
  // The writer makes the file, and throws away what is not ours, before anybody reads it.
  let made: Promise<unknown> | undefined;
  const discard = async (): Promise<void> => {
    made = undefined;
    await reader.ask('close');
    await writer.ask('discard');
  };
  const unlessBroken = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof BrokenStore) await discard();
      throw error;
    }
  };
  const write = <T>(name: string, ...args: unknown[]): Promise<T> =>
    unlessBroken(writer.ask<T>(name, ...args));
  const read = async <T>(name: string, ...args: unknown[]): Promise<T> => {
    made ??= write('conversations').catch((error) => {
      made = undefined;
      throw error;
    });
    await made;
    return unlessBroken(reader.ask<T>(name, ...args));
  };
  return {
    conversations: () => write<readonly ConversationWords[]>('conversations'),
    messages: (conversation) => write('messages', conversation),
    take: (portions: readonly Portion[]) => write('take', portions),
    forget: (conversation) => write('forget', conversation),
    find: (query: EverywhereQuery) => read<StoredHits>('find', query),
    choices: () => read<StoredChoices>('choices'),
    hidden: () => read<readonly StoredHidden[]>('hidden'),
    close: async () => {
      // Who writes is the last to close, and takes what is beside the file into it.
      await reader.close();
      await writer.close();
    },
  };
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  readonly #data: Omit<WorkerData, 'guard'>;
  #guard: SqliteGuard | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #calls = 0;
  #isClosed = false;

  constructor(data: Omit<WorkerData, 'guard'>) {
    this.#data = data;
  }

  ask<T>(name: string, ...args: unknown[]): Promise<T> {
    if (this.#isClosed) return Promise.reject(new ClosingStore());
    this.#worker ??= this.#start();
    this.#calls += 1;
    const asked: WorkerCall = { call: this.#calls, name, args };
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(asked.call, { resolve, reject });
      this.#worker?.postMessage(asked);
    });
  }

  /** It is told to end, never made to (decision 0254). What was asked is broken off, and taken back by SQLite. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#isClosed = true;
    if (!worker) return;
    // With nothing else to do the process would be over before.
    worker.ref();
    const ended = once(worker, 'exit').catch(() => {});
    this.#guard?.breakOff();
    worker.postMessage({ call: 0, name: 'end', args: [] } satisfies WorkerCall);
    await Promise.race([ended, setTimeout(ENDS_IN, undefined, { ref: false })]);
    worker.unref();
  }

  #start(): Worker {
    const guard = new SqliteGuard();
    const worker = startWorker({ ...this.#data, guard: guard.shared });
    this.#guard = guard;
    worker.unref();
    if (running.size === 0) process.on('exit', onExit);
    running.add(guard);
    worker.on('exit', () => {
      running.delete(guard);
      if (running.size === 0) process.off('exit', onExit);
    });
    worker.on('message', (answer: WorkerAnswer) => this.#settle(answer));
    // The next call starts another one.
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('The thread that finds words has ended.')));
    return worker;
  }

  #settle(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.call);
    this.#waiting.delete(answer.call);
    if (!waiting) return;
    if ('result' in answer) return waiting.resolve(answer.result as never);
    if (this.#isClosed) return waiting.reject(new ClosingStore());
    waiting.reject(answer.broken ? new BrokenStore(answer.error) : new Error(answer.error));
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const why = this.#isClosed ? new ClosingStore() : error;
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}

function startWorker(data: WorkerData): Worker {
  const limits = {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY, maxYoungGenerationSizeMb: YOUNG_MEMORY },
  };
  const { execArgv, file } = scriptOf(join(import.meta.dirname, 'find-worker.ts'));
  // What the process itself was started with is not for a thread of a file: some of it is refused there.
  if (execArgv.length === 0) return new Worker(file, { ...limits, workerData: data, execArgv: [] });
  const source = JSON.stringify(pathToFileURL(file).href);
  // Not as a word of the code: what is built needs no such package.
  const loader = JSON.stringify('tsx/esm/api');
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${source}); });`, {
    ...limits,
    workerData: data,
    eval: true,
  });
}

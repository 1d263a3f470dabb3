/**
 * A thread of the projection: one writes, another answers (decision 0244). Takes one call after another, and ends itself when it is told to: it
 * cannot be stopped from outside while it is within SQLite (decision 0254).
 */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Database,
  type DatabaseOptions,
  isBroken,
  openForReading,
  openForWriting,
  removeDatabase,
} from './database.ts';
import { WordReader } from './reader.ts';
import { SqliteGuard } from './sqlite-guard.ts';
import { WordWriter } from './writer.ts';

export interface WorkerData extends DatabaseOptions {
  readonly does: 'write' | 'read';
  /** Of its SqliteGuard. */
  readonly guard: SharedArrayBuffer;
}

export interface WorkerCall {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type WorkerAnswer =
  | { readonly call: number; readonly result: unknown }
  /** `broken`: the file is to be made anew. */
  | { readonly call: number; readonly error: string; readonly broken: boolean };

type Desk = Readonly<Record<string, (...args: never[]) => unknown>>;

/** With less of its memory left than this part of it, what is kept for the next call is let go. */
const SPARE = 0.4;

const { does, guard: shared, ...options } = workerData as WorkerData;
const guard = new SqliteGuard(shared);
let database: Database | undefined;
let desk: Promise<Desk> | undefined;

async function opened(): Promise<Desk> {
  const within = guard.within.bind(guard);
  database = await (does === 'write'
    ? openForWriting(options, within)
    : openForReading(options.path, within));
  return (does === 'write'
    ? new WordWriter(database, guard.goOn)
    : new WordReader(database, guard.goOn)) as unknown as Desk;
}

function close(): void {
  guard.closing(() => database?.close());
  database = undefined;
  desk = undefined;
}

async function done({ name, args }: WorkerCall): Promise<unknown> {
  if (name === 'close') return close();
  if (name === 'discard') {
    close();
    return removeDatabase(options.path);
  }
  desk ??= opened();
  desk.catch(close);
  const known = await desk;
  const result = guard.within(() => known[name]?.apply(known, args as never[]));
  if (isFull()) close();
  return result;
}

/** At its limit it would be stopped, and perhaps within SQLite. */
function isFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > limit * (1 - SPARE);
}

async function answer(asked: WorkerCall): Promise<WorkerAnswer> {
  const { call } = asked;
  try {
    return { call, result: await done(asked) };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return { call, error: sentence, broken: isBroken(error) };
  }
}

let last: Promise<unknown> = Promise.resolve();
let isEnding = false;
parentPort?.on('message', (asked: WorkerCall) => {
  isEnding ||= asked.name === 'end';
  last = last.then(async () => {
    if (!isEnding) return parentPort?.postMessage(await answer(asked));
    close();
    process.exit();
  });
});

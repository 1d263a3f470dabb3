/**
 * A thread of the projection: one writes, another answers (decision 0244). Takes one call after another, and ends itself when it is told to: a thread
 * that is stopped from outside while it is within SQLite takes the whole process with it.
 */
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
import { WordWriter } from './writer.ts';

export interface WorkerData extends DatabaseOptions {
  readonly does: 'write' | 'read';
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

const { does, ...options } = workerData as WorkerData;
let database: Database | undefined;
let desk: Promise<Desk> | undefined;

async function opened(): Promise<Desk> {
  database = does === 'write' ? await openForWriting(options) : await openForReading(options.path);
  return (does === 'write' ? new WordWriter(database) : new WordReader(database)) as unknown as Desk;
}

function close(): void {
  database?.close();
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
  return known[name]?.apply(known, args as never[]);
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

/** All generations of this process. Each runs in the background: it goes on when the request that asked for it has ended. */
import type { StoredFile } from '../../protocol/index.ts';
import type { Generation } from '../../tree/index.ts';
import type { Counterpart, FileContent } from '../counterparts/port.ts';
import type { ReplyHome, ReplyRunner } from './port.ts';
import { Run, type Trouble } from './run.ts';
import { type Clock, Pace, realClock, SHUTDOWN_LIMIT } from './timing.ts';

export interface RunnerOptions {
  readonly home: ReplyHome;
  /** What answers for a model; undefined ends the reply as failed with a sentence. */
  readonly counterpart: (ref: Generation['model']) => Counterpart | undefined;
  /** The content of a file by its hash; null if it is not here. Default: none is. */
  readonly readFile?: (hash: string) => Promise<FileContent | null>;
  /** Stores a picture of an answer. Default: none can be stored. */
  readonly keepFile?: (bytes: Uint8Array) => Promise<StoredFile>;
  /** Default: the real one. */
  readonly clock?: Clock;
  /** What to log. Default: nothing. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

/** Whoever makes a runner calls its `shutdown`. */
export function createRunner({
  home,
  counterpart,
  readFile = async () => null,
  keepFile = () => Promise.reject(new Error('No files are kept here.')),
  clock = realClock,
  onTrouble = () => {},
}: RunnerOptions): ReplyRunner {
  const runs = new Map<string, Run>();
  const pace = new Pace();
  let closing: Promise<void> | undefined;

  const start = (conversation: string, generation: Generation) => {
    if (closing || runs.has(generation.id)) return;
    const run = new Run(conversation, generation, {
      home,
      counterpart,
      readFile,
      keepFile,
      clock,
      pace,
      running: () => runs.size,
      onTrouble,
    });
    runs.set(generation.id, run);
    void run.ended.then(() => runs.delete(generation.id));
  };

  const stop = async (reply: string, reason: 'stopped' | 'interrupted' = 'stopped') => {
    const run = runs.get(reply);
    run?.stop(reason);
    await run?.ended;
  };

  const shutdown = async () => {
    const all = [...runs.values()];
    for (const run of all) run.stop('interrupted');
    await orLate(Promise.all(all.map((run) => run.ended)), clock);
    for (const run of all) run.drop();
  };

  return {
    start,
    stop,
    running: (reply) => runs.has(reply),
    shutdown: () => {
      closing ??= shutdown();
      return closing;
    },
  };
}

function orLate(done: Promise<unknown>, { schedule }: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = schedule(SHUTDOWN_LIMIT, resolve);
    void done.then(() => {
      cancel();
      resolve();
    });
  });
}

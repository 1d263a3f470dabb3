/**
 * Time and chance of a simulated round. Whatever wants to happen waits for its turn; `drive` gives turns in random order,
 * one at a time, each run to its end before the next, and lets time pass when nobody waits.
 */
import { MemoryEngine } from '../../engine/testing/memory.ts';
import type { Schedule } from '../kit/timers.ts';
import { Random } from './random.ts';

/** Probabilities per call to the engine. */
export interface Faults {
  /** The server dies before or right after the call took effect. */
  readonly crash: number;
  /** Took effect, but the answer is lost. */
  readonly lost: number;
  /** No effect, no answer. */
  readonly refused: number;
  /** No answer, and takes effect at some later time. */
  readonly late: number;
  /** The engine restarts and forgets the last `Stream-Seq` of all streams, as the embedded one may. */
  readonly forget: number;
}

export const noFaults: Faults = { crash: 0, lost: 0, refused: 0, late: 0, forget: 0 };

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** Far more than a round takes; a round that needs more does not end. */
const MOST_TURNS = 50_000;

export class World {
  readonly random: Random;
  readonly memory = new MemoryEngine();
  /** Last `Stream-Seq` by stream: kept here, so that it can be forgotten. */
  readonly seqs = new Map<string, string>();
  /** Logs as they were when they were deleted. */
  readonly deletedLogs = new Map<string, readonly unknown[]>();
  /** What went wrong while the round ran. */
  readonly violations: string[] = [];
  faults: Faults;
  /** The engine is a remote one: it cuts its pages itself and does not say where an append landed. */
  coarse = false;
  /** How many items an index takes before it rolls over. */
  readonly segmentItems: number;
  /** Something may have got into a branch that does not follow the item before it. */
  strays = false;
  #time = 1_000_000;
  #turns = 0;
  #count = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #timers = new Set<Timer>();

  constructor(seed: number, faults: Faults) {
    this.random = new Random(seed);
    this.segmentItems = this.random.pick([1, 2, 5, 10, 30, 1_000]);
    this.faults = faults;
  }

  now = (): number => this.#time;

  /** Ids never used before, of 8 characters. */
  id(prefix: string): string {
    return `${prefix}${String(this.count()).padStart(7, '0')}`;
  }

  /** A greater number each time: what came before what. */
  count(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Resolves when it is this caller's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Timers of one server: they die with it. */
  scheduleFor(server: { readonly dead: boolean }): Schedule {
    return (ms, task) => {
      const timer = { at: this.#time + ms, task: () => !server.dead && task() };
      this.#timers.add(timer);
      return () => this.#timers.delete(timer);
    };
  }

  /** Gives turns until `work` is done. Throws when nothing can happen any more, or does not end. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    settled.catch(() => {});
    let idle = 0;
    for (;;) {
      await new Promise(setImmediate);
      if (done) return settled;
      idle = this.#step() ? 0 : idle + 1;
      if (idle > 3 || this.#turns > MOST_TURNS) throw new Error('the round does not end');
    }
  }

  /** Lets everything that waits happen; timers stay. */
  async drain(): Promise<void> {
    do {
      this.#giveTurn();
      await new Promise(setImmediate);
    } while (this.#waiting.length > 0);
  }

  #step(): boolean {
    this.#turns += 1;
    return this.#giveTurn() || this.#fireNext();
  }

  #giveTurn(): boolean {
    if (this.#waiting.length === 0) return false;
    this.#time += this.random.below(20);
    const [next] = this.#waiting.splice(this.random.below(this.#waiting.length), 1);
    next?.();
    return true;
  }

  #fireNext(): boolean {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer;
    if (!first) return false;
    this.#timers.delete(first);
    this.#time = Math.max(this.#time, first.at);
    first.task();
    return true;
  }
}

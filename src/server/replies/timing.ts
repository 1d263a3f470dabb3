/** How long the machine's timers run, in ms. */
import { backoff } from '../../protocol/backoff.ts';
import type { TimerName } from './states.ts';

/** The clock and the timers of a runner; tests bring their own. */
export interface Clock {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Runs `task` once after `ms`; the answer cancels it. */
  readonly schedule: (ms: number, task: () => void) => () => void;
}

/** Timers do not keep the process alive. */
export const realClock: Clock = {
  now: Date.now,
  schedule: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A shutdown waits this long at most, in ms. */
export const SHUTDOWN_LIMIT = 2_000;

/** Half a frame of a screen, in ms: what came just after a flush must not miss the next frame for it, and then wait for another. */
const SHORTEST = 8;
/** Nobody waits longer than this for the sake of others, in ms. */
const LONGEST = 100;
/** What a server spends on one reply more, in ms of pause: two are flushed every 13 ms, eight every 50, sixteen and more every 100. */
const SHARE = 6.25;
/** How much the newest append says of what the next will cost. */
const NEWEST = 0.2;

/** How long replies wait between one flush and the next: half a frame while there is one, more with what is in flight and what an append costs. */
export class Pace {
  /** What an append takes of late, in ms. */
  #cost = 0;

  /** An append was answered after `ms`. */
  took(ms: number): void {
    this.#cost += (ms - this.#cost) * NEWEST;
  }

  /** In ms, from the beginning of a flush. Of a slow disk's time a reply leaves a third to others. @param running generations at this moment. */
  pause(running: number): number {
    return Math.round(Math.min(LONGEST, Math.max(SHORTEST, running * SHARE, 1.5 * this.#cost)));
  }
}

/** @param attempt failures in a row, for the retry timer. */
export function durationOf(timer: Exclude<TimerName, 'flush'>, attempt = 1): number {
  switch (timer) {
    case 'silence':
      return 2_500;
    case 'stall':
      return 60_000;
    case 'patience':
      return 10_000;
    case 'retry':
      return backoff(attempt - 1, 250, 5_000);
  }
}

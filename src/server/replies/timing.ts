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

/** More generations than this at a time are flushed half as often. */
const CROWD = 8;

/** @param running generations at this moment. @param attempt failures in a row, for the retry timer. */
export function durationOf(timer: TimerName, running: number, attempt = 1): number {
  switch (timer) {
    case 'flush':
      return running > CROWD ? 100 : 50;
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

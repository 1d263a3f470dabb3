/** The writing server's clock: ms since the epoch, each answer greater than the one before. */
export interface Clock {
  /** @param least the answer is not below this: for a patch that must win over one already read. Default: 0. */
  tick(least?: number): number;
  /** The time as it is, for comparing: it does not advance the clock. */
  now(): number;
}

/** Nothing is written later than this, in ms: times stay whole numbers. */
export const LATEST = Number.MAX_SAFE_INTEGER;

/** Two things made in one millisecond still have an order, and a clock set back does not turn it round. */
export function createClock(now: () => number = Date.now): Clock {
  let last = 0;
  return {
    tick: (least = 0) => {
      last = Math.max(Math.floor(now()), last + 1);
      // Later than what a stream says, whatever it says: what is written has to be a whole number still.
      return Math.min(Math.max(last, least), LATEST);
    },
    now,
  };
}

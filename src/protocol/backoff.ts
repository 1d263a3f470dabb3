/**
 * How long to wait before it is tried again: `first`, doubled by each failure, never more than `longest`. In the unit of both.
 * @param failed how often it failed since it last went well, less one: 0 after the first time
 */
export function backoff(failed: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** failed);
}

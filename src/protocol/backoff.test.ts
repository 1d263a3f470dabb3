import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('doubles from the first pause on, up to the longest, however often it failed', () => {
  expect([0, 1, 2, 3, 4, 5].map((failed) => backoff(failed, 250, 5_000))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 5_000,
  ]);
  expect(backoff(5_000, 250, 30_000)).toBe(30_000);
});

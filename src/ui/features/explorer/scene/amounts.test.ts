import { expect, test } from 'vitest';
import { ago } from './amounts.ts';

test('how long ago, in one unit', () => {
  const now = 1_000_000_000_000;
  const before = (ms: number) => ago(now - ms, now);
  expect(before(-5)).toBe('now');
  expect(before(59_000)).toBe('now');
  expect(before(61_000)).toBe('1 min ago');
  expect(before(3 * 86_400_000 + 5)).toBe('3 d ago');
  expect(before(400 * 86_400_000)).toBe('1 y ago');
});

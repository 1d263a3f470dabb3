import { expect, test } from 'vitest';
import { alignmentFor } from './into-sight.ts';

const window = { top: 100, bottom: 900 };

test('a message that is whole in sight stays', () => {
  expect(alignmentFor({ top: 100, bottom: 900 }, window, true)).toBeUndefined();
});

test('who walks gets a message whole, a long one from its beginning', () => {
  expect(alignmentFor({ top: 800, bottom: 1_000 }, window, true)).toBe('auto');
  expect(alignmentFor({ top: 0, bottom: 200 }, window, true)).toBe('auto');
  expect(alignmentFor({ top: -2_000, bottom: 400 }, window, true)).toBe('start');
});

test('else nothing moves while some of it can be seen', () => {
  expect(alignmentFor({ top: -2_000, bottom: 400 }, window, false)).toBeUndefined();
  expect(alignmentFor({ top: -2_000, bottom: 120 }, window, false)).toBe('start');
  expect(alignmentFor({ top: 1_200, bottom: 1_400 }, window, false)).toBe('auto');
});

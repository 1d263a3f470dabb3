import { expect, test } from 'vitest';
import { waitFor } from '../blocks/use-paced.ts';
import { keeps } from './use-highlighted.ts';

test('short code is coloured at every step, long code when a quarter has been added', () => {
  const code = 'x'.repeat(4_000);
  expect(keeps(code.slice(0, 2_000), code.slice(0, 2_100))).toBe(false);
  expect(keeps(code.slice(0, 3_500), code)).toBe(true);
  expect(keeps(code.slice(0, 3_000), code)).toBe(false);
  expect(keeps(`y${code.slice(1)}`, `${code}x`)).toBe(false);
});

test('a layout that is cheap waits for nothing, a dear one four times its cost', () => {
  expect(waitFor(2, 0)).toBe(0);
  expect(waitFor(20, 30)).toBe(50);
  expect(waitFor(20, 90)).toBeLessThan(0);
});

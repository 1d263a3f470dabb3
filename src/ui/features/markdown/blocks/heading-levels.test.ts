import { expect, test } from 'vitest';
import { firstHeading, pageLevel } from './heading-levels.ts';

test('the first heading of a text stands right below that of the page', () => {
  expect(firstHeading(['words', '### Plan', '# No'])).toBe(3);
  expect(firstHeading(['Plan\n===='])).toBe(1);
  expect(firstHeading(['words', '#hashtag'])).toBe(1);
  expect([1, 2, 3, 4, 5, 6].map((level) => pageLevel(level, 3))).toEqual([2, 2, 2, 3, 4, 5]);
  expect(pageLevel(6, 1)).toBe(6);
});

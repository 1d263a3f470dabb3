import { expect, test } from 'vitest';
import { countText, dayAt, stepIn } from './steps.ts';

const ids = ['a', 'b', 'c'];

test('stepping goes round in both directions', () => {
  expect(stepIn(ids, 'a', 1)).toBe('b');
  expect(stepIn(ids, 'c', 1)).toBe('a');
  expect(stepIn(ids, 'a', -1)).toBe('c');
  expect(stepIn([], 'a', 1)).toBeUndefined();
});

test('it begins on the path one is on, if anything was found there', () => {
  expect(stepIn(ids, undefined, 1, ['x', 'c'])).toBe('c');
  expect(stepIn(ids, undefined, 1, ['x'])).toBe('a');
  expect(stepIn(ids, undefined, -1)).toBe('c');
  expect(stepIn(ids, 'gone', 1)).toBe('a');
});

test('the count says where one is', () => {
  expect(countText(ids, 'b')).toBe('2 of 3');
  expect(countText(ids, undefined)).toBe('3 found');
  expect(countText([], undefined)).toBe('Nothing found');
});

test('a day begins at midnight by the clock of the reader', () => {
  expect(dayAt('2026-03-29')).toBe(new Date(2026, 2, 29).getTime());
  expect(dayAt('2026-12-31', 1)).toBe(new Date(2027, 0, 1).getTime());
  expect(dayAt('')).toBeUndefined();
});

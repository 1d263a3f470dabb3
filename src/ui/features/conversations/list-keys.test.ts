import { expect, test } from 'vitest';
import { moveIn, neighbourOf } from './list-keys.ts';

const ids = ['a', 'b', 'c'];

test.each([
  ['a', 'ArrowDown', 'b'],
  ['c', 'ArrowDown', undefined],
  ['c', 'ArrowUp', 'b'],
  ['a', 'ArrowUp', undefined],
  ['b', 'Home', 'a'],
  ['b', 'End', 'c'],
  ['b', 'Enter', undefined],
])('from %s, %s moves to %s', (current, key, expected) => {
  expect(moveIn(ids, current, key)).toBe(expected);
});

test('the focus goes to the next one, at the end to the one before, in an empty list nowhere', () => {
  expect(neighbourOf(ids, 'b')).toBe('c');
  expect(neighbourOf(ids, 'c')).toBe('b');
  expect(neighbourOf(['a'], 'a')).toBeUndefined();
});

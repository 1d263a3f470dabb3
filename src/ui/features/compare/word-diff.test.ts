import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffOf } from './word-diff.ts';

const marked = (before: string, after: string) =>
  diffOf(before, after).map(({ value, added, removed }) =>
    added ? `+${value}` : removed ? `-${value}` : value,
  );

test('words that were changed are marked, the rest is not', () => {
  expect(marked('Start in Kyoto early.', 'Start in Nara early.')).toEqual([
    'Start in ',
    '-Kyoto',
    '+Nara',
    ' early.',
  ]);
  expect(marked('The same.', 'The same.')).toEqual(['The same.']);
});

test('texts with little in common are shown as they are', () => {
  expect(marked('Near the river, by the market.', 'Yes')).toEqual(['Yes']);
});

test('what is not removed is the text, whatever it is, each part in a place of its own', () => {
  fc.assert(
    fc.property(fc.lorem(), fc.lorem(), (before, after) => {
      const parts = diffOf(before, after);
      const text = parts.filter(({ removed }) => !removed).map(({ value }) => value);
      expect(text.join('')).toBe(after);
      expect(new Set(parts.map(({ at }) => at)).size).toBe(parts.length);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstLine, plainLine } from './first-line.ts';

test('marks of Markdown are gone, bold and code are told apart', () => {
  expect(firstLine('## Start with **soil**, then `clay`')).toEqual([
    { kind: 'plain', text: 'Start with ' },
    { kind: 'strong', text: 'soil' },
    { kind: 'plain', text: ', then ' },
    { kind: 'code', text: 'clay' },
  ]);
  expect(plainLine('1. One 2. *Two* [three](https://example.org)')).toBe('One 2. Two three');
});

test('a mark that a cut line does not close is gone', () => {
  expect(plainLine('It is **not an AI**: it says **What reached…')).toBe(
    'It is not an AI: it says What reached…',
  );
  expect(plainLine('2**10 and a `b…')).toBe('2**10 and a b…');
});

test('of a table the words are left', () => {
  expect(plainLine('Two things: | light | depth | |---|:-:| | leaves | a | rod |')).toBe(
    'Two things: light depth leaves a rod',
  );
  expect(plainLine('ls | wc -l')).toBe('ls | wc -l');
});

test('what only looks like a mark stays', () => {
  expect(plainLine('2 * 3 * 4 and snake_case_name')).toBe('2 * 3 * 4 and snake_case_name');
});

test('any text gives its words, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(plainLine(text).length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('brackets without end cost no more than their length: a square would take longer than a test may', () => {
  for (const fragment of ['[', '![', '[a](', '`', '**a', '*a ', '| '])
    expect(firstLine(fragment.repeat(400_000 / fragment.length)).length).toBeGreaterThanOrEqual(0);
});

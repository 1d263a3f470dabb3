import { expect, test } from 'vitest';
import { Conversation } from '../../testing/conversations.ts';
import { readable } from './parts/readable.ts';
import { isLong } from './pieces/user-text.tsx';
import { estimateHeight } from './rows/estimate.ts';
import { type Row, rowsOf } from './rows/rows.ts';
import { usageText } from './rows/usage-text.ts';

test('usage is said as far as it is known', () => {
  expect(usageText({ input: 1_204, output: 56 })).toBe('1,204 tokens in, 56 out');
  expect(usageText({ input: 1 })).toBe('1 token in');
  expect(usageText({ output: 2 })).toBe('2 tokens out');
  expect(usageText({})).toBeUndefined();
  expect(usageText(undefined)).toBeUndefined();
});

test('JSON is laid out for reading, other text is left, very long text is cut', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('"plain"')).toBe('plain');
  expect(readable('{"a":')).toBe('{"a":');
  expect(readable('x'.repeat(30_000)).length).toBeLessThan(21_000);
});

test('own words are folded from about a dozen lines on', () => {
  expect(isLong('line\n'.repeat(10))).toBe(false);
  expect(isLong('line\n'.repeat(20))).toBe(true);
  expect(isLong('word '.repeat(100))).toBe(false);
  expect(isLong('word '.repeat(400))).toBe(true);
});

test('a long reply is guessed higher than a short one, and higher still in a narrow window', () => {
  const said = new Conversation()
    .say('a')
    .say('b', { usage: { output: 20 } })
    .say('c')
    .say('d', { usage: { output: 900 } });
  const [, short, , long] = rowsOf(said.view, []) as [Row, Row, Row, Row];
  expect(estimateHeight(long, 700)).toBeGreaterThan(estimateHeight(short, 700));
  expect(estimateHeight(long, 360)).toBeGreaterThan(estimateHeight(long, 700));
});

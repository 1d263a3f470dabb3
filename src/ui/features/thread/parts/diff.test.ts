import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, pairs } from './diff.tsx';

test('what went stands beside what came in its place, unchanged lines on both sides', () => {
  const rows = pairs(linesOf('one\ntwo\nthree\nfour\n', 'one\n2\nand a half\nthree\nfour\n'));
  expect(rows.map((row) => row.map((line) => line && `${line.at} ${line.sign}${line.text}`))).toEqual([
    ['1  one', '1  one'],
    ['2 -two', '2 +2'],
    [null, '3 +and a half'],
    ['3  three', '4  three'],
    ['4  four', '5  four'],
  ]);
});

test.each([
  ['one\ntwo\n', ['1 one', '2 two']],
  ['one\ntwo', ['1 one', '2 two']],
  ['one\n\n', ['1 one', '2 ']],
  ['', []],
])('a new file %j has the lines that git counts', (content, lines) => {
  expect(linesOf(null, content).map(({ text, at }) => `${at} ${text}`)).toEqual(lines);
});

test('both sides hold every line of the change once, in its order', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = linesOf(before, after);
      const rows = pairs(lines);
      const side = (n: 0 | 1, sign: string) =>
        rows.flatMap((row) => (row[n]?.sign === sign ? [row[n]?.text] : []));
      const said = (sign: string) => lines.flatMap((line) => (line.sign === sign ? [line.text] : []));
      expect(side(0, '-')).toEqual(said('-'));
      expect(side(1, '+')).toEqual(said('+'));
      expect(side(1, ' ')).toEqual(said(' '));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf, searchable, termsOf } from '../../../protocol/find/find.ts';
import { excerptIn, searchableIn, Turns } from './pieces.ts';

const letters = fc.constantFrom(
  'a',
  'É',
  'e\u0301',
  ' ',
  '\n',
  '한',
  '\u1112\u1161\u11ab',
  'ﾊﾞ',
  '😀',
  '数',
  'ß',
);
const texts = fc.array(letters, { maxLength: 60 }).map((parts) => parts.join(''));

test('folded in pieces a text is as it is folded at once', async () => {
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (text, piece) => {
      expect(await searchableIn(text, new Turns(), piece)).toBe(searchable(text));
    }),
  );
});

test.each([
  ['at its beginning', 0],
  ['across two pieces', 4_093],
  ['where two pieces overlap', 5_118],
  ['far behind', 60_000],
  ['at its end', 99_990],
])('an excerpt of a long text is the same in pieces: the place is %s', async (_, at) => {
  const words = 'Übermaß und mehr, ';
  const long = words.repeat(6_000).slice(0, 100_000);
  // One of the words stands far before them, too.
  const text = `May. ${long.slice(0, at)}Kyōto in May${long.slice(at)} Kyoto.`;
  for (const question of ['kyoto', '"kyoto in may"', 'may kyoto', 'nowhere']) {
    const terms = termsOf(question);
    expect(await excerptIn(text, terms, new Turns())).toEqual(excerptOf(text, terms));
  }
});

test('between pieces others have their turn, however many look at once', async () => {
  const text = 'Größe, 数学 και ελληνικά. '.repeat(16_000);
  let turns = 0;
  let done = false;
  const count = (): void => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  const shared = new Turns();
  await Promise.all(
    [1, 2, 3].map(async () => {
      await searchableIn(text, shared);
      await excerptIn(text, ['nowhere'], shared);
    }),
  );
  done = true;
  // Each of them folds the text twice: 8,192 / 8 characters folded one by one are a turn's work.
  expect(turns).toBeGreaterThan((6 * text.length) / (8_192 * 8) - 5);
});

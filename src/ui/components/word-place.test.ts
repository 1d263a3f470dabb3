import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeAmong } from './word-place.ts';

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

test('words are found again when the signs around them are gone, each of many that are the same', () => {
  const line = (n: number) => `- Some *words* about **thing ${n}** and \`code\`\n`;
  const written = Array.from({ length: 300 }, (_, n) => line(n)).join('');
  const letters = lettersOf(written);
  const at = written.indexOf('thing 217');
  const place = { text: written, at };
  expect(letters.slice(placeAmong(letters, place, true)).startsWith('thing217')).toBe(true);
  const end = { text: written, at: at + 9 };
  expect(letters.slice(0, placeAmong(letters, end, false)).endsWith('thing217')).toBe(true);
});

test('words are found also where numbers and addresses before them are gone', () => {
  const line = (n: number) => `${n}. [a link](https://example.com/${n}) to number${n * 7}\n`;
  const written = Array.from({ length: 300 }, (_, n) => line(n)).join('');
  const letters = lettersOf(Array.from({ length: 300 }, (_, n) => `a link to number${n * 7}`).join(''));
  const at = written.indexOf('to number1400');
  const place = { text: written, at };
  expect(letters.slice(placeAmong(letters, place, true)).startsWith('tonumber1400')).toBe(true);
});

test('of words that are the same everywhere those behind the same ones are meant, however much of it is written otherwise', () => {
  const formatted = (n: number) => `Part ${n} What part ${n} says, in bold and with a link. `;
  const written = (n: number) =>
    `## Part ${n} What part ${n} says, **in bold** and with [a link](https://example.com/far/away/${n}). `;
  const all = Array.from({ length: 160 }, (_, n) => n);
  const place = { text: all.map(formatted).join(''), at: all.slice(0, 121).map(formatted).join('').length };
  const behind = { ...place, at: place.at - 'and with a link. '.length };
  for (const from of [0, 60, 119])
    for (const to of [121, 160]) {
      const letters = lettersOf(all.map((n) => (n >= from && n < to ? written(n) : formatted(n))).join(''));
      const found = letters.slice(0, placeAmong(letters, behind, true));
      expect(found.endsWith('Whatpart120saysinbold')).toBe(true);
    }
});

test('a place in any text is itself, and never outside of what the text became', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      (before, after, begins) => {
        const place = { text: before + after, at: before.length };
        expect(placeAmong(lettersOf(before + after), place, begins)).toBeLessThanOrEqual(
          lettersOf(before + after).length,
        );
        expect(placeAmong('', place, begins)).toBe(0);
      },
    ),
  );
});

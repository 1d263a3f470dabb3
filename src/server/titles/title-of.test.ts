import { expect, test } from 'vitest';
import { isEnough, titleFrom, titleQuestion } from './title-of.ts';

test.each([
  ['Planting a pear tree', 'Planting a pear tree'],
  ['\n  Planting a pear tree.\n\nHere is why:', 'Planting a pear tree'],
  ['"Planting a pear tree"', 'Planting a pear tree'],
  ['“Planting a pear tree.”', 'Planting a pear tree'],
  ['## **Planting a pear tree**', 'Planting a pear tree'],
  ['Title: Planting a pear tree', 'Planting a pear tree'],
  ['**Title:** Planting a pear tree', 'Planting a pear tree'],
  ['- Planting a `pear` tree', 'Planting a pear tree'],
  ['<think>\nThe user wants a title.\n</think>\n\nPlanting a pear tree', 'Planting a pear tree'],
  ['「梨の木を植える」', '梨の木を植える'],
  ['Was kostet ein Birnbaum?', 'Was kostet ein Birnbaum?'],
  ['C* and snake_case_names', 'C* and snake_case_names'],
])('of %j the title is %j', (said, title) => {
  expect(titleFrom(said)).toBe(title);
});

test.each(['', '  \n ', '""', '---', '…', '<think>I wonder whether', 'long '.repeat(20)])(
  '%j is no title',
  (said) => {
    expect(titleFrom(said)).toBeNull();
  },
);

test('reading on ends with the first line, or when it is no title any more; thoughts are waited for', () => {
  expect(isEnough('\n\nPlanting a pear')).toBe(false);
  expect(isEnough('\n\nPlanting a pear\n')).toBe(true);
  expect(isEnough('long '.repeat(50))).toBe(true);
  expect(isEnough(`<think>${'long\n'.repeat(500)}`)).toBe(false);
  expect(isEnough('<think>Hm</think>\n<thinking>Hm</thinking>Planting')).toBe(false);
  expect(isEnough('<think>Hm</think>\n<thinking>Hm</thinking>Planting\n')).toBe(true);
});

test.each(['a', 'a ', ' ', '<think>', '</think>', '*a', '*', '`a', '"', '<think></think>'])(
  'what repeats %j without end is over at once, and no title',
  (sign) => {
    // Any step that begins anew at every sign would take minutes.
    const said = sign.repeat(Math.ceil(2_000_000 / sign.length));
    expect(isEnough(said)).toBe(true);
    expect(titleFrom(said)).toBeNull();
  },
);

test('the question is short however long the exchange was', () => {
  const question = titleQuestion({ question: '🦊'.repeat(100_000), answer: 'Yes.' });
  expect(question.length).toBeLessThan(4_000);
  expect(question).toContain('Assistant: Yes.');
  expect(question).not.toMatch(/\p{Surrogate}/u);
  expect(titleQuestion({ question: '', answer: 'A cat.' })).not.toContain('User:');
});

import { expect, test } from 'vitest';
import { quoteSchema } from '../parts/quote.ts';
import { areQuotes } from './stored-quotes.ts';

const quote = {
  of: { conversation: 'conversation1', message: 'message-1' },
  author: { kind: 'external', name: 'Ann' },
  text: 'Words',
};

test('takes what a quote is, and nothing else', () => {
  const others = [
    null,
    'quote',
    {},
    { ...quote, of: undefined },
    { ...quote, of: { ...quote.of, message: '__proto__' } },
    { ...quote, author: { kind: 'nobody' } },
    { ...quote, text: '' },
    { ...quote, text: 1 },
  ];
  expect(quoteSchema.safeParse(quote).success).toBe(true);
  expect(areQuotes([])).toBe(true);
  expect(areQuotes([quote, quote])).toBe(true);
  for (const other of others) {
    expect(quoteSchema.safeParse(other).success).toBe(false);
    expect(areQuotes([quote, other])).toBe(false);
  }
  expect(areQuotes(quote)).toBe(false);
});

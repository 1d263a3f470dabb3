/** Quotes that a page has put aside itself, told from anything else: for the first load, which has no schema of them (parts/quote.ts). */
import { is } from '../fields.ts';
import { idSchema } from '../ids.ts';
import type { Quote } from '../parts/quote.ts';

/** Whether a value read from a browser's storage is quotes. What is wrong in them all the same a command refuses. */
export function areQuotes(value: unknown): value is readonly Quote[] {
  return Array.isArray(value) && value.every(isQuote);
}

function isQuote(value: Partial<Quote> | null): boolean {
  const { of, author, text } = value ?? {};
  return (
    is(idSchema, of?.conversation) &&
    is(idSchema, of?.message) &&
    AUTHORS.has(author?.kind) &&
    typeof text === 'string' &&
    text !== ''
  );
}

const AUTHORS: ReadonlySet<unknown> = new Set<Quote['author']['kind'] | undefined>([
  'user',
  'model',
  'external',
]);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EverywhereQuery } from '../../../protocol/find/everywhere.ts';
import { dayAt } from '../find/index.ts';
import { asksFor, dayOf, questionIn, searchOf } from './question.ts';

const text = fc.string({ maxLength: 60, unit: 'grapheme' });
const name = fc.option(
  text.filter((one) => one !== ''),
  { nil: undefined },
);
const flag = fc.option(fc.constant(true), { nil: undefined });
const time = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined });
const questions: fc.Arbitrary<EverywhereQuery> = fc.record({
  words: text,
  role: fc.option(fc.constantFrom('user' as const, 'assistant' as const), { nil: undefined }),
  ...{ model: name, label: name, after: time, before: time },
  ...{ starred: flag, file: flag, code: flag, archived: flag, pruned: flag, asides: flag },
});

it('an address says again what was asked', () => {
  fc.assert(
    fc.property(questions, (question) => {
      expect(questionIn(searchOf(question))).toEqual(JSON.parse(JSON.stringify(question)));
    }),
  );
});

it('passes over what nobody understands, and keeps the rest', () => {
  expect(questionIn('?q=sea&role=nobody&when=now&after=soon&file=1')).toEqual({ words: 'sea', file: true });
  expect(questionIn('')).toEqual({ words: '' });
});

it('only where to look is no question', () => {
  expect(asksFor({ words: ' ', archived: true, asides: true, file: false })).toBe(false);
  expect([
    asksFor({ words: 'x' }),
    asksFor({ words: '', file: true }),
    asksFor({ words: '', after: 0 }),
  ]).toEqual([true, true, true]);
});

it('shows a range of days as it was chosen', () => {
  expect(dayOf(dayAt('2026-03-29'))).toBe('2026-03-29');
  expect(dayOf(dayAt('2026-10-25', 1), -1)).toBe('2026-10-25');
  expect(dayOf(undefined)).toBe('');
});

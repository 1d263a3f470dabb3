import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainOf } from '../text.ts';
import { answerFault, type FormField, faultOf, fieldsOf, formFault, valueText } from './question-fields.ts';

const text: FormField = { name: 'a', label: 'A', kind: 'text' };
const colours: FormField = {
  ...{ name: 'c', label: 'C', kind: 'choices', least: 1, most: 2 },
  choices: ['red', 'green', 'blue'].map((value) => ({ value, name: value.toUpperCase() })),
};

test.each([
  [text, undefined, undefined],
  [{ ...text, required: true }, '', 'is needed'],
  [{ ...text, least: 2 }, '🌳', 'has at least 2 characters'],
  [{ ...text, most: 1 }, '🌳', undefined],
  [{ ...text, format: 'uri' }, 'example.com', 'is an address, with https:// in front'],
  [{ ...text, format: 'uri' }, 'https://example.com', undefined],
  [{ ...text, format: 'date' }, '29.11.2026', 'is a date, as 2026-11-29'],
  [{ ...text, format: 'date-time' }, 'soon', 'is a date and a time'],
  [text, 3, 'is a text'],
  [{ ...text, kind: 'number' }, Number.NaN, 'is a number'],
  [{ ...text, kind: 'number', least: 2 }, 1.5, 'is at least 2'],
  [{ ...text, kind: 'integer' }, 1.5, 'is a whole number'],
  [{ ...text, kind: 'switch' }, 'yes', 'is on or off'],
  [colours, ['red', 'red'], 'is some of its choices'],
  [colours, ['pink'], 'is some of its choices'],
  [colours, ['red', 'green', 'blue'], 'is at most 2 of its choices'],
  [colours, ['red', 'green'], undefined],
] as const)('%j filled in with %j: %s', (field, value, fault) => {
  expect(faultOf(field as FormField, value as never)).toBe(fault);
});

test('what a field takes by itself a form takes, and nothing it does not name', () => {
  fc.assert(
    fc.property(fc.subarray(['red', 'green', 'blue']), fc.string(), (chosen, other) => {
      const alone = faultOf(colours, chosen);
      expect(formFault([colours, text], { c: chosen })).toBe(alone ? `“C” ${alone}.` : undefined);
      if (other !== 'c') expect(formFault([colours], { c: ['red'], [other]: 'x' })).toBeDefined();
    }),
  );
});

test('only who accepts fills in anything, and a damaged field is left out', () => {
  const question = {
    fields: [{ ...text, required: true }, { name: 'x' }],
    options: [
      { id: 'send', name: 'Send', kind: 'accept' },
      { id: 'no', name: 'Decline' },
    ],
  };
  expect(fieldsOf(question.fields)).toHaveLength(1);
  expect(answerFault(question, 'send', undefined)).toBe('“A” is needed.');
  expect(answerFault(question, 'send', { a: 'x' })).toBeUndefined();
  expect(answerFault(question, 'no', undefined)).toBeUndefined();
  expect(answerFault(question, 'no', { a: 'x' })).toBe('There is nothing to fill in.');
  expect(answerFault({ options: question.options }, 'send', { a: 'x' })).toBeDefined();
});

test('an answer is said in words', () => {
  expect([valueText(colours, ['red', 'blue']), valueText(undefined, true), valueText(text, 'x')]).toEqual([
    'RED, BLUE',
    'yes',
    'x',
  ]);
});

test('an answer that no form takes is said as data, also where JavaScript makes no text of it', () => {
  const odd = { toString: 'no function', valueOf: 1 };
  expect(valueText(undefined, odd as never)).toBe(JSON.stringify(odd));
  expect(valueText(colours, ['red', odd] as never)).toBe(`RED, ${JSON.stringify(odd)}`);
  const asked = {
    ...({ kind: 'question', id: 'q', asks: 'question', title: 'Which?' } as const),
    ...{ options: [{ id: 'send', name: 'Send', kind: 'accept' }] },
    answer: { option: 'send', values: { a: odd }, at: 1 },
  } as const;
  expect(plainOf([asked])).toContain(JSON.stringify(odd));
});

import { expect, test } from 'vitest';
import { amountText, numberText, tooLongText } from './amount-text.ts';

test('numbers have separators, and what is counted its plural', () => {
  expect(numberText(1_204)).toBe('1,204');
  expect([0, 1, 1_204].map((n) => amountText(n, 'token'))).toEqual(['0 tokens', '1 token', '1,204 tokens']);
  expect(amountText(2, 'reply', 'replies')).toBe('2 replies');
  expect(tooLongText(1)).toBe('1 character too many. Nothing was cut off.');
});

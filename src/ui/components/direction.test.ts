import { describe, expect, test } from 'vitest';
import { directionOf, stretchesOf } from './direction.ts';

describe('a line is read', () => {
  test.each([
    ['AutoClaw چطور کار میکنه؟'],
    ['API یک رابط است.'],
    ['React چیست؟'],
    ['Visual Studio Code را نصب کنید.'],
    ['"Docker" را اجرا کن'],
    ['1. مرحبا'],
    ['iPhone 15 — الهاتف الجديد'],
    ['GitHub: המאגר שלי'],
    ['می‌خواهم npm run build را اجرا کنم'],
    ['https://example.com/a/b/c/d این پیوند است'],
    ['שלום'],
    ['مَرْحَبًا hello'],
  ])('from the right: %s', (text) => expect(directionOf(text)).toBe('rtl'));

  test.each([
    ['Hello there, שלום'],
    ['שלום is a Hebrew word for peace'],
    ['The word مرحبا means hello'],
    ['https://example.com'.concat(' is a page')],
    ['你好'],
    ['Привет, мир'],
    ['a'],
  ])('from the left: %s', (text) => expect(directionOf(text)).toBe('ltr'));

  test.each([['12 + 3'], [''], ['…'], ['https://example.com/שלום'.slice(0, 8)]])(
    'as what is around it: %j',
    (text) => expect(directionOf(text)).toBe(text.includes('http') ? 'ltr' : undefined),
  );
});

test('the lines of a text are told apart, and nothing is lost', () => {
  const text = 'Hello\nworld\n\nسلام\n12\nدنیا\n\nbye';
  const stretches = stretchesOf(text);
  expect(stretches.map(({ direction }) => direction)).toEqual(['ltr', 'rtl', 'ltr']);
  expect(stretches.map((stretch) => stretch.text).join('\n')).toBe(text);
  expect(stretchesOf('one\ntwo')).toEqual([{ text: 'one\ntwo', direction: 'ltr' }]);
});

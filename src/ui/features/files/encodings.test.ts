import { expect, test } from 'vitest';
import { decoded, readingsOf, selfTold } from './encodings.ts';

const bytes = (...list: readonly number[]) => Uint8Array.from(list);
const utf16 = (text: string, { big = false, mark = true } = {}): Uint8Array => {
  const units = [...(mark ? '\ufeff' : ''), ...text].flatMap((c) => [c.charCodeAt(0)]);
  return bytes(...units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
};

test.each([
  ['UTF-16 with its mark', utf16('Grüße'), 'Grüße'],
  ['UTF-16, big end first', utf16('数学', { big: true }), '数学'],
  ['UTF-16 without a mark', utf16('plain words', { mark: false }), 'plain words'],
  ['the same, big end first', utf16('plain words', { mark: false, big: true }), 'plain words'],
  ['an empty one with a mark', utf16(''), ''],
])('%s says itself how it is read', (_, content, text) => {
  expect(selfTold(content)).toBe(text);
});

// 你好，世界 in GBK; Größe in Windows-1252; Привет in Windows-1251; こんにちは in Shift JIS; 한국어 in EUC-KR.
test.each([
  ['gb18030', bytes(0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac, 0xca, 0xc0, 0xbd, 0xe7), '你好，世界'],
  ['windows-1252', bytes(0x47, 0x72, 0xf6, 0xdf, 0x65), 'Größe'],
  ['windows-1251', bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), 'Привет'],
  ['shift_jis', bytes(0x82, 0xb1, 0x82, 0xf1, 0x82, 0xc9, 0x82, 0xbf, 0x82, 0xcd), 'こんにちは'],
  ['euc-kr', bytes(0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee), '한국어'],
])('%s is among what a person can choose, with how it begins', (encoding, content, text) => {
  expect(selfTold(content)).toBeNull();
  expect(readingsOf(content)).toContainEqual(expect.objectContaining({ encoding, sample: text }));
  expect(decoded(content, encoding)).toBe(text);
});

test.each([
  ['a program', bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 3, 0)],
  ['a PDF', bytes(...new TextEncoder().encode('%PDF-1.4'), 10, 0xe2, 0xe3, 0, 1, 2, 0xff)],
])('%s is no text in any of them', (_, content) => {
  expect(selfTold(content)).toBeNull();
  expect(readingsOf(content)).toEqual([]);
});

test('the sample is of the first letters that are not plain', () => {
  const content = bytes(...new TextEncoder().encode(`${'plain words, '.repeat(9)}Gr`), 0xf6, 0xdf, 0x65);
  expect(readingsOf(content).find(({ encoding }) => encoding === 'windows-1252')?.sample).toContain('Größe');
});

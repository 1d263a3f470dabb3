import { expect, test } from 'vitest';
import { faultsInSource } from './language.mjs';

const inFile = (code, path = 'src/ui/features/x/card.tsx') => faultsInSource(path, code);

test.each([
  "const text = n.toLocaleString('en');",
  'const text = n.toLocaleString();',
  'const day = new Date(time).toLocaleDateString();',
  "const format = new Intl.DateTimeFormat('en', {});",
  'const format = new Intl.PluralRules();',
  "const locale = 'en-GB';",
  'const order = a.localeCompare(b);',
  'const found = title.toLocaleLowerCase().includes(words);',
  'const page = `<html lang="en"><p>`;',
  'const a = <p lang="en" />;',
])('%s is refused', (code) => {
  expect(inFile(code)).not.toEqual([]);
});

test('what says which line, and what to do', () => {
  expect(inFile('const a = 1;\nconst b = a.toLocaleString();')).toEqual([
    expect.stringMatching(/^src\/ui\/features\/x\/card\.tsx:2: toLocaleString .*language\.ts/),
  ]);
});

test('the homes of the language may, and what is of texts of people', () => {
  const code = "export const LANGUAGE = 'en';\nconst text = n.toLocaleString(LANGUAGE);";
  expect(inFile(code, 'src/protocol/language.ts')).toEqual([]);
  expect(inFile('const words = new Intl.Segmenter();')).toEqual([]);
  expect(inFile("type A = 'en' | 'of';\nconst a = title.toLowerCase();")).toEqual([]);
  expect(inFile("const words = ['enter', 'end', 'event'];")).toEqual([]);
});

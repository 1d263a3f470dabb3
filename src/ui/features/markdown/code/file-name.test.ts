import { expect, test } from 'vitest';
import { fileNameOf } from './file-name.ts';

test.each([
  ['python', 'code.py'],
  ['TypeScript', 'code.ts'],
  ['csv', 'code.csv'],
  ['dockerfile', 'Dockerfile'],
  ['', 'code.txt'],
  ['../../x', 'code.txt'],
  ['constructor', 'code.txt'],
])('%j is saved as %s', (language, name) => {
  expect(fileNameOf(language)).toBe(name);
});

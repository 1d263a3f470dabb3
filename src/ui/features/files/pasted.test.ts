import { expect, test } from 'vitest';
import { isNamesOf } from './pasted.ts';

test.each([
  ['its name', 'plan.txt', ['plan.txt']],
  ['nothing', '', ['plan.txt']],
  ['its path', '/home/ann/My Files/plan.txt', ['plan.txt']],
  ['a path of Windows, in quotes', '"C:\\Users\\ann\\plan.txt"', ['plan.txt']],
  ['its address', 'file:///home/ann/My%20plan.txt', ['My plan.txt']],
  ['names of several', 'a.txt\rb.txt', ['a.txt', 'b.txt']],
  ['what a file manager says first', 'x-special/nautilus-clipboard\ncopy\nfile:///tmp/a.txt\n', ['a.txt']],
  ['its name, decomposed', 'Caf\u0065\u0301.txt', ['Caf\u00e9.txt']],
  ['a folder', '/home/ann/pictures/', ['pictures']],
  ['an address that cannot be decoded', 'file:///tmp/100%.txt', ['100%.txt']],
])('text that only says %s is the file', (_, text, names) => {
  expect(isNamesOf(text, names)).toBe(true);
});

test.each([
  ['a table and its picture', 'A\tB\n1\t2', ['image.png']],
  ['a name and more', 'plan.txt\nsee above', ['plan.txt']],
  ['another name', 'plan.md', ['plan.txt']],
])('%s stay text', (_, text, names) => {
  expect(isNamesOf(text, names)).toBe(false);
});

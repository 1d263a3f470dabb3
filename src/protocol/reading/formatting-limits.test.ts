import { expect, test } from 'vitest';
import { placeFor, shallow, tooDeep, tooHeavy } from './formatting-limits.ts';

test.each([
  ['quotes in quotes', `${'>'.repeat(10_000)}a`],
  ['lists in lists', `${'- '.repeat(1_000)}a`],
  ['numbers in numbers', `${'1. '.repeat(1_000)}a`],
  ['a staircase', Array.from({ length: 80 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
])('%s are too deep and too heavy', (_name, text) => {
  expect(tooDeep(text)).toBe(true);
  expect(tooHeavy(text)).toBe(true);
});

test.each([
  ['a rule', `Words\n\n${'-'.repeat(80)}\n\nMore`],
  ['a rule of stars', `${'*'.repeat(80)}`],
  ['a rule with spaces', `${'- '.repeat(80)}`],
  ['a rule in a quote', `> ${'* '.repeat(80)}`],
  ['a heading that is underlined', `Title\n${'-'.repeat(80)}`],
  ['a table of signs', `+${'-'.repeat(40)}+\n| a |\n+${'-'.repeat(40)}+`],
  ['a comment in code', `\`\`\`sql\n${'-'.repeat(80)}\n-- a\n\`\`\``],
])('%s is not deep', (_name, text) => {
  expect(tooDeep(text)).toBe(false);
});

test.each([
  ['emphasis without end', '*a_ '.repeat(10_000)],
  ['brackets without end', '['.repeat(10_000)],
  ['a page without a break', 'word '.repeat(10_000)],
])('%s is too heavy', (_name, text) => {
  expect(tooHeavy(text)).toBe(true);
});

test.each([
  ['a long list', '- an item with **bold** and `code`\n'.repeat(500)],
  ['long code', `\`\`\`\n${'let a = [1, 2];\n'.repeat(5_000)}\`\`\``],
  ['nesting as people write it', '> - 1. a\n>   - b\n>     > c'],
  ['a table', '| a | b |\n|---|---|\n| 1 | [2](c) |\n'.repeat(200)],
])('%s is fine', (_name, text) => {
  expect(tooHeavy(text)).toBe(false);
});

test.each([
  ['words', 'page'],
  ['word '.repeat(10_000), 'worker'],
  [`- a\n${'  - b *c*\n'.repeat(8_000)}`, 'worker'],
  [`- a\n\n  \`\`\`\n${'  a[1] = b[2] * c[3];\n'.repeat(4_000)}  \`\`\``, 'worker'],
  [`    ${'let a = [1];\n    '.repeat(5_000)}`, 'page'],
  ['*a_ '.repeat(10_000), 'nowhere'],
  [`${'> '.repeat(40)}a`, 'nowhere'],
  ['word '.repeat(300_000), 'nowhere'],
  [`${'a|'.repeat(1_000)}\n${'-|'.repeat(1_000)}\n${'b\n'.repeat(1_000)}`, 'nowhere'],
] as const)('%.40j is formatted on the %s', (block, place) => {
  expect(placeFor(block)).toBe(place);
});

test.each([
  ['quotes in quotes', `${'>'.repeat(60)} words`, `${'>'.repeat(12)}words`],
  ['lists in lists', `${'- '.repeat(1_000)}a`, `${'- '.repeat(12)}a`],
  [
    'items far to the right',
    `${' '.repeat(150)}- a\n${' '.repeat(152)}more`,
    `${' '.repeat(118)}- a\n${' '.repeat(120)}more`,
  ],
])('%s are made shallow, and nothing around them', (_name, deep, flat) => {
  const around = (text: string) =>
    `Words **before**.\n\n${text}\n\n    code\n\n\`\`\`\n- a\n\`\`\`\n\nAnd after.`;
  expect(shallow(around(deep))).toBe(around(flat));
  expect(tooDeep(shallow(deep))).toBe(false);
  const code = `\`\`\`\n${deep}\n\`\`\``;
  expect(shallow(code)).toBe(code);
});

test('what is not too deep stays as it is', () => {
  const text = Array.from({ length: 50 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n');
  expect(shallow(text)).toBe(text);
});

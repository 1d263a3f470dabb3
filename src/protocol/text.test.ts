import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Part } from './parts/index.ts';
import { plainLine } from './reading/first-line.ts';
import { foundIn, plainOf, previewOf, textOf, titleFromWords } from './text.ts';

/** Half a character, in UTF-16. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const text = (words: string): Part => ({ kind: 'text', text: words });

it('previews a reply without words by what it called', () => {
  const tool = (name: string): Part => ({ kind: 'tool', call: name, name, input: '{}', output: 'found' });
  const calls = [tool('search'), tool('search'), tool('read_file')];
  expect(previewOf([{ kind: 'reasoning', text: 'hm' }, ...calls])).toBe('Called search, Called read_file');
  expect(plainLine(previewOf(calls))).toBe('Called search, Called read_file');
  expect(previewOf([...calls, text('Done')])).toBe('Done');
});

it('takes the text of a message without reasoning and tools', () => {
  const tool: Part = { kind: 'tool', call: 'c', name: 'n', input: '{}' };
  expect(textOf([{ kind: 'reasoning', text: 'hm' }, text('Hello, '), tool, text('world')])).toBe(
    'Hello, world',
  );
});

it('folds whitespace and leaves short text as it is', () => {
  expect(previewOf([text('  one\n\n two\tthree ')])).toBe('one two three');
  expect(previewOf([])).toBe('');
});

it('cuts at a word where one ends in the last third, and marks the cut', () => {
  expect(titleFromWords('Which city in Japan should we go to first, and for how long?')).toBe(
    'Which city in Japan should we go to first, and…',
  );
  expect(titleFromWords('x'.repeat(60))).toBe(`${'x'.repeat(47)}…`);
});

it('keeps to its limit and never ends in half a character', () => {
  const anything = fc.string({ unit: 'grapheme', maxLength: 2_000 });
  fc.assert(
    fc.property(anything, (said) => {
      for (const [short, limit] of [
        [previewOf([text(said)]), 120],
        [titleFromWords(said), 48],
      ] as const) {
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(HALF);
        expect(short).not.toMatch(/^\s|\s$|\s\s/);
      }
    }),
  );
});

it('leaves out a character that the first look at a long text cut in half', () => {
  expect(titleFromWords(`${' '.repeat(383)}😀 after`)).not.toMatch(HALF);
});

it('finds calls of tools and names of files, which are neither copied nor exported as words', () => {
  const parts: Part[] = [
    text('Two answers:'),
    {
      kind: 'tool',
      call: 'c',
      name: 'browser',
      input: 'open("trees")',
      output: 'Larches lose their needles.',
    },
    { kind: 'tool', call: 'd', name: 'browser', input: 'open("ferns")', error: 'No such page' },
    { kind: 'file', hash: 'h', name: 'forest plan.pdf', type: 'application/pdf', size: 1 },
  ];
  for (const words of [
    'Two answers',
    'browser',
    'open("trees")',
    'needles',
    'No such page',
    'forest plan.pdf',
  ])
    expect(foundIn(parts)).toContain(words);
  expect(plainOf(parts).trim()).toBe('Two answers:');
});

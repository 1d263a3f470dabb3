import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt, firstLine, plainLine, plainPlaces } from './first-line.ts';

test('marks of Markdown are gone, bold and code are told apart', () => {
  expect(firstLine('## Start with **soil**, then `clay`')).toEqual([
    { kind: 'plain', text: 'Start with ' },
    { kind: 'strong', text: 'soil' },
    { kind: 'plain', text: ', then ' },
    { kind: 'code', text: 'clay' },
  ]);
  expect(plainLine('1. One 2. *Two* [three](https://example.org)')).toBe('One 2. Two three');
});

test('a mark that a cut line does not close is gone', () => {
  expect(plainLine('It is **not an AI**: it says **What reached…')).toBe(
    'It is not an AI: it says What reached…',
  );
  expect(plainLine('2**10 and a `b…')).toBe('2**10 and a b…');
});

test('so is one that ends what a cut line began with', () => {
  expect(plainLine('…reached it:** 3 messages, **the last** was')).toBe(
    '…reached it: 3 messages, the last was',
  );
  expect(plainLine('…what** (a word)')).toBe('…what (a word)');
  // Bold that is whole, a power, and a line that was not cut.
  expect(plainLine('…a **bold** word')).toBe('…a bold word');
  expect(plainLine('…x 2**10')).toBe('…x 2**10');
  expect(plainLine('From €5** on')).toBe('From €5** on');
});

test.each([
  [
    'Two things: | light | depth | |---|:-:| | leaves | a | rod |',
    'Two things: light · depth · leaves · a · rod',
  ],
  ['| Name | Size |\n|:--|--:|\n| Fern | 2 |', 'Name · Size · Fern · 2'],
  ['| Name | Descr…', 'Name · Descr…'],
  ['| Name | Size | |---|--…', 'Name · Size…'],
  ['ls | wc -l', 'ls | wc -l'],
])('a table is its cells: %j', (text, read) => {
  expect(plainLine(text)).toBe(read);
});

test.each([
  ['The formula $\\frac{a+1}{b}$ and $x^{2n}$', 'The formula (a+1)/b and x²ⁿ'],
  ['Solve \\[\\int_0^\\infty e^{-x^2} dx\\] now', 'Solve ∫₀^∞ e^(-x²) dx now'],
  ['It is $\\frac{a}{b + \\alpha…', 'It is a/(b + α)…'],
  ['…\\frac{a}{b}$ so it is \\(x\\)', '…a/b so it is x'],
  ['**`x` is $y^2$**', 'x is y²'],
  ['It costs $5 and $10, see $HOME', 'It costs $5 and $10, see $HOME'],
  ['`$\\frac{a}{b}$` is how', '$\\frac{a}{b}$ is how'],
])('a formula is its words: %j', (text, read) => {
  expect(plainLine(text)).toBe(read);
});

test.each([
  [
    '```python\n# note\ndef f(**kw): return a | b\n```\nand more',
    '# note def f(**kw): return a | b and more',
  ],
  ['```ts const a = `b`', 'const a = `b`'],
  // Cut right behind its end.
  ['Like this:\n```js\nconst a = 1;\n```…', 'Like this: const a = 1;…'],
  ['Run `npm | less` and ``a`b``', 'Run npm | less and a`b'],
])('code stays as it was written, without its fence: %j', (text, read) => {
  expect(plainLine(text)).toBe(read);
  expect(firstLine(text).some(({ kind }) => kind === 'code')).toBe(true);
});

test.each([
  ['Sure!\n\n---\n\n## Plan\n### Step 1', 'Sure! — Plan Step 1'],
  ['> quoted\n> twice', 'quoted twice'],
  ['> [!NOTE]\n> Read this', 'Read this'],
  ['Before.\n\n> [!NOTE]\n> Read this', 'Before. Read this'],
  ['a > [b]', 'a > [b]'],
  ['- [ ] todo', 'todo'],
  ['Title\n=====\ntext', 'Title text'],
  ['**a *b* c** and ***d*** ~~gone~~', 'a b c and d gone'],
  ['one<br>two &amp; \\*three\\*', 'one two & *three*'],
  ['![A cat](https://a.example/cat.png "Tom") and [a link](x)', 'A cat and a link'],
])('headings, quotes, rules and tasks: %j', (text, read) => {
  expect(plainLine(text)).toBe(read);
});

test('what only looks like a mark stays', () => {
  for (const text of ['2 * 3 * 4 and snake_case_name', 'a === b, vector<int> and C#', 'x = y && z'])
    expect(plainLine(text)).toBe(text);
});

const SIGNS = [
  '$',
  '\\frac{',
  '}',
  '`',
  '```',
  '|',
  '**',
  '\\(',
  '\\)',
  '\uE002',
  '[',
  '](',
  ')',
  ' ',
  '\n',
  '#',
  '-',
  '…',
];

test('what stands as code between dollars is read with them', () => {
  expect(plainLine('$`!`$')).toBe('!');
  expect(plainLine('It is $`x`$ and `y`')).toBe('It is x and y');
});

test('any text gives its words, and quickly', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 9 }))), (parts) => {
      const text = parts.join('');
      const read = plainLine(text);
      expect(read.length).toBeLessThanOrEqual(3 * text.length);
      expect(read).not.toMatch(/[\uE000-\uE003]|\s{2}/);
    }),
  );
});

test('brackets without end cost no more than their length: a square would take longer than a test may', () => {
  for (const fragment of ['[', '![', '[a](', '`', '**a', '*a ', '| '])
    expect(firstLine(fragment.repeat(400_000 / fragment.length)).length).toBeGreaterThanOrEqual(0);
});

test('an excerpt has whole words only, and is marked where it is cut', () => {
  expect(excerpt('Then plant a **fern**.')).toBe('Then plant a fern.');
  expect(excerpt('# Trip\n\n> to `Kyoto`')).toBe('Trip > to Kyoto');
  expect(excerpt('Start with the soil, not with the plants that grow in it')).toBe(
    'Start with the soil, not with the plants…',
  );
  expect(excerpt('Start with the soil', 15)).toBe('Start with the…');
  // Without spaces there is no whole word to end with, and no character is cut in two.
  expect(excerpt('京都の灯籠と桜の話', 4)).toBe('京都の灯…');
  expect(excerpt('🏮🏮🏮🏮', 3)).toBe('🏮…');
});

test('places in a text are the same words in what is read of it', () => {
  expect(
    plainPlaces('## The **soil** of $x$ soil', [
      [9, 13],
      [23, 27],
    ]),
  ).toEqual({
    text: 'The soil of x soil',
    places: [
      [4, 8],
      [14, 18],
    ],
  });
  expect(plainPlaces('a $\\frac{1}{2}$', [[4, 7]])).toBeUndefined();
});

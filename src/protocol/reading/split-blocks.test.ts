import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeIn, fencedCode } from './fences.ts';
import { type Blocks, noBlocks, splitBlocks } from './split-blocks.ts';

const texts = ({ blocks }: Blocks) => blocks.map((block) => block.text);
const whole = (text: string) => texts(splitBlocks(noBlocks, text));

function grown(text: string, cuts: readonly number[]): Blocks {
  let blocks = noBlocks;
  for (const cut of [...cuts].sort((a, b) => a - b)) blocks = splitBlocks(blocks, text.slice(0, cut));
  return splitBlocks(blocks, text);
}

describe('blocks', () => {
  test('are the top-level parts of a text', () => {
    expect(
      whole('# Plan\n\nSome *words*\nover two lines.\n\n- one\n- two\n\n```js\nlet a;\n\nlet b;\n```\n'),
    ).toEqual(['# Plan', 'Some *words*\nover two lines.', '- one\n- two', '```js\nlet a;\n\nlet b;\n```']);
  });

  test('say where they start', () => {
    expect(splitBlocks(noBlocks, 'a\n\nb').blocks.map((block) => block.start)).toEqual([0, 3]);
  });

  test('keep a display formula whole, whatever its lines look like', () => {
    expect(whole('So:\n$$\na\n\n- b\n= c\n$$\nand on')).toEqual(['So:', '$$\na\n\n- b\n= c\n$$', 'and on']);
    expect(whole('So:\n\\[\na\n- b\n\\]\n\nand on')).toEqual(['So:', '\\[\na\n- b\n\\]', 'and on']);
    expect(whole('So $$x$$ it\n$$y$$ goes')).toEqual(['So $$x$$ it\n$$y$$ goes']);
  });

  test.each([
    [
      'a document in a fence goes on through its last one',
      '```markdown\n# T\n\n```bash\nnpm i\n```\n\nmore\n```\nafter',
      ['````markdown\n# T\n\n```bash\nnpm i\n```\n\nmore\n````', 'after'],
    ],
    [
      'several fences in it',
      '```md\n```js\n1\n```\n```sh\n2\n```\n```\nafter',
      ['````md\n```js\n1\n```\n```sh\n2\n```\n````', 'after'],
    ],
    [
      'one with tildes',
      '~~~markdown\n~~~sh\n1\n~~~\n~~~\nafter',
      ['~~~~markdown\n~~~sh\n1\n~~~\n~~~~', 'after'],
    ],
    [
      'a well-written one',
      '````markdown\n```bash\nnpm i\n```\n````\nafter',
      ['````markdown\n```bash\nnpm i\n```\n````', 'after'],
    ],
    ['one without fences', '```markdown\n# T\n```\nafter', ['```markdown\n# T\n```', 'after']],
    ['code that names fences', '```js\n// ```bash\n```\nafter', ['```js\n// ```bash\n```', 'after']],
    [
      'an indented fence in it',
      '```markdown\n- a\n  ```sh\n  1\n  ```\n```\nb',
      ['````markdown\n- a\n  ```sh\n  1\n  ```\n````', 'b'],
    ],
    [
      'a fence of an item closed at the margin',
      '- a\n  ```sh\n  1\n```\n\nafter',
      ['- a\n  ```sh\n  1\n  ```', 'after'],
    ],
    ['lines of it at the margin', '1. a\n   ```sh\n1\n   ```\n2. b', ['1. a\n   ```sh\n   1\n   ```\n2. b']],
    ['one on the line of its item', '- ```sh\n  1\n```\n- b', ['- ```sh\n  1\n  ```\n- b']],
    ['one that ends well', '- a\n  ```sh\n  1\n  ```\n- b', ['- a\n  ```sh\n  1\n  ```\n- b']],
    ['an item without the end of its fence', '- a\n  ```sh\n  1\n\nafter', ['- a\n  ```sh\n  1', 'after']],
  ])('%s', (_name, text, blocks) => {
    expect(texts(splitBlocks(noBlocks, text, true))).toEqual(blocks);
  });

  test('a document whose last fence is still to come is one block; in a finished text its first is its end', () => {
    const text = '```markdown\n```bash\nnpm i\n```\nmore';
    expect(whole(text)).toEqual(['````markdown\n```bash\nnpm i\n```\nmore']);
    expect(texts(splitBlocks(splitBlocks(noBlocks, text), text, true))).toEqual([
      '```markdown\n```bash\nnpm i\n```',
      'more',
    ]);
  });

  test('a long list is cut between items, a long table between rows under the same head, long lines where one ends', () => {
    const list = whole('- an item\n  - and one in it\n'.repeat(2_000));
    expect(list.length).toBeGreaterThan(2);
    expect(list.every((block) => block.startsWith('- an item') && block.length < 13_000)).toBe(true);
    const table = whole(`| a | b |\n|---|---|\n${`| ${'word '.repeat(150)} | 2 |\n`.repeat(80)}`);
    expect(table.length).toBeGreaterThan(2);
    expect(table.every((block) => block.startsWith('| a | b |\n|---|---|\n| word'))).toBe(true);
    const { blocks } = splitBlocks(noBlocks, `${table.join('\n')}\n\nwords`, true);
    expect(blocks.map(({ rows }) => rows)).toEqual([
      undefined,
      ...blocks.slice(2).map(() => true),
      undefined,
    ]);
    expect(whole('some words\n'.repeat(6_000)).every((block) => block.length < 25_000)).toBe(true);
  });

  test('a part of a numbered list knows the number it goes on with', () => {
    const { blocks } = splitBlocks(noBlocks, `Look:\n\n${'7. an item of some words\n'.repeat(1_000)}`);
    const items = (text: string) => text.split('\n').length;
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.slice(0, 2).map(({ number }) => number)).toEqual([undefined, undefined]);
    let next = 7;
    for (const { text, number } of blocks.slice(1)) {
      expect(number ?? 7).toBe(next);
      next += items(text);
    }
    expect(
      splitBlocks(noBlocks, '- an item of some words\n'.repeat(1_000)).blocks[1]?.number,
    ).toBeUndefined();
  });

  test('a line that makes a heading or a table of a long one stays with it', () => {
    const line = 'word '.repeat(6_000);
    expect(whole(`${line}\n===`)).toHaveLength(1);
    expect(whole(`| ${line} | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(10)}`)).toHaveLength(1);
  });

  test('a table in a long quote is not cut', () => {
    expect(whole(`> | a | b |\n> |---|---|\n${'> | some words | 2 |\n'.repeat(2_000)}`)).toHaveLength(1);
  });

  test('a long quote is cut between its paragraphs, never in its code nor before the rest of an item', () => {
    const words = `> ${'word '.repeat(30)}\n`;
    const parts = [
      `${words}>\n`,
      `> \`\`\`js\n>\n> let a;\n>\n> let b;\n> \`\`\`\n>\n`,
      `> - an item\n>\n>   and the rest of it\n>\n`,
      `> > deeper\n> >\n> > ~~~\n> >\n> > code\n> > ~~~\n>\n`,
    ];
    const text = parts.join('').repeat(300);
    const quote = whole(text);
    expect(quote.length).toBeGreaterThan(3);
    expect(`${quote.join('\n')}\n`).toBe(text);
    for (const block of quote) {
      expect(block.length).toBeLessThan(29_000);
      expect(block).toMatch(/>$/);
      expect((block.match(/```/g) ?? []).length % 2).toBe(0);
      expect((block.match(/~~~/g) ?? []).length % 2).toBe(0);
      expect(block).toMatch(/^> (word|```js|- an item|> deeper|> ~~~)/);
    }
    expect(whole(words.repeat(600)).every((block) => block.length < 29_000)).toBe(true);
    expect(whole(`> \`\`\`\n${'> let a;\n'.repeat(6_000)}`)).toHaveLength(1);
    const cuts = Array.from({ length: 60 }, (_, n) => n * 1_900);
    expect(texts(grown(text, cuts))).toEqual(quote);
  });

  test('take Windows and old Mac line ends', () => {
    expect(whole('a\r\n\r\nb\rc')).toEqual(['a', 'b\nc']);
  });
});

describe('while a text grows', () => {
  test('nothing new gives the same object', () => {
    const blocks = splitBlocks(noBlocks, 'a\n\nb');
    expect(splitBlocks(blocks, 'a\n\nb')).toBe(blocks);
  });

  test('finished blocks stay the same objects', () => {
    const before = splitBlocks(noBlocks, 'one\n\ntwo\n\nthree and');
    const after = splitBlocks(before, 'one\n\ntwo\n\nthree and more\n\nfour');
    expect(after.blocks.slice(0, 2).map((block, i) => block === before.blocks[i])).toEqual([true, true]);
    expect(after.blocks).toHaveLength(4);
  });

  test.each([
    ['an unfinished fence holds what follows', '```js\nlet a;\n\nlet b;'],
    ['a paragraph becomes a heading', 'Title\n==='],
    ['a rule becomes emphasis', 'text\n***bold*** and'],
    ['a marker becomes a number', 'about\n1.5 is more'],
    ['an item joins its list after a blank line', '1. a\n\n2. b\n\n3. c'],
    ['a table grows', 'Look:\n| a | b |\n|---|---|\n| 1 | 2 |'],
    ['a broken second line takes a table back', 'Look:\n| a | b |\n|---|---|x\n| 1 | 2 |'],
    ['a link definition', 'See [a].\n\n[a]: https://example.org "title"\n\nmore'],
    ['a quote goes on lazily', '> one\ntwo\n\nthree'],
    ['a formula before a rule is no heading', '===\n\\[\n\\[\n    code\n---'],
    ['a document in a fence', 'See:\n```markdown\n```bash\nx\n```\nb\n```\nc\n\nd'],
    ['a stray fence of an item', '- a\n  ```\nx\ny\n\nz\n```\n\nb'],
    ['a long formula', `a\n\n$$\n${'a_1 + '.repeat(1_500)}\n$$\n\nb`],
    ['a long formula with an empty line in it', `a\n\n$$\n${'a_1 + '.repeat(1_500)}\n\nb\n\n$$\n\nc`],
    ['a formula that is too long', `$$\n${'a_1 + b\n'.repeat(5_000)}\n$$\n\nc`],
    ['a long list', '- a\n  b\n\n'.repeat(3_000).slice(0, 26_000)],
    ['html', 'a\n\n<div>\nb\n\n</div>\nc'],
  ])('%s: letter by letter as at once', (_name, text) => {
    const step = Math.max(1, Math.floor(text.length / 500));
    const cuts = [...text].map((_, i) => i).filter((i) => i % step === 0);
    expect(texts(grown(text, cuts))).toEqual(whole(text));
  });

  const line = fc.constantFrom(
    ...[
      '',
      '',
      'words and more',
      '- item',
      '  - nested',
      '1. one',
      '2. two',
      '> quote',
      '```js',
      '```',
      '# head',
      '---',
    ],
    ...[
      '| a | b |',
      '|---|---|',
      '===',
      '    code',
      '$$',
      '\\[',
      '\\]',
      '<div>',
      '</div>',
      '[a]: /b',
      '* * *',
      '~~~',
      '1',
    ],
    ...['```markdown', '```sh', '  ```', '  ```sh', '\\[1\\]', '[a]: /b', '[^a]: b', '| --- |', '|'],
    ...['+', '*em*', '  more', '<!-- c', '-->', '$', '\t- tab', '***'],
  );

  test('any text in any pieces gives the blocks of the whole', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 14 }),
        fc.array(fc.nat(120), { maxLength: 40 }),
        (lines, cuts) => {
          const text = lines.join('\n');
          expect(texts(grown(text, cuts))).toEqual(whole(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('only the last block is new, however long the text', () => {
    const before = splitBlocks(noBlocks, `${'word '.repeat(40)}\n\n`.repeat(2_000));
    const after = splitBlocks(before, `${before.text}more`);
    expect(after.blocks.filter((block, i) => block !== before.blocks[i])).toHaveLength(1);
  });
});

test.each([
  ['```js title\nlet a;\n```', { language: 'js', code: 'let a;' }],
  ['```\nlet a;', { language: '', code: 'let a;' }],
  ['~~~sh\n```\n~~~', { language: 'sh', code: '```' }],
  ['  ```\n  a\n    b\n  ```', { language: '', code: 'a\n  b' }],
  ['```', { language: '', code: '' }],
  ['text', undefined],
  ['    ```\n    a', undefined],
])('%j is %j as code', (block, code) => {
  expect(fencedCode(block)).toEqual(code);
});

test.each([
  ['    let a;\n\n      let b;\n\tlet c;', 'let a;\n\n  let b;\nlet c;'],
  ['  \tlet a;', 'let a;'],
  ['   words', undefined],
])('%j is %j as indented code', (block, code) => {
  expect(codeIn(block)).toEqual(code === undefined ? undefined : { language: '', code });
});

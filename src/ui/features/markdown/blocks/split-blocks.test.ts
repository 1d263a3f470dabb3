import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
    ['html', 'a\n\n<div>\nb\n\n</div>\nc'],
  ])('%s: letter by letter as at once', (_name, text) => {
    const cuts = [...text].map((_, i) => i);
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

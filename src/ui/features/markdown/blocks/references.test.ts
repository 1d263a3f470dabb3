import { expect, test } from 'vitest';
import { noBlocks, splitBlocks } from '../../../../protocol/reading/split-blocks.ts';
import { prepare } from './references.ts';

const prepared = (text: string) => prepare(splitBlocks(noBlocks, text).blocks);
const texts = (text: string) => prepared(text).blocks.map((block) => block.text);

test('a block is given the addresses it uses, wherever they stand', () => {
  expect(texts('See [A  b].\n\nMore.\n\n[a b]: https://a.example "t"\n[c]: /c')).toEqual([
    'See [A  b].\n\n[a b]: https://a.example "t"',
    'More.',
    '[a b]: https://a.example "t"\n[c]: /c',
  ]);
});

test('of two addresses the first counts', () => {
  expect(texts('[a]: /1\n[a]: /2\n\n[a]')[1]).toBe('[a]\n\n[a]: /1');
});

test('notes are numbered in the order they are referred to, and stand at the end', () => {
  const { blocks, notes } = prepared(
    'One[^b], two[^a].\n\nAgain[^b].\n\n[^a]: A.\n[^b]: B.\n\n    More.\n\nEnd.',
  );
  expect(blocks.map((block) => block.numbers)).toEqual(['b=1 a=2', 'b=1', '', '', '']);
  expect(blocks[2]?.text).toBe('');
  expect(notes).toBe('[^b] [^a]\n\n[^b]: B.\n\n    More.\n\n[^a]: A.');
});

test('a block that refers to nothing that is there is left alone', () => {
  expect(texts('a [b] [^c] `[x]`\n\n[d]: /d')[0]).toBe('a [b] [^c] `[x]`');
  expect(prepared('a [b] [^c]').notes).toBeUndefined();
});

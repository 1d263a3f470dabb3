import type { Element, Root, RootContent } from 'hast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { type CutTree, cutTree, SLICE_TAG } from './cut-tree.ts';

const reader = unified().use(remarkParse).use(remarkGfm).use(remarkRehype);
const treeOf = (text: string) => reader.runSync(reader.parse(text)) as Root;

/** The tree again, with each slice in its place. */
function together({ frame, slices }: CutTree): Root {
  const filled = (nodes: readonly RootContent[]): RootContent[] =>
    nodes.flatMap((node): RootContent[] => {
      if (node.type !== 'element') return [node];
      if (node.tagName === SLICE_TAG) return [...(slices[Number(node.properties.at)]?.nodes ?? [])];
      return [{ ...node, children: filled(node.children) as Element['children'] }];
    });
  return { ...frame, children: filled(frame.children) };
}

test.each([
  ['a list', '- words\n'.repeat(2_000)],
  ['a list in an item in a quote', `> - first\n${'>   - words\n'.repeat(2_000)}> - last`],
  ['paragraphs in an item', `1. first\n\n${'   words and words\n\n'.repeat(1_000)}`],
  ['a long line', 'some *words* and '.repeat(2_000)],
  ['code', `\`\`\`\n${'let a;\n'.repeat(2_000)}\`\`\``],
  ['a link of many words', `[${'some *words* '.repeat(1_000)}](https://a.example)`],
])('%s is the same put together again', (_name, text) => {
  const tree = treeOf(text);
  expect(together(cutTree(structuredClone(tree)))).toEqual(tree);
});

test.each([
  ['a list', '- words\n'.repeat(2_000), 'ul'],
  ['a list in an item', `- first\n${'  - words\n'.repeat(2_000)}`, 'ul'],
  ['a long line in a quote', `> ${'some *words* and '.repeat(2_000)}`, 'p'],
  ['paragraphs', 'words and words\n\n'.repeat(1_000), undefined],
])('%s is cut into slices of the source', (_name, text, within) => {
  const { slices } = cutTree(treeOf(text));
  const many = slices.filter((slice) => slice.within === within);
  expect(many.length).toBeGreaterThan(5);
  for (const { from, to } of many) {
    expect(to).toBeGreaterThan(from);
    expect(to - from).toBeLessThan(8_000);
  }
  expect(many.slice(1).every(({ from }, i) => from >= (many[i]?.to ?? 0))).toBe(true);
});

test('a table becomes several, each under its head, and each with its own part of the source', () => {
  const text = `| a | b |\n|---|---|\n${Array.from({ length: 1_000 }, (_, n) => `| ${n} | words |\n`).join('')}`;
  const { slices } = cutTree(treeOf(text));
  expect(slices.length).toBeGreaterThan(3);
  let next = 0;
  for (const { nodes, from, to } of slices) {
    const [table] = nodes as [Element];
    expect(table.children.map((child) => (child as Element).tagName)).toEqual(['thead', 'tbody']);
    const numbers = [...text.slice(from, to).matchAll(/^\| (\d+) /gm)].map((match) => Number(match[1]));
    expect(numbers[0]).toBe(next);
    next = (numbers.at(-1) ?? 0) + 1;
  }
  expect(next).toBe(1_000);
});

test('what needs all that is in it stays whole: code, links, rows', () => {
  const link = `[${'some *words* '.repeat(1_000)}](https://a.example)`;
  const row = `| a | b |\n|---|---|\n| ${'some *words* '.repeat(1_000)} | b |`;
  for (const text of [link, row, `    ${'let a; '.repeat(2_000)}`]) {
    const { slices } = cutTree(treeOf(text));
    expect(slices.filter(({ from, to }) => to - from > 8_000)).toHaveLength(1);
  }
});

/** A long block of markdown, read and cut into slices. Needs no document. Pure. */
import type { Nodes, Root } from 'hast';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { splitMarks } from '../../../../protocol/reading/formulas.ts';
import { type BlockOptions, syntaxOf } from '../block-syntax.ts';
import { cutTree } from './cut-tree.ts';

export interface LongBlockJob extends Omit<BlockOptions, 'growing'> {
  readonly text: string;
}

export interface BlockSlice {
  readonly tree: Root;
  /** The tag of what it stands in; undefined at the top. */
  readonly within: string | undefined;
  /** As it was written. */
  readonly source: string;
}

export interface CutBlock {
  /** What is around the slices (`cutTree`). */
  readonly frame: Root;
  readonly slices: readonly BlockSlice[];
}

/** Elements of a block at most: beyond, the page would be busy with laying them out. */
const MOST = 60_000;

/** @returns null for a block of more elements than can be shown. @throws what the parser throws. */
export function cutBlock({ text: block, ...options }: LongBlockJob): CutBlock | null {
  const { text, formulas, ...syntax } = syntaxOf(block, { ...options, growing: false });
  const processor = unified()
    .use(remarkParse)
    .use(syntax.remarkPlugins)
    .use(remarkRehype, { ...syntax.remarkRehypeOptions, allowDangerousHtml: true })
    .use(syntax.rehypePlugins);
  const tree = processor.runSync(processor.parse(text)) as Root;
  const { frame, slices } = cutTree(tree);
  const trees = slices.map(({ nodes }): Root => ({ type: 'root', children: [...nodes] }));
  if (forgetPlaces([frame, ...trees]) > MOST) return null;
  const sourceOf = (from: number, to: number) =>
    splitMarks(text.slice(from, to))
      .map((part, i) => (i % 2 === 0 ? part : (formulas[Number(part)]?.source ?? '')))
      .join('');
  return {
    frame,
    slices: slices.map(({ within, from, to }, i) => ({
      tree: trees[i] as Root,
      within,
      source: sourceOf(from, to),
    })),
  };
}

/** Takes away where each node was in the source, which would be copied with them. @returns how many nodes there are. */
function forgetPlaces(trees: readonly Root[]): number {
  let count = 0;
  const queue: Nodes[] = [...trees];
  for (let node = queue.pop(); node; node = queue.pop()) {
    count += 1;
    delete node.position;
    if ('children' in node) queue.push(...node.children);
  }
  return count;
}

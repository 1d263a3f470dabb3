/** A long block of markdown, read and cut into slices. Needs no document. Pure. */
import type { Nodes, Root } from 'hast';
import { splitMarks } from '../../../../protocol/reading/formulas.ts';
import { type BlockOptions, syntaxOf } from '../block-syntax.ts';
import { treeBy } from '../block-tree.ts';
import { mendEnd } from '../blocks/mend-end.ts';
import { cutTree } from './cut-tree.ts';

export interface LongBlockJob extends Omit<BlockOptions, 'growing'> {
  readonly text: string;
  /** It still grows: its end is read as it will most likely go on. Default: it is whole. */
  readonly growing?: boolean;
}

export interface BlockSlice {
  readonly tree: Root;
  /** The tag of what it stands in; undefined at the top. */
  readonly within: string | undefined;
  /** Which table of the block it is a piece of; undefined for all else. */
  readonly table: number | undefined;
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
export function cutBlock({ text: block, growing = false, ...options }: LongBlockJob): CutBlock | null {
  const syntax = syntaxOf(growing ? mendEnd(block) : block, { ...options, growing });
  const { text, formulas } = syntax;
  const { frame, slices } = cutTree(treeBy(syntax));
  const trees = slices.map(({ nodes }): Root => ({ type: 'root', children: [...nodes] }));
  if (forgetPlaces([frame, ...trees]) > MOST) return null;
  const sourceOf = (from: number, to: number) =>
    splitMarks(text.slice(from, to))
      .map((part, i) => (i % 2 === 0 ? part : (formulas[Number(part)]?.source ?? '')))
      .join('');
  return {
    frame,
    slices: slices.map(({ within, table, from, to }, i) => ({
      tree: trees[i] as Root,
      within,
      table,
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

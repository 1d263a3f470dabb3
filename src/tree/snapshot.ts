/** A tree as changes again: what the next segment of a rolled outline begins with (docs/protocol.md, "Roll-over"). */
import { patchesOf } from './marks.ts';
import type { Tree, TreeMapName } from './tree.ts';
import type { OutlineChange } from './types.ts';

/** One entry for each map of the tree: whoever adds a map has to say here how it is told again. */
const told: { readonly [K in TreeMapName]: (tree: Tree) => OutlineChange[] } = {
  // First: of a message that could not be read, this is what a later version reads.
  others: ({ others }) => [...others.values()].map((item) => ({ kind: 'other', item })),
  branches: ({ branches }) => [...branches.values()].map((branch) => ({ kind: 'branch', branch })),
  messages: ({ messages }) => [...messages.values()].map((message) => ({ kind: 'message', message })),
  generations: ({ generations }) =>
    [...generations.values()].map((generation) => ({ kind: 'generation', generation })),
  ends: ({ ends }) => [...ends].map(([id, end]) => ({ kind: 'generation-end', id, end })),
  marks: ({ marks }) =>
    [...marks].flatMap(([id, entry]) =>
      patchesOf(id, entry).map((mark) => ({ kind: 'mark' as const, mark })),
    ),
  // They follow from messages and generations.
  children: () => [],
  asides: () => [],
  quoted: () => [],
};

/** Folds to an equal tree; folded into the tree itself, or a part of it, it says nothing wrong. */
export function treeSnapshot(tree: Tree): OutlineChange[] {
  return Object.values(told).flatMap((tell) => tell(tree));
}

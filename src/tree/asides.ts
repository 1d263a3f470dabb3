/** Asides: what hangs beside the children of a message (docs/protocol.md, "Kinds of forks"). Pure; unknown ids give empty answers. */
import { markOf } from './marks.ts';
import { bornAt, parentOf } from './queries.ts';
import { shownSubtreeOf } from './shown.ts';
import { countingOf, inAsides } from './standing.ts';
import type { Tree } from './tree.ts';

/**
 * First messages of the asides under a message, in creation order; without those that were dropped. The same list until one comes, goes, is
 * dropped or restored; costs O(them) then.
 */
export function asidesUnder(tree: Tree, message: string): readonly string[] {
  const heads = tree.asides.get(message);
  if (!heads) return none;
  let left = undropped.get(heads);
  if (!left) {
    left = heads.filter((head) => !markOf(tree, head).pruned);
    undropped.set(heads, left);
  }
  return left;
}

const none: readonly string[] = [];

/** By the list in the tree: the fold makes another when one of them is dropped or restored. */
const undropped = new WeakMap<readonly string[], readonly string[]>();

/** True of the first message of an aside that was not kept. */
export const isAside = (tree: Tree, message: string): boolean => countingOf(tree, message).counted === 'no';

/** The first message of the aside that a message is in, dropped or not; undefined where it is in none. */
export function asideOf(tree: Tree, message: string): string | undefined {
  const inside = inAsides(tree);
  let head: string | undefined;
  for (let at: string | null | undefined = message; at && inside.has(at); at = parentOf(tree, at)) head = at;
  return head;
}

/** What is said in an aside, being written included, parents before children. */
export const asideMessages = (tree: Tree, head: string): readonly string[] => shownSubtreeOf(tree, head);

/**
 * When each aside goes by itself, in ms since the epoch, by its first message: `after` ms after the last that was said in it or the last
 * time it was viewed, whichever is later. Without those that were dropped, and those in which a reply is being written.
 * @param views what was viewed last, and when, in any order
 */
export function asideEnds(
  tree: Tree,
  views: Iterable<{ readonly leaf: string; readonly time: number }>,
  after: number,
): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const owner of tree.asides.keys()) {
    for (const head of asidesUnder(tree, owner)) {
      const said = asideMessages(tree, head);
      if (said.some((id) => !tree.messages.has(id))) continue;
      ends.set(head, Math.max(...said.map((id) => lastOf(tree, id))) + after);
    }
  }
  for (const { leaf, time } of views) {
    const head = ends.size > 0 ? asideOf(tree, leaf) : undefined;
    const end = head === undefined ? undefined : ends.get(head);
    if (head !== undefined && end !== undefined && time + after > end) ends.set(head, time + after);
  }
  return ends;
}

/** A reply was said when it ended. */
const lastOf = (tree: Tree, id: string): number => tree.messages.get(id)?.finish?.at ?? bornAt(tree, id);

const merged = new WeakMap<Tree, Tree>();

/** The tree with asides among the children, where a person asks for them: for looking at, never for walking paths. */
export function withAsides(tree: Tree): Tree {
  if (tree.asides.size === 0) return tree;
  let all = merged.get(tree);
  if (!all) {
    const children = new Map(tree.children);
    for (const owner of tree.asides.keys()) {
      const heads = asidesUnder(tree, owner);
      if (heads.length > 0) children.set(owner, [...(children.get(owner) ?? []), ...heads]);
    }
    all = { ...tree, children };
    merged.set(tree, all);
  }
  return all;
}

/** The tree people see: without what was pruned (tree rule 3). Pure. */
import { markOf } from './marks.ts';
import { parentOf } from './queries.ts';
import { COUNTING, standingIn } from './standing.ts';
import { ROOT, type Tree } from './tree.ts';
import { versionsOf } from './versions.ts';

/**
 * `tree` without pruned subtrees: their messages stay known, but are nobody's children. What `kept` names is not hidden although it is
 * pruned: somebody reads it. The same tree when nothing is hidden; else O(messages), and `whole` is the tree given.
 */
export function shownTree(tree: Tree, kept: ReadonlySet<string> = nothing): Tree {
  const pruned = prunedIn(tree).filter((id) => !kept.has(id) && COUNTING[standingIn(tree, id)].path === 'no');
  if (pruned.length === 0) return tree;
  const children = new Map(tree.children);
  for (const id of pruned) {
    const parent = parentOf(tree, id) ?? ROOT;
    const left = (children.get(parent) ?? []).filter((child) => child !== id);
    if (left.length > 0) children.set(parent, left);
    else children.delete(parent);
    for (const below of subtreeOf(tree, id)) children.delete(below);
  }
  return { ...tree, children, whole: tree };
}

const nothing: ReadonlySet<string> = new Set();

/** Messages and replies that were pruned themselves, the latest first. */
export function prunedIn(tree: Tree): readonly string[] {
  const stamps: { id: string; at: number }[] = [];
  for (const [id, { pruned }] of tree.marks) {
    if (pruned?.value && parentOf(tree, id) !== undefined) stamps.push({ id, at: pruned.at });
  }
  return stamps.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

/**
 * A shown tree with the pruned branches that begin with `heads` among the children again: for looking at, never for walking paths. The same
 * tree where none of them is hidden; else O(messages).
 */
export function withPruned(tree: Tree, heads: readonly string[]): Tree {
  const { whole } = tree;
  if (!whole || heads.length === 0) return tree;
  const shown = shownPruned(tree);
  if (!heads.some((id) => markOf(whole, id).pruned && !shown.includes(id))) return tree;
  return shownTree(whole, new Set([...heads, ...shown]));
}

const shownPruned = (tree: Tree): readonly string[] =>
  prunedIn(tree).filter((id) => tree.children.get(parentOf(tree, id) ?? ROOT)?.includes(id));

/** All that a tree shows although it, or something above it, was pruned. Costs O(them), once a tree. */
export function shownThoughPruned(tree: Tree): ReadonlySet<string> {
  let inside = knownPruned.get(tree);
  if (!inside) {
    inside = new Set(shownPruned(tree).flatMap((id) => shownSubtreeOf(tree, id)));
    knownPruned.set(tree, inside);
  }
  return inside;
}

const knownPruned = new WeakMap<Tree, ReadonlySet<string>>();

/** Children of `parent` (null: first messages) that are hidden because they were pruned, in creation order. */
export function hiddenUnder(tree: Tree, parent: string | null): readonly string[] {
  const key = parent ?? ROOT;
  const shown = new Set(tree.children.get(key));
  return (tree.whole?.children.get(key) ?? []).filter((id) => !shown.has(id));
}

/** How many of the versions beside `id` are hidden: the "+1 hidden" beside n/m. */
export function hiddenBeside(tree: Tree, id: string): number {
  if (!tree.whole) return 0;
  const shown = new Set(versionsOf(tree, id));
  return versionsOf(tree.whole, id).filter((other) => other !== id && !shown.has(other)).length;
}

/** `id` and all below it, pruned parts included, parents before children. */
export function subtreeOf(tree: Tree, id: string): readonly string[] {
  return from((tree.whole ?? tree).children, id);
}

/** The same without pruned parts: how much there is to read. Costs O(them). */
export function shownSubtreeOf(tree: Tree, id: string): readonly string[] {
  return from(tree.children, id);
}

function from(children: Tree['children'], id: string): readonly string[] {
  const ids = [id];
  for (let index = 0; index < ids.length; index += 1) {
    for (const child of children.get(ids[index] as string) ?? []) ids.push(child);
  }
  return ids;
}

/**
 * How a conversation's tree grows by what its outline says.
 *
 * Invariants
 * - Folding is idempotent and order-free: any order and any repetition of the same changes gives an equal tree.
 * - A change that says nothing new returns the same tree object.
 * - Message headers, branches and generations are write-once; a generation's end is write-once and never undone.
 * - Children are ordered by creation: (time, id). A generation counts among them until its message takes its place;
 *   one that ended without a message (tree rule 7) is not a child.
 * - Marks are patches: each field has its own latest writer.
 * - Where no path goes by itself (`COUNTING`) is nobody's child: asides hang beside the children, until they are kept.
 */
import { type Copy, copyOf, flat } from './layered.ts';
import { type MarkEntry, patchedMark } from './marks.ts';
import { COUNTING, standingOf } from './standing.ts';
import { emptyTree, ROOT, type Tree, type TreeMapName } from './tree.ts';
import type { Finish, Generation, MarkPatch, MessageHeader, OutlineChange } from './types.ts';

/** Copies each map at most once per batch, large ones by what changed of late (layered.ts). */
class TreeDraft {
  readonly base: Tree;
  private touched: { -readonly [K in TreeMapName]?: Tree[K] } = {};

  constructor(base: Tree) {
    this.base = base;
  }

  get tree(): Tree {
    return Object.keys(this.touched).length === 0 ? this.base : { ...this.base, ...this.touched };
  }

  read<K extends TreeMapName>(key: K): Tree[K] {
    return (this.touched[key] ?? this.base[key]) as Tree[K];
  }

  set<K extends TreeMapName>(
    key: K,
    id: string,
    value: Tree[K] extends ReadonlyMap<string, infer V> ? V : never,
  ) {
    this.own(key).set(id, value);
  }

  delete(key: TreeMapName, id: string): void {
    this.own(key).delete(id);
  }

  private own(key: TreeMapName): Copy<unknown> {
    let map = this.touched[key] as Copy<unknown> | undefined;
    if (!map) {
      map = copyOf(this.base[key] as ReadonlyMap<string, unknown>);
      (this.touched as Record<string, unknown>)[key] = map;
    }
    return map;
  }
}

/** Folds changes into a tree. Returns the same object when nothing was new. Costs O(changes), and per batch about the root of the messages. */
export function foldOutline(tree: Tree, changes: Iterable<OutlineChange>): Tree {
  const draft = new TreeDraft(tree);
  for (const change of changes) apply(draft, change);
  return draft.tree;
}

/** A tree that was folded in several steps as if it had been in one: what comes next costs less. One step for each map. */
export function* settledTree(tree: Tree): Generator<void, Tree> {
  const maps = Object.keys(emptyTree) as TreeMapName[];
  const settled: Record<string, unknown> = {};
  for (const map of maps) {
    settled[map] = flat<unknown>(tree[map]);
    yield;
  }
  return { ...tree, ...settled };
}

/** Only notes that something would change. */
class Probe extends TreeDraft {
  changed = false;

  override set(): void {
    this.changed = true;
  }

  override delete(): void {
    this.changed = true;
  }
}

/** Whether the tree would not be the same with it. Copies nothing. */
export function isNewIn(tree: Tree, change: OutlineChange): boolean {
  const probe = new Probe(tree);
  apply(probe, change);
  return probe.changed;
}

function apply(draft: TreeDraft, change: OutlineChange): void {
  switch (change.kind) {
    case 'branch':
      if (!draft.read('branches').has(change.branch.id))
        draft.set('branches', change.branch.id, change.branch);
      return;
    case 'message':
      return addMessage(draft, change.message);
    case 'generation':
      return addGeneration(draft, change.generation);
    case 'generation-end':
      return endGeneration(draft, change.id, change.end);
    case 'mark':
      return addMark(draft, change.mark);
    case 'other': {
      const text = JSON.stringify(change.item);
      if (!draft.read('others').has(text)) draft.set('others', text, change.item);
    }
  }
}

function addMessage(draft: TreeDraft, message: MessageHeader): void {
  const { id } = message;
  const parent = message.parent ?? ROOT;
  if (draft.read('messages').has(id)) return;
  draft.set('messages', id, message);
  const generation = draft.read('generations').get(id);
  // Where its generation says another place, the message is the one that knows.
  if (generation && generation.parent !== parent) dropChild(draft, id, generation.parent);
  placeChild(draft, id, parent, placeOf(message, draft.read('marks').get(id)));
  for (const source of message.quotes ?? []) placeChild(draft, id, source, 'quoted');
}

function addGeneration(draft: TreeDraft, generation: Generation): void {
  const { id } = generation;
  if (draft.read('generations').has(id)) {
    // In a snapshot a generation carries its end.
    if (generation.end) endGeneration(draft, id, generation.end);
    return;
  }
  const early = draft.read('ends').get(id);
  const end = generation.end ?? early;
  if (early) draft.delete('ends', id);
  draft.set('generations', id, end ? { ...generation, end } : generation);
  if (!end && !draft.read('messages').has(id)) placeChild(draft, id, generation.parent);
}

function endGeneration(draft: TreeDraft, id: string, end: Finish): void {
  const generation = draft.read('generations').get(id);
  if (!generation) {
    if (!draft.read('ends').has(id)) draft.set('ends', id, end);
    return;
  }
  if (generation.end) return;
  draft.set('generations', id, { ...generation, end });
  if (!draft.read('messages').has(id)) dropChild(draft, id, generation.parent);
}

function addMark(draft: TreeDraft, patch: MarkPatch): void {
  const before = draft.read('marks').get(patch.id);
  const after = patchedMark(before, patch);
  if (after === before || !after) return;
  const message = draft.read('messages').get(patch.id);
  const [from, to] = message ? [placeOf(message, before), placeOf(message, after)] : [];
  draft.set('marks', patch.id, after);
  if (!message || !from || !to) return;
  const parent = message.parent ?? ROOT;
  if (from !== to) {
    dropChild(draft, message.id, parent, from);
    placeChild(draft, message.id, parent, to);
  } else if (to === 'asides' && before?.pruned?.value !== after.pruned?.value) {
    // A list of its own: of the same list the same are dropped (asides.ts).
    draft.set('asides', parent, [...(draft.read('asides').get(parent) ?? [])]);
  }
}

/** Among whom a message hangs under its parent. */
function placeOf(message: MessageHeader, mark: MarkEntry | undefined): 'children' | 'asides' {
  const standing = standingOf(message);
  return standing === 'aside' && COUNTING[standing].path === 'no' && !mark?.kept?.value
    ? 'asides'
    : 'children';
}

function placeChild(
  draft: TreeDraft,
  id: string,
  parent: string,
  among: 'children' | 'asides' | 'quoted' = 'children',
): void {
  const siblings = (draft.read(among).get(parent) ?? []).filter((sibling) => sibling !== id);
  let index = siblings.length;
  while (index > 0 && createdBefore(draft, id, siblings[index - 1] as string)) index -= 1;
  draft.set(among, parent, [...siblings.slice(0, index), id, ...siblings.slice(index)]);
}

function dropChild(
  draft: TreeDraft,
  id: string,
  parent: string,
  among: 'children' | 'asides' = 'children',
): void {
  const siblings = draft.read(among).get(parent);
  if (!siblings?.includes(id)) return;
  const left = siblings.filter((sibling) => sibling !== id);
  if (left.length > 0) draft.set(among, parent, left);
  // As if it had never been there: the end may come before the generation does.
  else draft.delete(among, parent);
}

/** A reply's message carries the time its generation started: it keeps its place among its siblings when it ends. */
function createdAt(draft: TreeDraft, id: string): number {
  return draft.read('messages').get(id)?.time ?? draft.read('generations').get(id)?.started ?? 0;
}

function createdBefore(draft: TreeDraft, a: string, b: string): boolean {
  const difference = createdAt(draft, a) - createdAt(draft, b);
  return difference < 0 || (difference === 0 && a < b);
}

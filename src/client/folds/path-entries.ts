/** From a tree and what is on its way to the entries of the visible path. Pure. */
import { followPath, type Generation, ROOT, type Tree } from '../../tree/index.ts';
import type { PathEntry, PendingSend } from '../types.ts';

export interface PathInput {
  readonly tree: Tree;
  readonly selected: string | null;
  /** The child this view showed last under each parent. */
  readonly choices: ReadonlyMap<string, string>;
  /** Own sends of this conversation, oldest first. */
  readonly pending: readonly PendingSend[];
  /** Replies whose live text is shown although the outline has the message: it is not loaded yet. */
  readonly held: ReadonlySet<string>;
}

/**
 * The entries, root first; entries equal to those of `before` are the same objects, and the same array comes back when all
 * are. An own send stands where it will be: in the place of its header until its text is loaded, else at the end, if its
 * parent ends the path.
 */
export function pathEntries(input: PathInput, before: readonly PathEntry[]): readonly PathEntry[] {
  const { tree, selected, choices, pending } = input;
  const unplaced = pending.filter(({ message }) => !tree.messages.has(message));
  const ends = new Set(unplaced.map(({ parent }) => parent ?? ROOT));
  const through = placed(selected, unplaced);
  const path = followPath(tree, { selected: through, previous: choices, ends });
  const entries = path.map((id, index) => reused(entryOf(input, id), before[index]));
  let tip = path[path.length - 1] ?? null;
  for (const send of unplaced) {
    if (send.parent !== tip) continue;
    tip = send.message;
    entries.push(reused({ kind: 'pending', key: tip, pending: send }, before[entries.length]));
  }
  const same = entries.length === before.length && entries.every((entry, index) => entry === before[index]);
  return same ? before : entries;
}

/** What is selected, or what it follows as long as it is on its way itself. */
function placed(selected: string | null, unplaced: readonly PendingSend[]): string | null {
  let at = selected;
  // Sends are in the order they were made: each follows one before it.
  for (const send of [...unplaced].reverse()) if (send.message === at) at = send.parent;
  return at;
}

function entryOf({ tree, pending, held }: PathInput, id: string): PathEntry {
  const header = tree.messages.get(id);
  const generation = tree.generations.get(id);
  if (header) {
    const own = pending.find(({ message }) => message === id);
    if (own) return { kind: 'pending', key: id, pending: own };
    if (generation && held.has(id)) return { kind: 'reply', key: id, generation };
    return { kind: 'message', key: id, header };
  }
  return { kind: generation?.end ? 'empty-end' : 'reply', key: id, generation: generation as Generation };
}

function reused(entry: PathEntry, before: PathEntry | undefined): PathEntry {
  if (before?.key !== entry.key || before.kind !== entry.kind) return entry;
  return contentOf(before) === contentOf(entry) ? before : entry;
}

function contentOf(entry: PathEntry): object {
  if (entry.kind === 'message') return entry.header;
  return entry.kind === 'pending' ? entry.pending : entry.generation;
}

/** The last whole message of a path: what a new message would follow. Null for an empty conversation. */
export function tipOf(tree: Tree, path: readonly PathEntry[]): string | null {
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const key = path[index]?.key;
    if (key !== undefined && tree.messages.has(key)) return key;
  }
  return null;
}

/** The reply being written at the end of a path. */
export function liveOf(tree: Tree, path: readonly PathEntry[]): Generation | undefined {
  const last = path[path.length - 1];
  if (last?.kind !== 'reply' || last.generation.end || tree.messages.has(last.key)) return undefined;
  return last.generation;
}

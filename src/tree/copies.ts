/**
 * Which folder a reply of an agent works in, where branches have copies of their own (docs/agents.md, "Branches with files of their own"). A pure function of
 * the tree: each reply says in which copy it was made, and a folder is as the last reply in it left it.
 */
import { markOf } from './marks.ts';
import { parentOf } from './queries.ts';
import { subtreeOf } from './shown.ts';
import type { Tree } from './tree.ts';

/** `copy` absent: the person's own folder. */
export type FolderPlan =
  /** The folder stands where the reply is to go on. */
  | { readonly kind: 'there'; readonly copy?: string }
  /** Others have worked in it since, or are at it. */
  | { readonly kind: 'apart' };

interface PlaceOfReply {
  /** The message to answer or to follow; null: nothing was said before. */
  readonly at: string | null;
  /** The reply that asks: it is in nobody's way itself. */
  readonly reply?: string | undefined;
}

/** A reply that has worked in a folder, or does. */
interface WorkedIn {
  readonly id: string;
  readonly copy: string | undefined;
  readonly time: number;
}

export function folderPlan(tree: Tree, { at, reply }: PlaceOfReply): FolderPlan {
  const worked = [...workedIn(tree).values()].filter(({ id }) => id !== reply);
  const from = lastWorked(tree, at, reply);
  const others = worked.filter(
    (one) => one !== from && one.copy === from?.copy && (!from || isLater(one, from)),
  );
  if (others.some(({ id }) => !isHidden(tree, id))) return { kind: 'apart' };
  return { kind: 'there', ...(from?.copy !== undefined && { copy: from.copy }) };
}

/** The copy the nearest reply of an agent above a message was made in, itself included; undefined: in the person's folder, or there is none. */
export function copyAt(tree: Tree, message: string | null): string | undefined {
  return tree.generations.get(message ?? '')?.copy ?? lastWorked(tree, message)?.copy;
}

/** Copies in which nothing that is shown works any more, once these messages are hidden with all that follows them. */
export function copiesLeft(tree: Tree, heads: readonly string[]): readonly string[] {
  const inside = new Set(heads.flatMap((head) => subtreeOf(tree, head)));
  const worked = [...workedIn(tree).values()];
  const needed = new Set(worked.filter(({ id }) => !inside.has(id)).map(({ copy }) => copy));
  return copiesIn(worked.filter(({ id, copy }) => inside.has(id) && !needed.has(copy)));
}

/** Copies in which something works that follows these messages, or one of them. */
export function copiesBelow(tree: Tree, heads: readonly string[]): readonly string[] {
  const worked = workedIn(tree);
  const inside = heads.flatMap((head) => subtreeOf(tree, head));
  return copiesIn(inside.flatMap((id) => worked.get(id) ?? []));
}

const copiesIn = (worked: readonly WorkedIn[]): readonly string[] => [
  ...new Set(worked.flatMap(({ copy }) => copy ?? [])),
];

/** Something below these messages, or one of them, has worked in the person's own folder. */
export function worksInOwnFolder(tree: Tree, heads: readonly string[]): boolean {
  const worked = workedIn(tree);
  return heads
    .flatMap((head) => subtreeOf(tree, head))
    .some((id) => worked.has(id) && worked.get(id)?.copy === undefined);
}

/** The last reply that worked in a copy, and whether any is there that is not hidden; undefined: none ever did. */
export function lastInCopy(
  tree: Tree,
  copy: string,
): { readonly id: string; readonly isShown: boolean } | undefined {
  const own = [...workedIn(tree).values()].filter((one) => one.copy === copy);
  if (own.length === 0) return undefined;
  const last = own.reduce((a, b) => (isLater(b, a) ? b : a));
  return { id: last.id, isShown: own.some(({ id }) => !isHidden(tree, id)) };
}

const isLater = (a: WorkedIn, b: WorkedIn): boolean => a.time > b.time || (a.time === b.time && a.id > b.id);

/** Once a tree: it is asked of every message on a screen. */
const known = new WeakMap<Tree, ReadonlyMap<string, WorkedIn>>();

/** What was copied from another chat has worked in that one's folders. */
function workedIn(tree: Tree): ReadonlyMap<string, WorkedIn> {
  const before = known.get(tree);
  if (before) return before;
  const { messages, generations } = tree;
  const found = new Map<string, WorkedIn>();
  for (const { id, copy, time, folder, origin } of messages.values())
    if (folder !== undefined && origin.kind !== 'copy') found.set(id, { id, copy, time });
  for (const { id, copy, folder, end } of generations.values()) {
    // They are at it now, whenever they began.
    const time = Number.POSITIVE_INFINITY;
    if (folder !== undefined && !end && !messages.has(id)) found.set(id, { id, copy, time });
  }
  known.set(tree, found);
  return found;
}

function lastWorked(tree: Tree, at: string | null, without?: string): WorkedIn | undefined {
  const worked = workedIn(tree);
  for (const id of upFrom(tree, at)) {
    const found = id === without ? undefined : worked.get(id);
    if (found) return found;
  }
  return undefined;
}

const isHidden = (tree: Tree, id: string): boolean =>
  [...upFrom(tree, id)].some((one) => markOf(tree, one).pruned);

/** A message and all above it. A circle ends where it began. */
function* upFrom(tree: Tree, from: string | null): Generator<string> {
  const seen = new Set<string>();
  for (
    let at: string | null | undefined = from;
    typeof at === 'string' && !seen.has(at);
    at = parentOf(tree, at)
  ) {
    seen.add(at);
    yield at;
  }
}

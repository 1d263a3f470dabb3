/**
 * Which folder a reply of an agent works in, where branches have copies of their own (docs/agents.md, "Branches with files of their own"). A pure function of
 * the tree: each reply says in which copy it was made, and a folder is as the last reply in it left it.
 */
import { markOf } from './marks.ts';
import { parentOf } from './queries.ts';
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
  const worked = workedIn(tree).filter(({ id }) => id !== reply);
  const from = lastWorked(tree, worked, at);
  const others = worked.filter(
    (one) => one !== from && one.copy === from?.copy && (!from || isLater(one, from)),
  );
  if (others.some(({ id }) => !isHidden(tree, id))) return { kind: 'apart' };
  return { kind: 'there', ...(from?.copy !== undefined && { copy: from.copy }) };
}

/** The copy the nearest reply of an agent above a message was made in, itself included; undefined: in the person's folder, or there is none. */
export function copyAt(tree: Tree, message: string | null): string | undefined {
  return tree.generations.get(message ?? '')?.copy ?? lastWorked(tree, workedIn(tree), message)?.copy;
}

const isLater = (a: WorkedIn, b: WorkedIn): boolean => a.time > b.time || (a.time === b.time && a.id > b.id);

/** What was copied from another chat has worked in that one's folders. */
function workedIn({ messages, generations }: Tree): readonly WorkedIn[] {
  const done = [...messages.values()].filter(
    ({ folder, origin }) => folder !== undefined && origin.kind !== 'copy',
  );
  const open = [...generations.values()].filter(
    ({ id, folder, end }) => folder !== undefined && !end && !messages.has(id),
  );
  return [
    ...done.map(({ id, copy, time }) => ({ id, copy, time })),
    // They are at it now, whenever they began.
    ...open.map(({ id, copy }) => ({ id, copy, time: Number.POSITIVE_INFINITY })),
  ];
}

function lastWorked(tree: Tree, worked: readonly WorkedIn[], at: string | null): WorkedIn | undefined {
  const known = new Map(worked.map((one) => [one.id, one]));
  for (const id of upFrom(tree, at)) {
    const found = known.get(id);
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

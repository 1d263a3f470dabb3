/**
 * The one table of what a message or branch counts for (docs/protocol.md, "What counts"; decision 0150): whoever walks a tree asks it, and
 * asks nothing else of roles and origins. Pure.
 */
import { markOf } from './marks.ts';
import type { Tree } from './tree.ts';
import type { MessageHeader, Origin, Role } from './types.ts';

/**
 * What something is to the rules below. `pruned` and `aside` are of the branch that begins with a message, the others of messages.
 * `unknown`: by a role or an origin that only a later version knows.
 */
export type Standing = 'said' | 'version' | 'system' | 'aside' | 'summary' | 'pruned' | 'copied' | 'unknown';

/**
 * `yes` and `no`; `past`: not itself, but what follows it stands in its place; `asked`: only where a person asks for it; `apart`: counted
 * by itself, beside the rest.
 */
export interface Counting {
  /** A path goes there by itself. */
  readonly path: 'yes' | 'no';
  /** In n/m, and in the positions on a path. */
  readonly counted: 'yes' | 'past' | 'apart' | 'no';
  /** A card of the tree, or on one. */
  readonly card: 'yes' | 'past' | 'asked' | 'no';
  readonly found: 'yes' | 'asked';
  readonly exported: 'yes' | 'asked';
  /**
   * A model reads it where it is on the way to the question. `last`: of several on the way the last alone, in front. `above`: the last
   * alone, in place of what it stands for.
   */
  readonly read: 'yes' | 'last' | 'above';
  /** What its replies took is in the sums of the conversation. */
  readonly totalled: 'yes' | 'apart';
}

const SAID: Counting = {
  ...{ path: 'yes', counted: 'yes', card: 'yes', found: 'yes' },
  ...{ exported: 'yes', read: 'yes', totalled: 'yes' },
};

/** A row for each way a message can stand, a column for each question. */
export const COUNTING: Readonly<Record<Standing, Counting>> = {
  said: SAID,
  version: SAID,
  copied: SAID,
  unknown: SAID,
  system: { ...SAID, counted: 'past', card: 'past', read: 'last' },
  summary: { ...SAID, counted: 'past', card: 'past', read: 'above' },
  // Reached by whoever goes there, and then read like any other branch.
  pruned: { ...SAID, path: 'no', counted: 'apart', card: 'no', exported: 'asked' },
  aside: {
    ...{ path: 'no', counted: 'no', card: 'asked', found: 'asked' },
    ...{ exported: 'asked', read: 'yes', totalled: 'apart' },
  },
};

export type Originated = { readonly role?: Role; readonly origin: Origin };

/** A map: a stream may say any word, and those that objects inherit (`constructor`) are words too. */
const BY_ORIGIN: ReadonlyMap<string, Standing> = new Map<string, Standing>([
  ...(['send', 'fork', 'stale', 'external'] as const).map((kind) => [kind, 'said'] as const),
  ...(['edit', 'regenerate'] as const).map((kind) => [kind, 'version'] as const),
  ...(['summary', 'aside'] as const).map((kind) => [kind, kind] as const),
  ['copy', 'copied'],
]);

/** Of a message or a reply by itself, whatever people marked. */
export function standingOf({ role, origin }: Originated): Standing {
  if (role === 'system') return 'system';
  if (role !== undefined && role !== 'user' && role !== 'assistant') return 'unknown';
  return BY_ORIGIN.get(origin.kind) ?? 'unknown';
}

/** In a tree: `pruned` for a message that was itself pruned. `unknown` for an id the tree does not have. */
export function standingIn(tree: Tree, id: string): Standing {
  const message: MessageHeader | undefined = tree.messages.get(id);
  if (markOf(tree, id).pruned) return 'pruned';
  const said = message ?? tree.generations.get(id);
  return said ? standingOf(said) : 'unknown';
}

/** What people put on it left aside: whoever reads what is pruned still sees it as what it is. */
export function countingOf(tree: Tree, id: string): Counting {
  const said = tree.messages.get(id) ?? tree.generations.get(id);
  const standing = said ? standingOf(said) : 'unknown';
  return COUNTING[standing === 'aside' && markOf(tree, id).kept ? 'said' : standing];
}

/** It takes no place of its own in n/m: what follows it is counted in its place. */
export const isPassed = (tree: Tree, id: string): boolean => countingOf(tree, id).counted === 'past';

/** It has a position on a path, and is one of the messages that follow. */
export const hasPosition = (said: Originated): boolean => COUNTING[standingOf(said)].counted !== 'past';

/** A model reads the last of them alone, before all else. */
export const isReadFirst = (said: Originated): boolean => COUNTING[standingOf(said)].read === 'last';

/** A model reads it in place of what it stands for. */
export const isSummary = (said: Originated): boolean => COUNTING[standingOf(said)].read === 'above';

/**
 * All messages and replies of asides that were not kept, whatever was said in them: they are nobody's children, but have some of their own.
 * Costs O(them), once for what hangs where: a mark changes nothing of that.
 */
export function inAsides({ children, asides }: Tree): ReadonlySet<string> {
  const known = knownInside.get(children);
  if (known?.asides === asides) return known.inside;
  const inside = new Set([...asides.values()].flat());
  // A set gives what is added while it is walked, too.
  for (const id of inside)
    for (const below of [children, asides]) for (const child of below.get(id) ?? []) inside.add(child);
  knownInside.set(children, { asides, inside });
  return inside;
}

const knownInside = new WeakMap<
  Tree['children'],
  { readonly asides: Tree['asides']; readonly inside: ReadonlySet<string> }
>();

/** By its branch: what a message of an aside counts for, once it is asked where it stands. */
export function countingIn(tree: Tree, id: string): Counting {
  return inAsides(tree).has(id) ? COUNTING.aside : countingOf(tree, id);
}

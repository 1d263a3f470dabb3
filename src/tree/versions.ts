/**
 * The versions and branches of a message: what n/m counts, and which of the two each is called. The page shows them in
 * `ui/features/thread/pieces/versions.tsx`. Pure; unknown ids give empty answers.
 */
import { bornAt, childrenOf, parentOf } from './queries.ts';
import { countingOf, isPassed } from './standing.ts';
import type { Tree } from './tree.ts';
import type { Origin } from './types.ts';

/**
 * What the n/m of the picker counts (`COUNTING`): the versions and branches beside `id`, itself included, in creation order. System
 * prompts and summaries are not among them, and one in between does not part them. None for such a one itself.
 */
export function versionsOf(tree: Tree, id: string): readonly string[] {
  let parent = parentOf(tree, id);
  if (parent === undefined || isPassed(tree, id) || countingOf(tree, id).counted === 'no') return none;
  const passed = new Set<string>();
  while (parent != null && isPassed(tree, parent) && !passed.has(parent)) {
    passed.add(parent);
    parent = parentOf(tree, parent);
  }
  const beside = countedOf(tree, childrenOf(tree, parent ?? null));
  if (!beside.some((child) => isPassed(tree, child))) return beside;
  return pastUncounted(tree, beside);
}

/** Without asides: those that are not kept are among the children only where a person asks for them. */
export function countedOf(tree: Tree, children: readonly string[]): readonly string[] {
  if (tree.asides.size === 0) return children;
  return children.filter((child) => countingOf(tree, child).counted !== 'no');
}

function pastUncounted(tree: Tree, children: readonly string[]): readonly string[] {
  const seen = new Set(children);
  // A set gives what is added while it is walked, too.
  for (const id of seen) if (isPassed(tree, id)) for (const child of childrenOf(tree, id)) seen.add(child);
  const versions = [...seen].filter((id) => !isPassed(tree, id));
  return versions.sort((a, b) => bornAt(tree, a) - bornAt(tree, b) || (a < b ? -1 : 1));
}

const none: readonly string[] = [];

/**
 * True where there is a choice of where to go on, but for what follows the messages `but`: what n/m does not count makes none, and a reply that was
 * continued is the same reply, longer.
 */
export function hasAlternatives(tree: Tree, but: ReadonlySet<string> = new Set()): boolean {
  for (const [parent, children] of tree.children) {
    if (but.has(parent)) continue;
    if (children.length === 1 && !isPassed(tree, parent)) continue;
    if (children.some((id) => versionsOf(tree, id).filter((one) => !isContinuation(tree, one)).length > 1))
      return true;
  }
  return false;
}

/** It begins with all that another one says; where a person chose a place in that, it goes elsewhere. */
function isContinuation(tree: Tree, id: string): boolean {
  const { begun, cut } = (tree.messages.get(id) ?? tree.generations.get(id))?.origin ?? {};
  return begun !== undefined && !cut;
}

const DIRECTIONS: readonly (Origin['kind'] | undefined)[] = ['fork', 'stale', 'external', 'aside'];

/**
 * One word for all that stand in the same place, so that their n/m counts one thing: branches where one of them goes in a direction of
 * its own, versions where all are wordings of the same message or replies to it.
 */
export function versionOrBranch(tree: Tree, id: string): 'version' | 'branch' {
  const originOf = (one: string) => (tree.messages.get(one) ?? tree.generations.get(one))?.origin.kind;
  const goesOff = (one: string) => DIRECTIONS.includes(originOf(one));
  return goesOff(id) || versionsOf(tree, id).some(goesOff) ? 'branch' : 'version';
}

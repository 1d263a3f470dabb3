/** What stands beside a message is called by why it exists: another wording is a version, another direction a branch. Pure. */
import { versionsOf } from './queries.ts';
import type { Tree } from './tree.ts';
import type { Origin } from './types.ts';

const WORDINGS: readonly (Origin['kind'] | undefined)[] = ['edit', 'regenerate'];
const DIRECTIONS: readonly (Origin['kind'] | undefined)[] = ['fork', 'stale', 'external'];

/** By its origin; what was there first is called as what came beside it. */
export function versionOrBranch(tree: Tree, id: string): 'version' | 'branch' {
  const originOf = (one: string) => (tree.messages.get(one) ?? tree.generations.get(one))?.origin.kind;
  const own = originOf(id);
  if (WORDINGS.includes(own)) return 'version';
  if (DIRECTIONS.includes(own)) return 'branch';
  const others = versionsOf(tree, id).filter((one) => one !== id);
  return others.length > 0 && others.every((one) => DIRECTIONS.includes(originOf(one)))
    ? 'branch'
    : 'version';
}

/** Whether something can follow a message, and if not why. Pure. */
import { parentOf } from './queries.ts';
import type { Tree } from './tree.ts';

/**
 * `writing`: it is still being written. `wordless`: it ended before its first word, and there is no message. `damaged`: something on the
 * way to it is missing, so that no model could be told it. `unknown`: there is no such message.
 */
export type Obstacle = 'writing' | 'wordless' | 'damaged' | 'unknown';

/** True where a message can be forked at: gone on from, edited, answered again, copied. Costs the way to the first message once a tree. */
export function forkable(tree: Tree, id: string): true | Obstacle {
  if (tree.messages.has(id)) return isWhole(tree, id) || 'damaged';
  const generation = tree.generations.get(id);
  if (!generation) return 'unknown';
  return generation.end ? 'wordless' : 'writing';
}

/** By the tree: messages whose way leads to the beginning, or does not. */
const known = new WeakMap<Tree['messages'], Map<string, boolean>>();

function isWhole(tree: Tree, id: string): boolean {
  const answers = known.get(tree.messages) ?? new Map<string, boolean>();
  known.set(tree.messages, answers);
  const way = new Set<string>();
  let at: string | null | undefined = id;
  // A circle of parents leads nowhere, either.
  while (typeof at === 'string' && !answers.has(at) && !way.has(at)) {
    way.add(at);
    at = tree.messages.has(at) ? parentOf(tree, at) : undefined;
  }
  const whole = at === null || (typeof at === 'string' && answers.get(at) === true);
  for (const passed of way) answers.set(passed, whole);
  return whole;
}

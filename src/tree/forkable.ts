/** Whether something can follow a message, or begin with its words, and if not why. Pure. */
import { AGENTS } from './agent-session-plan.ts';
import { parentOf } from './queries.ts';
import type { Tree } from './tree.ts';
import type { Generation, ModelRef } from './types.ts';

/**
 * `writing`: it is still being written. `wordless`: it ended before its first word, and there is no message. `refused`: the same, because an
 * agent would not, or cannot go back to there. `damaged`: something on the way to it is missing, so that no model could be told it.
 * `unknown`: there is no such message.
 */
export type Obstacle = 'writing' | 'wordless' | 'refused' | 'damaged' | 'unknown';

/** True where a message can be forked at: gone on from, edited, answered again, copied. Costs the way to the first message once a tree. */
export function forkable(tree: Tree, id: string): true | Obstacle {
  if (tree.messages.has(id)) return isWhole(tree, id) || 'damaged';
  const generation = tree.generations.get(id);
  if (!generation) return 'unknown';
  if (!generation.end) return 'writing';
  return isRefusal(generation) ? 'refused' : 'wordless';
}

/**
 * True where a version can begin with words of a reply and go on by `by`. `agent`: agents answer, and do not go on from words that are laid
 * into their mouth (docs/protocol.md, "Inside an answer": 422 `cannot-continue`).
 */
export function continuable(tree: Tree, id: string, by: ModelRef | undefined): true | Obstacle | 'agent' {
  const possible = forkable(tree, id);
  return possible === true && by?.source === AGENTS ? 'agent' : possible;
}

const REFUSALS: ReadonlySet<string> = new Set(['refused', 'cannot-go-back']);

/** Providers of models have the first of these words too, for an address where nobody answers. */
function isRefusal({ model, end }: Generation): boolean {
  return model.source === AGENTS && REFUSALS.has(end?.failure?.code ?? '');
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

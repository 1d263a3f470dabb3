/** The end of a path apart from the tree it is in: enough to read there and to go on, before the rest is known. Pure. */
import { patchesOf } from './marks.ts';
import { childrenOf, parentOf } from './queries.ts';
import { isPassed } from './standing.ts';
import { ROOT, type Tree } from './tree.ts';
import type { Generation, OutlineChange } from './types.ts';

/**
 * For a message or reply of the path: all that stands in its place (itself, its versions and branches, hidden ones too, and replies that
 * ended without a word), and the asides under what it follows. What is under the last of a path is asked for by `under`. Its n/m needs what it
 * follows too, where that is a system prompt or a summary. Costs O(generations) once.
 */
export function pathEndReader(tree: Tree): {
  readonly beside: (id: string) => OutlineChange[];
  readonly under: (id: string) => OutlineChange[];
} {
  const whole = tree.whole ?? tree;
  const replies = new Map<string, Generation[]>();
  for (const generation of whole.generations.values()) {
    const beside = replies.get(generation.parent);
    if (beside) beside.push(generation);
    else replies.set(generation.parent, [generation]);
  }
  const under = (parent: string | null): OutlineChange[] => {
    const asked = replies.get(parent ?? ROOT) ?? [];
    const asides = whole.asides.get(parent ?? ROOT) ?? [];
    const ids = new Set([...childrenOf(whole, parent), ...asides, ...asked.map(({ id }) => id)]);
    const generations = asked.map((generation) => ({ kind: 'generation' as const, generation }));
    // What follows a system prompt or a summary stands beside it (n/m).
    const past = [...ids].filter((id) => isPassed(whole, id)).flatMap((id) => under(id));
    return [...[...ids].flatMap((id) => said(whole, id)), ...generations, ...past];
  };
  return { beside: (id) => under(parentOf(whole, id) ?? null), under };
}

/** Its header with the branch it is in, and what people put on it. */
function said({ messages, branches, marks }: Tree, id: string): OutlineChange[] {
  const message = messages.get(id);
  const branch = message && branches.get(message.branch);
  const mark = marks.get(id);
  return [
    ...(branch ? [{ kind: 'branch' as const, branch }] : []),
    ...(message ? [{ kind: 'message' as const, message }] : []),
    ...(mark ? patchesOf(id, mark).map((patch) => ({ kind: 'mark' as const, mark: patch })) : []),
  ];
}

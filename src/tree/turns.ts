/**
 * Turns: a user message with the replies to it, the unit the diagram shows. Only a reply that was continued has an edge,
 * so regenerations nobody went on from cost no width. System messages are passed over. Pure, no recursion.
 */
import { childrenOf } from './queries.ts';
import type { Tree } from './tree.ts';

export interface Turn {
  /** Id of the prompt, or of the reply itself where no prompt precedes it. */
  readonly id: string;
  readonly prompt: string | null;
  /** Replies to the prompt, unfinished ones included, in creation order. */
  readonly replies: readonly string[];
  readonly parent: string | null;
  /** The reply of `parent` that this turn continues; null when it follows the prompt itself, or for a first turn. */
  readonly via: string | null;
  /** Turns that continue this one, in creation order. */
  readonly children: readonly string[];
  /** Turns above this one. */
  readonly depth: number;
  readonly time: number;
}

export interface Turns {
  readonly byId: ReadonlyMap<string, Turn>;
  /** First turns, in creation order. */
  readonly roots: readonly string[];
  /** The turn each message and unfinished generation belongs to. */
  readonly turnOf: ReadonlyMap<string, string>;
}

interface Growing extends Turn {
  readonly children: string[];
  readonly replies: string[];
}

/** Groups a tree into turns. Costs O(messages). */
export function turnsOf(tree: Tree): Turns {
  const byId = new Map<string, Growing>();
  const turnOf = new Map<string, string>();
  const roots: string[] = [];
  const todo: { id: string; parent: string | null; via: string | null }[] = [];
  const push = (message: string | null, parent: string | null, via: string | null) => {
    for (const id of [...childrenOf(tree, message)].reverse()) todo.push({ id, parent, via });
  };
  push(null, null, null);
  for (let at = todo.pop(); at; at = todo.pop()) {
    const { id, parent, via } = at;
    const message = tree.messages.get(id);
    if (message?.role === 'system') {
      push(id, parent, via);
      continue;
    }
    const owner = parent === null ? undefined : byId.get(parent);
    const isReply = message?.role !== 'user';
    if (isReply && owner && via === null && owner.prompt !== null) {
      owner.replies.push(id);
      turnOf.set(id, owner.id);
      push(id, owner.id, id);
      continue;
    }
    const turn: Growing = {
      id,
      prompt: isReply ? null : id,
      replies: isReply ? [id] : [],
      parent,
      via,
      children: [],
      depth: owner ? owner.depth + 1 : 0,
      time: message?.time ?? tree.generations.get(id)?.started ?? 0,
    };
    byId.set(id, turn);
    turnOf.set(id, id);
    (owner?.children ?? roots).push(id);
    push(id, id, isReply ? id : null);
  }
  return { byId, roots, turnOf };
}

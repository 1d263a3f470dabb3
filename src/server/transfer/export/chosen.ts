/** What of a conversation is taken away: a path, what follows a message too, or all of it. Pure. */
import type { Message } from '../../../protocol/index.ts';
import type { ExportPart } from '../../../protocol/requests/transfer.ts';
import {
  childrenOf,
  followPath,
  inAsides,
  markOf,
  pathTo,
  subtreeOf,
  type Tree,
} from '../../../tree/index.ts';
import type { WholeConversation } from '../../conversations/index.ts';

export interface ChosenMessages {
  readonly whole: WholeConversation;
  /** Parents before children; of siblings the first first. */
  readonly messages: readonly Message[];
  /** Ids of the path that is shown first, from the first message on. */
  readonly path: readonly string[];
}

export interface ExportChoice {
  readonly part: ExportPart;
  /** The end of the path, the beginning of the subtree; absent: where one was last. */
  readonly message?: string;
  /** What is hidden and asides, too. */
  readonly all: boolean;
}

export function choose(whole: WholeConversation, { part, message, all }: ExportChoice): ChosenMessages {
  const { tree, leaf } = whole;
  const shown = followPath(tree, { selected: message ?? leaf ?? null }).filter((id) => tree.messages.has(id));
  const path = part === 'path' && message !== undefined ? pathTo(tree, message) : shown;
  const above = message === undefined ? [] : pathTo(tree, message);
  const wanted =
    part === 'conversation' || (part === 'subtree' && message === undefined)
      ? undefined
      : new Set(part === 'path' ? path : [...above, ...subtreeOf(tree, message as string)]);
  const asked = all ? new Set<string>() : onlyIfAsked(tree);
  // Who asks for a message asks for the way to it.
  for (const id of above) asked.delete(id);
  const messages = depthFirst(tree)
    .filter((id) => (wanted?.has(id) ?? true) && !asked.has(id))
    .flatMap((id) => whole.messages.get(id) ?? []);
  return { whole, messages, path: path.filter((id) => (wanted?.has(id) ?? true) && !asked.has(id)) };
}

/** All messages, also those that hang beside the children: asides. */
function depthFirst(tree: Tree): readonly string[] {
  const order = new Set<string>();
  const waiting: string[] = [];
  const below = (id: string | null): readonly string[] => [
    ...childrenOf(tree, id),
    ...(tree.asides?.get(id ?? '') ?? []),
  ];
  waiting.push(...below(null).toReversed());
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (order.has(id)) continue;
    order.add(id);
    waiting.push(...below(id).toReversed());
  }
  for (const id of tree.messages.keys()) order.add(id);
  return [...order];
}

/** What is exported only where it is asked for (`COUNTING`): what was hidden, with all that follows, and asides. */
function onlyIfAsked(tree: Tree): Set<string> {
  const hidden = [...tree.marks.keys()].filter((id) => markOf(tree, id).pruned);
  return new Set([...inAsides(tree), ...hidden.flatMap((id) => subtreeOf(tree, id))]);
}

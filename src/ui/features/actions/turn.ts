/** What a message is in its turn. Pure. */
import { childrenOf, leafUnder, type Tree } from '../../../tree/index.ts';

export interface TurnPlace {
  readonly message: string;
  /** The message of a person that is answered: itself, or what it replies to; null where no prompt precedes it. */
  readonly prompt: string | null;
  /** The reply: itself, or the one shown under the prompt, else the newest; null where there is none. */
  readonly reply: string | null;
  /** The message is being written. */
  readonly live: boolean;
}

export function placeIn(tree: Tree, message: string, path: ReadonlySet<string>): TurnPlace {
  const header = tree.messages.get(message);
  const live = !header;
  if (header?.role === 'user') {
    const replies = childrenOf(tree, message).filter((id) => tree.messages.get(id)?.role !== 'user');
    const reply = replies.find((id) => path.has(id)) ?? replies[replies.length - 1] ?? null;
    return { message, prompt: message, reply, live };
  }
  const parent = (header ?? tree.generations.get(message))?.parent ?? null;
  const asked = parent !== null && tree.messages.get(parent)?.role === 'user';
  return { message, prompt: asked ? parent : null, reply: message, live };
}

/** The end of the branch through a message: on the path its end, else the newest. */
export function endOf(tree: Tree, message: string, path: readonly string[]): string {
  const shown = new Set(path);
  return leafUnder(tree, message, (_, children) => children.find((id) => shown.has(id))) ?? message;
}

/** First words, for sentences about it. */
export function firstWordsOf(tree: Tree, message: string): string {
  return (tree.whole ?? tree).messages.get(message)?.preview ?? 'a reply';
}

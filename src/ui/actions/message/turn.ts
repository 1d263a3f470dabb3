/** What a message is in its turn, and what follows it on the page. Pure. */
import type { ConversationView } from '../../../client/types.ts';
import {
  bornAt,
  childrenOf,
  emptyEndsBeside,
  isPassed,
  leafUnder,
  parentOf,
  type Tree,
  versionsOf,
} from '../../../tree/index.ts';
import * as strings from '../strings/messages.ts';

type Shown = Pick<ConversationView, 'tree' | 'path'>;

export interface TurnOf {
  readonly message: string;
  /** The message of a person that is answered: itself, or what it replies to; null where no prompt precedes it. */
  readonly prompt: string | null;
  /** The reply: itself, or the one shown under the prompt, else the newest; null where there is none. */
  readonly reply: string | null;
}

export function turnOf({ tree, path }: Shown, message: string): TurnOf {
  const header = tree.messages.get(message);
  if (header?.role === 'user') {
    const replies = repliesTo(tree, message);
    const places = placesOn(path);
    return {
      message,
      prompt: message,
      reply: replies.find((id) => places.has(id)) ?? replies[replies.length - 1] ?? null,
    };
  }
  const parent = (header ?? tree.generations.get(message))?.parent ?? null;
  const asked = parent !== null && tree.messages.get(parent)?.role === 'user';
  return { message, prompt: asked ? parent : null, reply: message };
}

/** Replies to a message, those being written too, in creation order; a system prompt under it is none. */
function repliesTo(tree: Tree, message: string): readonly string[] {
  return childrenOf(tree, message).filter((id) => {
    const role = tree.messages.get(id)?.role;
    return role !== 'user' && !isPassed(tree, id);
  });
}

/** Replies to a message with those among them that ended before their first word and were not asked for again, in creation order. */
export function attemptsAt(tree: Tree, message: string): readonly string[] {
  const [replies, ends] = [repliesTo(tree, message), emptyEndsBeside(tree, message)];
  if (ends.length === 0) return replies;
  const all = [...replies, ...ends.map(({ id }) => id)];
  return all.sort((a, b) => bornAt(tree, a) - bornAt(tree, b) || (a < b ? -1 : 1));
}

/** It is being written. */
export function isLive({ messages, generations }: Tree, message: string): boolean {
  return !messages.has(message) && generations.get(message)?.end === undefined;
}

/** A reply that ended before its first word. */
export function isWordless({ messages, generations }: Tree, message: string): boolean {
  return !messages.has(message) && generations.get(message)?.end !== undefined;
}

const placesByPath = new WeakMap<ConversationView['path'], ReadonlyMap<string, number>>();

/** Where each message stands on the path. Asked for each button on the page: made once a path. */
function placesOn(path: ConversationView['path']): ReadonlyMap<string, number> {
  let places = placesByPath.get(path);
  if (!places) {
    places = new Map(path.map(({ key }, index) => [key, index]));
    placesByPath.set(path, places);
  }
  return places;
}

export function isOnPath({ path }: Shown, message: string): boolean {
  return placesOn(path).has(message);
}

/** The end of the branch through a message: on the path its end, else the newest. */
export function endOf({ tree, path }: Shown, message: string): string {
  const places = placesOn(path);
  return leafUnder(tree, message, (_, children) => children.find((id) => places.has(id))) ?? message;
}

/** How many messages follow, of those that have a position: on the path, else towards the end of the branch. */
export function followingOf(view: Shown, message: string): number {
  const { tree, path } = view;
  const at = placesOn(path).get(message);
  const isCounted = (id: string) => !isPassed(tree, id);
  if (at !== undefined) return path.slice(at + 1).filter(({ key }) => isCounted(key)).length;
  // From the end up to it: what stands above it may be long.
  let count = 0;
  for (
    let id: string | null | undefined = endOf(view, message);
    id && id !== message;
    id = parentOf(tree, id)
  )
    if (isCounted(id)) count += 1;
  return count;
}

/** First words, for sentences about it. */
export function firstWordsOf(tree: Tree, message: string): string {
  return (tree.whole ?? tree).messages.get(message)?.preview ?? strings.aReply;
}

/**
 * The version that an edit of `message`, or another reply beside it, will be.
 * @param versions those beside it, itself included; empty where it is the only one
 * @param following how many messages follow it
 */
export function newVersion(versions: readonly string[], message: string, following: number) {
  const of = Math.max(0, versions.indexOf(message)) + 1;
  return { next: Math.max(1, versions.length) + 1, of, following };
}

/** The same for a message of the tree. */
export function newVersionOf(view: Shown, message: string) {
  return newVersion(versionsOf(view.tree, message), message, followingOf(view, message));
}

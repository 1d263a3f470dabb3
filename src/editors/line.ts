/** A session of an editor is a branch: its id, and the messages it shows. Pure. */
import { childrenOf, type Generation, type MessageHeader, pathTo, type Tree } from '../tree/index.ts';

/** Where a session is: a branch is named after its first message, so it has its name before it is there. */
export interface SessionPlace {
  readonly conversation: string;
  readonly branch: string;
}

export const sessionIdOf = ({ conversation, branch }: SessionPlace): string => `${conversation}.${branch}`;

/** Undefined for what no session of ours is called. */
export function placeOf(sessionId: string): SessionPlace | undefined {
  const [, conversation, branch] = /^([\w-]{8,64})\.([\w-]{8,64})$/.exec(sessionId) ?? [];
  return conversation && branch ? { conversation, branch } : undefined;
}

export interface BranchLine {
  /** What is said on the branch and on the way to it, root first, system prompts left out. */
  readonly messages: readonly MessageHeader[];
  /** The reply being written at its end. */
  readonly live?: Generation;
  /** What a new message follows; null in an empty conversation. */
  readonly tip: string | null;
}

const empty: BranchLine = { messages: [], tip: null };

/** The line of a branch; empty where it is not there yet. */
export function lineOf(tree: Tree, branch: string): BranchLine {
  const whole = tree.whole ?? tree;
  const known = whole.branches.get(branch);
  if (!known) return empty;
  let tip = known.from?.message ?? null;
  for (let next = followerOn(whole, tip, branch); next; next = followerOn(whole, next, branch)) tip = next;
  const path = tip === null ? [] : pathTo(whole, tip);
  const headers = path.flatMap((id) => whole.messages.get(id) ?? []);
  const live = liveAt(whole, tip, branch);
  return { messages: headers.filter(({ role }) => role !== 'system'), tip, ...(live && { live }) };
}

function followerOn(tree: Tree, parent: string | null, branch: string): string | undefined {
  return childrenOf(tree, parent).find((id) => tree.messages.get(id)?.branch === branch);
}

function liveAt(tree: Tree, tip: string | null, branch: string): Generation | undefined {
  for (const id of childrenOf(tree, tip)) {
    const generation = tree.generations.get(id);
    if (generation && !generation.end && !tree.messages.has(id) && generation.branch === branch)
      return generation;
  }
  return undefined;
}

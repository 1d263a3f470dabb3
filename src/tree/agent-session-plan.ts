/**
 * Which ways lead an agent to a message (docs/agents.md, "Going back"): the rules in their order, as a pure function of the tree and of what the agent can
 * do. Nobody guesses from texts: a reply says where it stands in its session.
 */

import type { Tree } from './tree.ts';
import type { Generation, MessageHeader, SessionRef } from './types.ts';

/** What an agent said it can do. */
export interface AgentAbilities {
  /** Its sessions outlive its process: they can be loaded or resumed. */
  readonly reopens: boolean;
  /** `session/fork`, at the end of a session. */
  readonly forks: boolean;
  /** `session/fork` at a cursor it gave. */
  readonly cursors: boolean;
  /** `session/fork` at a message (AIR). */
  readonly forksAtMessages: boolean;
}

export type SessionWay =
  /** Nothing was said before. */
  | { readonly kind: 'new' }
  /** Rule 1: its session stands there, and nothing was said in it since. */
  | { readonly kind: 'go-on'; readonly session: SessionRef }
  /** Rule 1, of a reply that was cut off: the agent did not hear what it answers, or did not keep it. Its session stands at the reply before, `after`. */
  | { readonly kind: 'unheard'; readonly session: SessionRef; readonly after: string }
  /** Rule 2: a fork at its own cursor there. */
  | { readonly kind: 'cursor'; readonly session: SessionRef; readonly cursor: string }
  /** Rule 3: a fork at the message, to be checked. */
  | { readonly kind: 'message'; readonly session: SessionRef; readonly message: string }
  /** Rule 4: a fork of the session's end, which is there. */
  | { readonly kind: 'head'; readonly session: SessionRef };

/** Rule 5: why none leads there. */
export type NoWay =
  /** Another agent, a model or a person said what stands there. */
  | 'not-its-own'
  /** The reply does not say where it stands: it was cut off, or its session is of another copy of the agent. */
  | 'unknown'
  /** More was said in the session since, and it cannot be forked before that. */
  | 'moved-on'
  /** The chat is a copy: the session belongs to the one it was copied from, and cannot be forked. */
  | 'shared'
  /** Its session went with its process, and cannot be opened again. */
  | 'gone'
  /** The branch has files of its own, and the session, which stays where it is, cannot be forked. */
  | 'elsewhere';

export interface AgentPlan {
  /** To be tried one after another; empty: see `why`. */
  readonly ways: readonly SessionWay[];
  readonly why?: NoWay;
  /** The reply the session has to stand at; undefined: none was given before. */
  readonly from?: MessageHeader;
}

export interface PlaceOfAgent {
  /** The message to answer, or, before it is said, the one it will follow; null: nothing was said before. */
  readonly at: string | null;
  /** The agent: `id` of its `ModelRef`. */
  readonly agent: string;
  readonly abilities: AgentAbilities;
  /** The reply that asks for the way: it is in nobody's way itself. */
  readonly reply?: string;
  /** The session is open in the agent's process. Default: it can be opened. */
  readonly isOpen?: (session: SessionRef) => boolean;
  /** The copy of the folder the reply is to work in; undefined: the person's own. A session stays in the folder it is in. */
  readonly copy?: string | undefined;
}

export function agentPlan(tree: Tree, place: PlaceOfAgent): AgentPlan {
  const from = lastReply(tree, place.at);
  if (!from) return { ways: [{ kind: 'new' }] };
  const { session } = from;
  const { author } = from;
  if (author.kind !== 'model' || author.model.id !== place.agent || author.model.source !== AGENTS)
    return { ways: [], why: 'not-its-own', from };
  if (!session || session.agent !== place.agent) return { ways: [], why: 'unknown', from };
  const ways = waysFrom(tree, from, session, place);
  return ways.length > 0 ? { ways, from } : { ways, from, why: whyNot(tree, from, session, place) };
}

/** `source` of the `ModelRef` of every agent. */
export const AGENTS = 'agents';

function waysFrom(tree: Tree, from: MessageHeader, session: SessionRef, place: PlaceOfAgent): SessionWay[] {
  const { abilities } = place;
  const ways: SessionWay[] = [];
  const isHead = !hasMovedOn(tree, from, session, place.reply);
  // A copy of a conversation shares its sessions with the original, which may go on in them.
  const isOwn = from.origin.kind !== 'copy';
  const opens = place.isOpen?.(session) || abilities.reopens;
  const isThere = from.copy === place.copy;
  if (isHead && isOwn && isThere && opens) ways.push({ kind: 'go-on', session });
  if (abilities.cursors && session.cursor !== undefined)
    ways.push({ kind: 'cursor', session, cursor: session.cursor });
  if (abilities.forksAtMessages && session.message !== undefined)
    ways.push({ kind: 'message', session, message: session.message });
  if (isHead && abilities.forks && opens) ways.push({ kind: 'head', session });
  const before = isHead && isOwn && isThere && opens ? beforeIt(tree, from, session) : undefined;
  if (before) ways.push({ kind: 'unheard', ...before });
  return ways;
}

/** Where the session stands if nothing of a reply's turn is in it; undefined: it ended its turn, or nothing was said before. */
function beforeIt(
  tree: Tree,
  from: MessageHeader,
  cut: SessionRef,
): { readonly session: SessionRef; readonly after: string } | undefined {
  if (hasEnded(cut)) return undefined;
  const { agent, id, turn } = cut;
  const before = lastReply(tree, from.parent);
  const { session } = before ?? {};
  if (!before || session?.agent !== agent || session.id !== id) return undefined;
  // Asked again, and cut off again.
  if (session.turn === turn) return beforeIt(tree, before, session);
  const isThere = session.turn === turn - 1 && before.origin.kind !== 'copy' && before.copy === from.copy;
  return isThere ? { session, after: before.id } : undefined;
}

function whyNot(
  tree: Tree,
  from: MessageHeader,
  session: SessionRef,
  { reply, isOpen, abilities, copy }: PlaceOfAgent,
): NoWay {
  if (hasMovedOn(tree, from, session, reply)) return 'moved-on';
  if (from.copy !== copy) return 'elsewhere';
  return isOpen?.(session) || abilities.reopens ? 'shared' : 'gone';
}

/** Something was said in the session after `from`, or is about to be. */
function hasMovedOn(
  tree: Tree,
  from: MessageHeader,
  session: SessionRef,
  reply: string | undefined,
): boolean {
  const farthest = reachedIn(tree).get(sessionKey(session)) ?? [];
  const wasCut = !hasEnded(session);
  const isBeyond = ({ turn, ended }: Reached) =>
    // Of two that say they are the same turn the one that was cut off is not in it.
    turn > session.turn || (turn === session.turn && wasCut && ended);
  if (farthest.some((other) => other.id !== reply && isBeyond(other))) return true;
  return openIn(tree).some(
    (generation) => generation.id !== reply && goesOnFrom(tree, generation, from, session),
  );
}

interface Reached {
  readonly id: string;
  readonly turn: number;
  readonly ended: boolean;
}

/** Its turn did: what it says then of where it stands. */
const hasEnded = ({ message, mark, cursor }: SessionRef): boolean =>
  message !== undefined || mark !== undefined || cursor !== undefined;

const sessionKey = ({ agent, id }: SessionRef): string => `${agent}\n${id}`;

/** The two replies that stand farthest in each session, once a tree: it is asked of every message on a screen. */
const reached = new WeakMap<Tree['messages'], ReadonlyMap<string, readonly Reached[]>>();

function reachedIn({ messages }: Tree): ReadonlyMap<string, readonly Reached[]> {
  const known = reached.get(messages);
  if (known) return known;
  const found = new Map<string, readonly Reached[]>();
  for (const { id, session } of messages.values()) {
    if (!session) continue;
    const others = found.get(sessionKey(session)) ?? [];
    const own = { id, turn: session.turn, ended: hasEnded(session) };
    const all = [...others, own].sort((a, b) => b.turn - a.turn || Number(b.ended) - Number(a.ended));
    found.set(sessionKey(session), all.slice(0, 2));
  }
  reached.set(messages, found);
  return found;
}

const open = new WeakMap<Tree['generations'], readonly Generation[]>();

function openIn({ generations }: Tree): readonly Generation[] {
  const known = open.get(generations) ?? [...generations.values()].filter(({ end }) => !end);
  open.set(generations, known);
  return known;
}

/** A reply of the same agent that is being written there: it may have the session. */
function goesOnFrom(tree: Tree, generation: Generation, from: MessageHeader, session: SessionRef): boolean {
  const { model, end, id } = generation;
  if (end || model.source !== AGENTS || model.id !== session.agent || tree.messages.has(id)) return false;
  return !generation.anew && lastReply(tree, generation.parent)?.id === from.id;
}

/** The nearest reply on the way up from a message, itself included; undefined: there is none. */
export function lastReply(tree: Tree, at: string | null): MessageHeader | undefined {
  let header = at === null ? undefined : tree.messages.get(at);
  while (header && (header.role === 'user' || header.role === 'system'))
    header = header.parent === null ? undefined : tree.messages.get(header.parent);
  return header;
}

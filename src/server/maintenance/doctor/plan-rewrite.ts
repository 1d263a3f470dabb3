/**
 * A conversation written anew, where its branches do not fit together any more: what its forks inherited is gone, or does not end where
 * they leave it. Every message that can be read somewhere, what is known of the others in their place, and the same branches as far as
 * they can be. Pure.
 */
import { branchStream, type Message } from '../../../protocol/index.ts';
import {
  type Branch,
  emptyTree,
  foldOutline,
  type Generation,
  type MessageHeader,
  type OutlineChange,
  type Tree,
  treeSnapshot,
} from '../../../tree/index.ts';
import { headerOf } from '../../conversations/kit/messages.ts';
import { type Offset, START } from '../../engine/index.ts';
import { standInAnywhere, unknownBefore } from './placeholder-message.ts';

/** A branch to be written, after the one it leaves. */
export interface Line {
  readonly id: string;
  /** The message it follows, and the branch that one is in; null: it starts afresh. */
  readonly from: { readonly branch: string; readonly message: string } | null;
  readonly messages: readonly Message[];
}

/**
 * @param tree what the outline knows, and what the branches tell
 * @param said messages that can be read, by id
 * @param bytesOf how long a message was as JSON; null: nobody knows
 */
export function linesOf(
  tree: Tree,
  said: ReadonlyMap<string, Message>,
  bytesOf: (header: MessageHeader) => number | null,
): Line[] {
  const messages = withoutCircles(allOf(tree, said, bytesOf));
  const under = new Map<string | null, Message[]>();
  for (const message of messages.values())
    under.set(message.parent, [...(under.get(message.parent) ?? []), message]);
  const lines: Line[] = [];
  const starts = (under.get(null) ?? []).map((first) => ({ first, from: null as Line['from'] }));
  // What is added while it is walked is walked too: each line after the one it leaves.
  for (const { first, from } of starts) {
    const line: Message[] = [];
    for (let at: Message | undefined = first; at; ) {
      line.push(at);
      const children: Message[] = under.get(at.id) ?? [];
      const next: Message | undefined = goingOn(tree, at, children);
      for (const child of children)
        if (child !== next) starts.push({ first: child, from: { branch: first.id, message: at.id } });
      at = next;
    }
    lines.push({ id: first.id, from, messages: line });
  }
  return lines;
}

/** Those in the outline, and all that they and open replies follow. */
function allOf(
  tree: Tree,
  said: ReadonlyMap<string, Message>,
  bytesOf: (header: MessageHeader) => number | null,
): Map<string, Message> {
  const all = new Map<string, Message>();
  for (const header of tree.messages.values())
    all.set(header.id, said.get(header.id) ?? standInAnywhere(header, bytesOf(header)));
  const open = [...tree.generations.values()].filter(({ id, end }) => !end && !all.has(id));
  const followers = [
    ...all.values(),
    ...open.map(({ parent, started }) => ({ parent, role: 'assistant' as const, time: started })),
  ];
  for (const { parent, role, time } of followers) {
    if (parent === null || all.has(parent)) continue;
    const message = said.get(parent) ?? unknownBefore(parent, { role, time });
    all.set(parent, message);
    followers.push(message);
  }
  return all;
}

/** A chain of parents that bites its own tail begins where it was met. */
function withoutCircles(messages: Map<string, Message>): Map<string, Message> {
  const checked = new Set<string>();
  for (const id of messages.keys()) {
    const walked = new Set<string>();
    for (let at = messages.get(id); at && !checked.has(at.id); at = messages.get(at.parent ?? '')) {
      walked.add(at.id);
      if (at.parent === null || !walked.has(at.parent)) continue;
      messages.set(at.id, { ...at, parent: null });
      break;
    }
    for (const one of walked) checked.add(one);
  }
  return messages;
}

/** The one that stood in the same branch; else one that began none. */
function goingOn(tree: Tree, { id }: Message, children: readonly Message[]): Message | undefined {
  const branchOf = (message: string): string | undefined => tree.messages.get(message)?.branch;
  const inside = children.filter((child) => branchOf(child.id) !== child.id);
  return inside.find((child) => branchOf(child.id) === branchOf(id)) ?? inside[0];
}

export interface Placed {
  readonly line: Line;
  /** Where it leaves its source, or begins. */
  readonly base: Offset;
  /** Where each of its messages ends. */
  readonly ends: readonly Offset[];
}

/** The outline of the lines as they were written. Marks, and what replies took, are as the old one said. */
export function outlineOf(conversation: string, old: Tree, placed: readonly Placed[]): OutlineChange[] {
  const headers = new Map<string, MessageHeader>();
  for (const { line, base, ends } of placed)
    for (const [at, message] of line.messages.entries()) {
      const start = at > 0 ? (ends[at - 1] as Offset) : line.from ? base : START;
      headers.set(message.id, headerOf(message, { branch: line.id, start, end: ends[at] as Offset }));
    }
  const branches = placed.map(({ line, base }) => branchOf(conversation, old, line, base));
  const replies = new Replies(conversation, headers, placed);
  const generations = [...old.generations.values()].flatMap((reply) => replies.placed(reply));
  const rest = treeSnapshot({
    ...old,
    ...{ branches: new Map(), messages: new Map(), generations: new Map() },
  });
  const tree = foldOutline(emptyTree, [
    ...[...branches, ...replies.branches].map((branch) => ({ kind: 'branch' as const, branch })),
    ...[...headers.values()].map((message) => ({ kind: 'message' as const, message })),
    ...generations.map((generation) => ({ kind: 'generation' as const, generation })),
    ...rest,
  ]);
  return treeSnapshot(tree);
}

function branchOf(conversation: string, old: Tree, { id, from, messages }: Line, base: Offset): Branch {
  const at = old.branches.get(id)?.at ?? messages[0]?.time ?? 0;
  if (!from) return { id, kind: 'root', from: null, at };
  const { branch, message } = from;
  return {
    id,
    kind: 'fork',
    from: { stream: branchStream(conversation, branch), offset: base, message },
    at,
  };
}

/** Where replies stand, or will. */
class Replies {
  /** Of open replies that have none of their own yet. */
  readonly branches: Branch[] = [];
  readonly #conversation: string;
  readonly #headers: ReadonlyMap<string, MessageHeader>;
  /** Messages after which a branch has room. */
  readonly #ends: Set<string>;

  constructor(conversation: string, headers: ReadonlyMap<string, MessageHeader>, placed: readonly Placed[]) {
    this.#conversation = conversation;
    this.#headers = headers;
    this.#ends = new Set(placed.map(({ line }) => line.messages.at(-1)?.id ?? ''));
  }

  /** None for one that answered what nobody knows any more. */
  placed(reply: Generation): Generation[] {
    const message = this.#headers.get(reply.id);
    if (message)
      return [
        { ...reply, parent: message.parent ?? reply.parent, branch: message.branch, at: message.start },
      ];
    const parent = this.#headers.get(reply.parent);
    if (!parent) return [];
    const { branch, end: at } = parent;
    if (reply.end || this.#ends.delete(parent.id)) return [{ ...reply, branch, at }];
    const from = { stream: branchStream(this.#conversation, branch), offset: at, message: parent.id };
    this.branches.push({ id: reply.id, kind: 'fork', from, at: reply.started });
    return [{ ...reply, branch: reply.id, at }];
  }
}

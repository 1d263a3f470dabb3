/**
 * The outline a conversation should have, from its branches (docs/protocol.md, "Outline": it is only an index, and can be rebuilt
 * but for the marks). What the old outline says of branches and replies stays where nothing speaks against it. Pure.
 */
import { branchStream } from '../../../protocol/index.ts';
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
import { messageAt, type StoredBranch, type StoredConversation, type StoredMessage } from './stored.ts';

export interface Rebuilt {
  readonly tree: Tree;
  /** In a branch, and not in the outline. */
  readonly missing: readonly MessageHeader[];
  /** In the outline, and not where it says; or what it says of it is not so. */
  readonly wrong: readonly MessageHeader[];
  /** In the outline, and in no branch. */
  readonly lost: readonly MessageHeader[];
  /** Branches that hold something and are not in the outline, or leave another place than it says. */
  readonly branches: readonly Branch[];
  /** Replies whose end, or beginning, only their message or log tells. */
  readonly replies: readonly string[];
  /** Streams of branches that nothing speaks of and that hold nothing. */
  readonly empty: readonly string[];
}

export function rebuild(conversation: StoredConversation): Rebuilt {
  const { tree } = conversation;
  const branches: Branch[] = [];
  const empty: string[] = [];
  const found = new Map<string, MessageHeader>();
  for (const stored of conversation.branches.values()) {
    const { own } = stored;
    if (own.length === 0 && !tree.branches.has(stored.id)) empty.push(stored.stream.name);
    else branches.push(...branchOf(conversation, stored));
    for (const header of indexable(conversation, stored, own))
      if (!found.has(header.id)) found.set(header.id, header);
  }
  const known = [...tree.messages.values()];
  const messages = [...found.values()].map((header) => {
    const old = tree.messages.get(header.id);
    return old && isSame(old, header) ? old : header;
  });
  const replies = repliesOf(conversation, found);
  return {
    tree: treeOf(tree, { branches, messages, replies }),
    missing: messages.filter(({ id }) => !tree.messages.has(id)),
    wrong: messages.filter(
      (header) => tree.messages.has(header.id) && tree.messages.get(header.id) !== header,
    ),
    lost: known.filter(({ id }) => !found.has(id)),
    branches,
    replies: replies.map((change) => (change.kind === 'generation' ? change.generation.id : change.id)),
    empty,
  };
}

/** What the old outline says, but for what is in `parts`. */
function treeOf(
  old: Tree,
  parts: {
    readonly branches: readonly Branch[];
    readonly messages: readonly MessageHeader[];
    readonly replies: readonly ReplyChange[];
  },
): Tree {
  const rest = treeSnapshot({ ...old, messages: new Map() });
  return foldOutline(emptyTree, [
    ...parts.branches.map((branch) => ({ kind: 'branch' as const, branch })),
    ...parts.messages.map((message) => ({ kind: 'message' as const, message })),
    ...rest,
    ...parts.replies,
  ]);
}

/** The messages of a branch up to the first that follows neither the one before it nor what the outline says: a stray seals it. */
function* indexable(
  conversation: StoredConversation,
  stored: StoredBranch,
  own: readonly StoredMessage[],
): Iterable<MessageHeader> {
  let before = firstParent(conversation, stored, own);
  for (const { header } of own) {
    // What cannot be read may be what the next one follows.
    if (header) {
      const known = conversation.tree.messages.get(header.id);
      const isThere = known?.branch === stored.id && known.start === header.start;
      if (!isThere && before !== undefined && header.parent !== before) return;
      yield header;
    }
    before = header?.id;
  }
}

/** What the first own message of a branch follows; undefined: nobody knows. */
function firstParent(
  { id, tree, branches }: StoredConversation,
  { id: branch, stream, messages }: StoredBranch,
  own: readonly StoredMessage[],
): string | null | undefined {
  const { from } = stream;
  if (from)
    return messageAt(branches, id, from.stream, from.offset) ?? tree.branches.get(branch)?.from?.message;
  return own.length < messages.length ? messages[messages.length - own.length - 1]?.header?.id : null;
}

const isSame = (a: MessageHeader, b: MessageHeader): boolean =>
  a.branch === b.branch &&
  a.start === b.start &&
  a.end === b.end &&
  a.parent === b.parent &&
  a.role === b.role;

/** The branch as its stream says, if the outline does not say the same. */
function branchOf({ id: conversation, tree, branches }: StoredConversation, stored: StoredBranch): Branch[] {
  const { id, stream, messages } = stored;
  const old = tree.branches.get(id);
  const { from } = stream;
  if (old && (old.kind === 'copy' || isSameFrom(old.from, from))) return [];
  const at = old?.at ?? stream.created;
  if (from) {
    const message = messageAt(branches, conversation, from.stream, from.offset);
    return message === undefined ? [] : [{ id, kind: 'fork', from: { ...from, message }, at }];
  }
  const { own } = stored;
  const last = messages[messages.length - own.length - 1]?.header;
  if (!last || own.length === messages.length) return [{ id, kind: 'root', from: null, at }];
  const owner = tree.messages.get(last.id) ?? ownerOf(branches, id, last.id);
  if (!owner) return [];
  const source = { stream: branchStream(conversation, owner.branch), offset: owner.end, message: last.id };
  return [{ id, kind: 'copy', from: source, at }];
}

function isSameFrom(a: Branch['from'], b: StoredBranch['stream']['from']): boolean {
  return a === null || b === null ? a === null && b === null : a.stream === b.stream && a.offset === b.offset;
}

function ownerOf(
  branches: StoredConversation['branches'],
  but: string,
  message: string,
): MessageHeader | undefined {
  for (const branch of branches.values()) {
    if (branch.id === but) continue;
    const found = branch.own.find(({ header }) => header?.id === message)?.header;
    if (found) return found;
  }
  return undefined;
}

type ReplyChange = Extract<OutlineChange, { kind: 'generation' | 'generation-end' }>;

/** Ends that a message tells of an open reply; replies that only a log, or a message, tells of. */
function repliesOf(
  { tree, logs, outline }: StoredConversation,
  found: ReadonlyMap<string, MessageHeader>,
): ReplyChange[] {
  const changes: ReplyChange[] = [];
  for (const { id, end } of tree.generations.values()) {
    const finish = found.get(id)?.finish;
    // A message that is not in the outline either is what a crash leaves, and settled then.
    if (!end && finish && tree.messages.has(id)) changes.push({ kind: 'generation-end', id, end: finish });
  }
  for (const [reply, generation] of logs) {
    if (!generation || tree.generations.has(reply) || !found.has(generation.parent)) continue;
    const end = found.get(reply)?.finish;
    changes.push({ kind: 'generation', generation: end ? { ...generation, end } : generation });
  }
  if (outline.segments.length > 0 && outline.broken.length === 0) return changes;
  const asked = new Set([...tree.generations.keys(), ...logs.keys()]);
  for (const message of found.values()) {
    const generation = asked.has(message.id) ? null : generationOf(message);
    if (generation) changes.push({ kind: 'generation', generation });
  }
  return changes;
}

/** The reply a message was, where nothing else tells: the outline, or a part of it, was lost. */
function generationOf(message: MessageHeader): Generation | null {
  const { id, parent, author, origin, time, finish } = message;
  if (author.kind !== 'model' || parent === null || !finish || ['edit', 'copy'].includes(origin.kind))
    return null;
  const { model, name, demo } = author;
  const { branch, start } = message;
  return {
    ...{ id, parent, branch, at: start, model, name, origin, started: time, end: finish },
    ...(demo && { demo }),
  };
}

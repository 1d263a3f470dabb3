/** Branches: announced in the outline first, then created (docs/protocol.md, "Forks"). */
import { branchStream, parseStream } from '../../../protocol/index.ts';
import { type Author, type Branch, childrenOf, type MessageHeader, type Tree } from '../../../tree/index.ts';
import { type Offset, START } from '../../engine/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { copyChain } from './copy-chain.ts';

/** A place for one message: after `message`, which ends at `offset` in the stream of `branch`. */
export interface Slot {
  readonly branch: string;
  readonly offset: Offset;
  readonly message: string;
}

export const slotAfter = (header: MessageHeader): Slot => ({
  branch: header.branch,
  offset: header.end,
  message: header.id,
});

/** True when the outline knows of a message in the slot. */
export function isTaken(tree: Tree, slot: Slot): boolean {
  return childrenOf(tree, slot.message).some((id) => {
    const message = tree.messages.get(id);
    return message?.branch === slot.branch && message.start === slot.offset;
  });
}

export interface OpenBranch {
  readonly branch: Branch;
  /** Where its first own message goes: after what it inherits, `START` in a fresh stream. */
  readonly first: Offset;
}

/**
 * The branch `id`, leaving its source at `slot` (null: a fresh stream), announced and created. One announced before
 * stays as it is. `author`: who makes it from outside. Throws EngineError.
 */
export async function openBranch(
  store: Store,
  outline: Outline,
  id: string,
  slot: Slot | null,
  author?: Author,
): Promise<OpenBranch> {
  const branch = outline.tree.branches.get(id) ?? (await announce(store, outline, id, slot, author));
  return { branch, first: await createBranch(store, outline.conversation, branch) };
}

async function announce(
  store: Store,
  outline: Outline,
  id: string,
  slot: Slot | null,
  author: Author | undefined,
): Promise<Branch> {
  const { conversation } = outline;
  const stream = slot && branchStream(conversation, slot.branch);
  const from = slot && stream ? { stream, offset: slot.offset, message: slot.message } : null;
  const deep = slot && depthOf(outline.tree, slot.branch) >= store.forkDepth;
  const kind = from ? (deep ? 'copy' : 'fork') : 'root';
  const branch: Branch = { id, kind, from, at: store.clock.tick(), ...(author && { author }) };
  const tree = await outline.write([{ kind: 'branch', branch }]);
  return tree.branches.get(id) ?? branch;
}

/** Creates the stream of an announced branch if it is not there; answers where its first own message goes. */
export async function createBranch(store: Store, conversation: string, branch: Branch): Promise<Offset> {
  const { engine } = store;
  const stream = branchStream(conversation, branch.id);
  const { kind, from } = branch;
  if (from && kind !== 'copy') {
    await engine.fork(stream, { stream: from.stream, offset: from.offset });
    store.branches.forked(stream, from);
    return from.offset;
  }
  await engine.create(stream);
  return from ? copyChain(store, stream, from) : START;
}

/** True where the stream of the branch `id` has what `owner` has, at the same offsets, up to where it leaves it. */
export function leadsTo(tree: Tree, id: string, owner: string): boolean {
  let branch = tree.branches.get(id);
  for (let steps = 0; branch && branch.id !== owner && steps <= tree.branches.size; steps += 1) {
    const source = branch.kind === 'copy' || !branch.from ? null : parseStream(branch.from.stream);
    branch = source?.kind === 'branch' ? tree.branches.get(source.branch) : undefined;
  }
  return branch?.id === owner;
}

/** How many forks lie between a branch and the stream that holds its beginning. */
export function depthOf(tree: Tree, id: string): number {
  let depth = 0;
  let branch = tree.branches.get(id);
  while (branch?.from && branch.kind !== 'copy' && depth < tree.branches.size) {
    depth += 1;
    const source = parseStream(branch.from.stream);
    branch = source?.kind === 'branch' ? tree.branches.get(source.branch) : undefined;
  }
  return depth;
}

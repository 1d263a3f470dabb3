/** Branches: announced in the outline first, then created (docs/protocol.md, "Forks"). */
import { branchStream } from '../../protocol/index.ts';
import { type Branch, childrenOf, type MessageHeader, type Tree } from '../../tree/index.ts';
import { START } from '../engine/index.ts';
import type { Outline } from './outlines.ts';
import type { Store } from './store.ts';

/** A place for one message: after `message`, which ends at `offset` in the stream of `branch`. */
export interface Slot {
  readonly branch: string;
  readonly offset: string;
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

/** The offset at which the first message of a branch goes. */
export const firstOffset = (branch: Branch): string => branch.from?.offset ?? START;

/**
 * The branch `id`, leaving its source at `slot` (null: a fresh stream), announced and created. One announced before
 * stays as it is. Throws EngineError.
 */
export async function openBranch(
  store: Store,
  outline: Outline,
  id: string,
  slot: Slot | null,
): Promise<Branch> {
  const known = outline.tree.branches.get(id);
  const branch = known ?? (await announce(store, outline, id, slot));
  await createBranch(store, outline.conversation, branch);
  return branch;
}

async function announce(store: Store, outline: Outline, id: string, slot: Slot | null): Promise<Branch> {
  const { conversation } = outline;
  const from = slot && {
    stream: branchStream(conversation, slot.branch),
    offset: slot.offset,
    message: slot.message,
  };
  const branch: Branch = { id, kind: from ? 'fork' : 'root', from, at: store.clock.tick() };
  const tree = await outline.write([{ kind: 'branch', branch }]);
  return tree.branches.get(id) ?? branch;
}

/** Creates the stream of an announced branch if it is not there. Throws EngineError. */
export async function createBranch(store: Store, conversation: string, branch: Branch): Promise<void> {
  const stream = branchStream(conversation, branch.id);
  if (branch.from)
    await store.engine.fork(stream, { stream: branch.from.stream, offset: branch.from.offset });
  else await store.engine.create(stream);
}

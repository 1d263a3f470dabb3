/**
 * Repair of one conversation (docs/protocol.md, "Write order"): finishes what a crash left between two steps. Reads each
 * branch from its last indexed end and the logs of open replies, which
 * `reply/end-unwritten.ts` ends as interrupted; fine to repeat, at any time.
 */
import type { Branch, KnownChange, MessageHeader, Tree } from '../../../tree/index.ts';
import { createBranch } from '../branch/fork.ts';
import { unindexed } from '../branch/unindexed-tip.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { isMissing } from '../kit/refusals.ts';
import { sideBySide } from '../kit/side-by-side.ts';
import { finish } from '../reply/end-unwritten.ts';
import { settleIn } from '../reply/settle.ts';

/** A question of one HEAD each: what matters is a remote engine's distance. */
const BRANCHES_AT_ONCE = 16;

/** In the conversation's queue, with `conversations` just read. Throws EngineError. */
export async function repair(store: Store, conversation: string): Promise<void> {
  // Taken before the outline is read: what is open here was announced there first, also by another server meanwhile.
  const open = store.list.entries.get(conversation)?.header.open ?? [];
  const outline = await store.outlines.of(conversation);
  await indexTips(store, outline);
  const { tree } = outline;
  for (const generation of tree.generations.values()) {
    if (!generation.end) await finish(store, outline, generation);
  }
  for (const reply of open) {
    const generation = tree.generations.get(reply);
    if (generation?.end) await settleIn(store, outline, reply);
    else if (!generation) await store.list.patch(conversation, { generations: { [reply]: 'ended' } });
  }
}

/**
 * One item of a branch can be unindexed, of a batch from outside several; one that does not follow the item before it seals the
 * branch instead.
 */
async function indexTips(store: Store, outline: Outline): Promise<void> {
  const last = lastIndexed(outline.tree);
  const found = await sideBySide(BRANCHES_AT_ONCE, outline.tree.branches.values(), (branch) =>
    unindexedEnd(store, outline, branch, last.get(branch.id)),
  );
  const changes = found.flat();
  if (changes.length > 0) await outline.write(changes);
}

async function unindexedEnd(
  store: Store,
  outline: Outline,
  branch: Branch,
  last: MessageHeader | undefined,
): Promise<readonly KnownChange[]> {
  const changes: KnownChange[] = [];
  let message = last?.id ?? branch.from?.message ?? null;
  try {
    let offset = last?.end ?? (await createBranch(store, outline.conversation, branch));
    for (;;) {
      const header = await unindexed(store, outline, { branch: branch.id, offset, message });
      if (!header || header === 'stray') return changes;
      changes.push({ kind: 'message', message: header });
      ({ end: offset, id: message } = header);
    }
  } catch (error) {
    // Its source was deleted before it was created.
    if (isMissing(error)) return changes;
    throw error;
  }
}

/** The last indexed message of each branch: the one whose end is no other's start. Offsets are compared, never ordered. */
export function lastIndexed(tree: Tree): ReadonlyMap<string, MessageHeader> {
  const follows = new Set<string>();
  for (const message of tree.messages.values()) follows.add(`${message.branch} ${message.start}`);
  const last = new Map<string, MessageHeader>();
  for (const message of tree.messages.values()) {
    if (!follows.has(`${message.branch} ${message.end}`)) last.set(message.branch, message);
  }
  return last;
}

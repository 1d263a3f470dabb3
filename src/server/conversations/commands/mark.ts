/** `mark`: stars, labels, colours, pruning (docs/protocol.md, "Outline"). Order-free patches: no queue, no place of their own. */
import type { CommandInput } from '../../../protocol/index.ts';
import { MARK_FIELDS, type MarkPatch, markOf, parentOf, subtreeOf, type Tree } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { LATEST } from '../kit/clock.ts';
import { patchFor } from '../kit/mark-patch.ts';
import { refusals } from '../kit/refusals.ts';
import { stopReply } from './stop.ts';

export async function mark(
  store: Store,
  { conversation, marks }: CommandInput<'mark'>,
): Promise<Record<never, never>> {
  await store.list.living(conversation);
  const outline = await store.outlines.of(conversation);
  if (!marks.every(({ message }) => isThere(outline.tree, message))) throw refusals.noMark();
  const patches = marks.flatMap((asked) =>
    patchFor(store.clock, outline.tree.marks.get(asked.message), asked),
  );
  // First: what is hidden and goes on cannot be stopped by anybody.
  for (const { id, pruned } of patches) if (pruned) await stopBelow(store, outline, id);
  if (patches.length > 0) await outline.write(patches.map((patch) => ({ kind: 'mark', mark: patch })));
  const shown = patches.flatMap(({ id, pruned }) => (pruned === false ? [id] : []));
  if (shown.length > 0) store.shown(conversation, shown);
  if (patches.some((patch) => isOverruled(outline.tree, patch))) throw refusals.fixedForGood();
  return {};
}

/** Another program marked it at the greatest time there is: nothing can be later. Before that, whoever wins said it after us. */
function isOverruled({ marks }: Tree, { id, at, ...said }: MarkPatch): boolean {
  const stands = marks.get(id);
  return (
    at === LATEST &&
    MARK_FIELDS.some((field) => (said[field] ?? stands?.[field]?.value) !== stands?.[field]?.value)
  );
}

function isThere({ messages, generations }: Tree, id: string): boolean {
  // Of a reply that ended without a word, too: it was there when somebody pointed at it.
  return messages.has(id) || generations.has(id);
}

async function stopBelow(store: Store, { conversation, tree }: Outline, id: string): Promise<void> {
  for (const below of subtreeOf(tree, id)) {
    const reply = tree.generations.get(below);
    if (reply && !reply.end) await stopReply(store, conversation, reply.id);
  }
}

/** What is said on a branch that was pruned brings it back: it is wanted, and would be out of sight. Idempotent. */
export async function bringBack(store: Store, outline: Outline, parent: string | null): Promise<void> {
  const patches: MarkPatch[] = [];
  for (let at = parent; at !== null; at = parentOf(outline.tree, at) ?? null)
    if (markOf(outline.tree, at).pruned)
      patches.push(...patchFor(store.clock, outline.tree.marks.get(at), { message: at, pruned: false }));
  if (patches.length > 0) await outline.write(patches.map((patch) => ({ kind: 'mark', mark: patch })));
}

/** Puts a message into its slot, or on a branch of its own when something else took it. */
import { branchStream, type Message } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import type { Appended } from '../kit/append.ts';
import { headerOf } from '../kit/messages.ts';
import { isTaken, openBranch, type Slot } from './fork.ts';

/** `message` made for its slot, or for a branch of its own (`forked`): it may say so in its origin. */
export type MessageMaker = (forked: boolean) => Message;

export type SlotTaken = Extract<Appended, { kind: 'taken' }>;

/** A copy that another server made at the same time may end a little later than it did. */
const ATTEMPTS = 3;

/**
 * Appends the message and answers the header to index. A message that stands in the slot unindexed is indexed here.
 * Idempotent by the message's id. Throws EngineError.
 */
export async function place(
  store: Store,
  outline: Outline,
  slot: Slot | null,
  draft: MessageMaker,
): Promise<MessageHeader> {
  const { id } = draft(false);
  if (slot && !outline.tree.branches.has(id) && !isTaken(outline.tree, slot)) {
    const appended = await appendTo(store, outline, slot.branch, draft(false), slot.offset);
    if (!('kind' in appended)) return appended;
    await indexTaker(outline, slot, appended);
  }
  return placeApart(store, outline, slot, draft);
}

/** As `place`, but on a branch of its own in any case. */
export async function placeApart(
  store: Store,
  outline: Outline,
  slot: Slot | null,
  draft: MessageMaker,
): Promise<MessageHeader> {
  const { id } = draft(true);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { branch, first } = await openBranch(store, outline, id, slot);
    const appended = await appendTo(store, outline, branch.id, draft(branch.from !== null), first);
    if (!('kind' in appended)) return appended;
    // Its own branch: there is no other place to go to. What got behind it is off every path.
    const { wide, start, end } = appended;
    if (wide?.own) return headerOf(wide.own, { branch: branch.id, start, end });
  }
  // Only writers of this very message know the branch: what stands there is not of this protocol.
  throw new Error(`${branchStream(outline.conversation, id)} begins with something else`);
}

/** The header of the message, if it stands in the branch now; what it met otherwise. */
export async function appendTo(
  store: Store,
  outline: Outline,
  branch: string,
  message: Message,
  at: string,
): Promise<MessageHeader | SlotTaken> {
  const stream = branchStream(outline.conversation, branch);
  const appended = await store.append(store.engine, stream, message, at);
  if (appended.kind === 'done') return headerOf(appended.message, { ...appended, branch });
  const known = appended.wide && (await outline.refresh()).messages.get(message.id);
  return known || appended;
}

/** Repair of the one item that can be unindexed: only if its parent is the item before it, else it seals the branch. */
export async function indexTaker(
  outline: Outline,
  slot: { readonly branch: string; readonly message: string | null },
  { message, start, end, wide }: SlotTaken,
): Promise<void> {
  if (wide || message?.parent !== slot.message) return;
  await outline.write([{ kind: 'message', message: headerOf(message, { branch: slot.branch, start, end }) }]);
}

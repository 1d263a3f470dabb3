/** `arrange` and `chat-folder`: many conversations at a time, and the folders they are in. Repeats write nothing. */
import type {
  ChatFolder,
  CommandInput,
  CommandOutput,
  Conversation,
  Refusal,
} from '../../../protocol/index.ts';
import type { PatchFields } from '../index/list.ts';
import type { Store } from '../index/store.ts';
import { LATEST } from '../kit/clock.ts';
import { refusals } from '../kit/refusals.ts';
import { isPastRecall } from '../recovery/purge.ts';
import { stopReply } from './stop.ts';

type Arrangement = Pick<PatchFields, 'archived' | 'deleted' | 'pinned' | 'filed'>;
type Refused = CommandOutput<'arrange'>['refused'];

/**
 * One write for all that can be. None waits for its conversation's turn: each patch is later than what it was made by, so that of two at
 * a time the later wins whole. Throws Refusal where the folder is not there.
 */
export async function arrange(
  store: Store,
  { conversations, ...wanted }: CommandInput<'arrange'>,
): Promise<CommandOutput<'arrange'>> {
  const entries = await store.list.refresh();
  if (wanted.filed != null) folderOf(store, wanted.filed);
  const refused: Refused = [];
  const changing: Conversation[] = [];
  for (const id of new Set(conversations)) {
    const header = entries.get(id)?.header;
    const why = whyNot(header, wanted, store.clock.now());
    if (why) refused.push(asRefused(id, why));
    else if (header && !isArranged(header, wanted)) changing.push(header);
  }
  if (changing.length > 0) refused.push(...(await patchAll(store, changing, wanted)));
  if (wanted.deleted) await stopReplies(store, changing);
  return { refused };
}

function whyNot(
  header: Conversation | undefined,
  { deleted }: Arrangement,
  now: number,
): Refusal | undefined {
  if (header?.created === undefined) return refusals.noConversation();
  if (!header.deleted || deleted === true) return undefined;
  if (deleted === undefined) return refusals.deleted();
  return isPastRecall(header, now) ? refusals.purged() : undefined;
}

/** Whether all of it is so already. */
function isArranged(header: Conversation, { archived, deleted, pinned, filed }: Arrangement): boolean {
  const same = (wanted: unknown, now: unknown) => wanted === undefined || wanted === now;
  return (
    same(archived, header.archived) &&
    same(deleted, header.deleted) &&
    same(pinned, header.pinned ?? false) &&
    same(filed, header.filed ?? null)
  );
}

/** Answers those of which another program wrote the same at the greatest time there is (`fixed`). */
async function patchAll(
  store: Store,
  headers: readonly Conversation[],
  fields: Arrangement,
): Promise<Refused> {
  const times = await store.list.patchAll(
    headers.map(({ id }) => id),
    fields,
  );
  return headers.flatMap(({ id }, index): Refused => {
    const header = store.list.entries.get(id)?.header;
    const isFixed = (times[index] ?? 0) >= LATEST && header && !isArranged(header, fields);
    return isFixed ? [asRefused(id, refusals.fixedForGood())] : [];
  });
}

const asRefused = (conversation: string, { code, message }: Refusal) => ({
  ...{ conversation, code, sentence: message },
});

/** One that cannot be stopped now is ended by repair. */
async function stopReplies(store: Store, headers: readonly Conversation[]): Promise<void> {
  const stops = headers.flatMap(({ id, open }) => open.map((reply) => stopReply(store, id, reply)));
  await Promise.allSettled(stops);
}

export async function chatFolder(
  store: Store,
  { folder: id, name, removed }: CommandInput<'chat-folder'>,
): Promise<Record<never, never>> {
  return store.queue.run(`chat-folder ${id}`, async () => {
    await store.list.refresh();
    const folder = store.list.folders.get(id)?.folder;
    if (!folder && name === undefined) throw refusals.noChatFolder();
    const fields = {
      ...(name !== undefined && name !== folder?.name && { name }),
      ...(removed !== undefined && removed !== (folder?.removed ?? false) && { removed }),
    };
    if (Object.keys(fields).length === 0) return {};
    const at = await store.list.patchFolder(id, fields);
    const now = store.list.folders.get(id)?.folder;
    if (at >= LATEST && now && !isCalled(now, fields)) throw refusals.fixedForGood();
    return {};
  });
}

const isCalled = (
  now: ChatFolder,
  { name = now.name, removed = now.removed }: Partial<ChatFolder>,
): boolean => now.name === name && now.removed === removed;

/** Refreshed before. Throws Refusal `not-found`. */
function folderOf(store: Store, id: string): ChatFolder {
  const folder = store.list.folders.get(id)?.folder;
  if (!folder || folder.removed) throw refusals.noChatFolder();
  return folder;
}

/** Commands that change a conversation's header. Each says only what is not so already, so repeats write nothing. */
import { type CommandInput, type Conversation, outlineStream } from '../../../protocol/index.ts';
import type { PatchFields } from '../index/list.ts';
import type { Store } from '../index/store.ts';
import { LATEST } from '../kit/clock.ts';
import { refusals } from '../kit/refusals.ts';
import { isPastRecall } from '../recovery/purge.ts';
import { stopReply } from './stop.ts';

type Only = { readonly conversation: string };

/** The header is the commit; an outline that a crash left out is created by the next who needs it. */
export function create(store: Store, { conversation }: Only): Promise<Record<never, never>> {
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (header?.deleted) throw refusals.deleted();
    const now = store.clock.tick();
    if (!header) await store.list.patch(conversation, { created: now, active: now });
    await store.engine.create(outlineStream(conversation));
    return {};
  });
}

export function rename(
  store: Store,
  { conversation, title }: CommandInput<'rename'>,
): Promise<Record<never, never>> {
  const isSo = (header: Conversation) => header.title.by === 'person' && header.title.text === title;
  return change(store, conversation, isSo, { title: { text: title, by: 'person' } });
}

export function archive(store: Store, { conversation }: Only): Promise<Record<never, never>> {
  return change(store, conversation, (header) => header.archived, { archived: true });
}

export function restore(store: Store, { conversation }: Only): Promise<Record<never, never>> {
  return change(store, conversation, (header) => !header.archived, { archived: false });
}

function change(
  store: Store,
  conversation: string,
  isSo: (header: Conversation) => boolean,
  fields: PatchFields,
) {
  return store.queue.run(conversation, async () => {
    if (!isSo(await store.list.living(conversation))) await sayOf(store, conversation, fields, isSo);
    return {};
  });
}

/**
 * Says `fields` of the header and that they hold. Throws Refusal `fixed` where another program wrote them at the greatest time there
 * is: nothing can be later. Before that, whoever wins said it after us.
 */
export async function sayOf(
  store: Store,
  conversation: string,
  fields: PatchFields,
  isSo: (header: Conversation) => boolean,
): Promise<void> {
  const at = await store.list.patch(conversation, fields);
  if (at < LATEST) return;
  const header = (await store.list.find(conversation))?.header;
  if (header && !isSo(header)) throw refusals.fixedForGood();
}

/** Hides the conversation, then stops its replies. A reply that cannot be stopped now is ended by repair. */
export async function remove(store: Store, { conversation }: Only): Promise<Record<never, never>> {
  const open = await store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (!header) throw refusals.noConversation();
    if (!header.deleted) await sayOf(store, conversation, { deleted: true }, (now) => now.deleted);
    return header.open;
  });
  await Promise.allSettled(open.map((reply) => stopReply(store, conversation, reply)));
  return {};
}

/** Throws Refusal `gone` once the streams may have been deleted. */
export function undelete(store: Store, { conversation }: Only): Promise<Record<never, never>> {
  return store.queue.run(conversation, async () => {
    const header = (await store.list.find(conversation))?.header;
    if (!header) throw refusals.noConversation();
    if (isPastRecall(header, store.clock.now())) throw refusals.purged();
    if (header.deleted) await sayOf(store, conversation, { deleted: false }, (now) => !now.deleted);
    return {};
  });
}

/** `settle` of the write order: folds the closed log of a reply into its branch and the indexes. */
import {
  inputStream,
  type Message,
  messageOf,
  Refusal,
  type Reply,
  replyStream,
} from '../../../protocol/index.ts';
import type { Finish, Generation, KnownChange } from '../../../tree/index.ts';
import type { Slot } from '../branch/fork.ts';
import { place } from '../branch/place.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { type ReadLog, readLog } from './read-log.ts';

/** How long a settled log stays for those who read it, in ms. */
export const LOG_KEPT = 10 * 60_000;

/**
 * By anyone, any number of times. True once the reply is settled (or was never asked for), false while its log has no end.
 * Throws EngineError; repeat it then.
 */
export function settle(store: Store, conversation: string, reply: string): Promise<boolean> {
  return store.queue.run(conversation, async () => {
    if (!(await store.list.find(conversation))) return true;
    return settleIn(store, await store.outlines.of(conversation), reply);
  });
}

/** As `settle`, for who runs in the conversation's queue already, with its outline as it is now. */
export async function settleIn(store: Store, outline: Outline, reply: string): Promise<boolean> {
  const { conversation } = outline;
  const generation = outline.tree.generations.get(reply);
  if (!generation) return true;
  const end = generation.end ?? (await fold(store, outline, generation));
  if (!end) return false;
  await store.list.patch(conversation, { active: end.at, generations: { [reply]: 'ended' } });
  store.timers.drop(watchOf(conversation, reply));
  forgetLog(store, conversation, reply);
  return true;
}

/**
 * Carries out `task`, once more where a reply that has ended was in its way: it may not be in its branch yet, but who has read the end of
 * its log is not told that it is still being written. Throws what `task` throws, EngineError.
 */
export async function pastEnds<T>(store: Store, conversation: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'still-writing')) throw error;
    await settleEnded(store, conversation);
    return task();
  }
}

/** Settles all replies of a conversation whose logs are closed. */
async function settleEnded(store: Store, conversation: string): Promise<void> {
  const { tree } = await store.outlines.of(conversation);
  for (const { id, end } of tree.generations.values()) {
    if (end) continue;
    const log = await store.engine.head(replyStream(conversation, id));
    if (log?.closed) await settle(store, conversation, id);
  }
}

/** The timer that looks after a reply (keep-settling.ts) until it is settled. */
export const watchOf = (conversation: string, reply: string): string => `watch ${conversation} ${reply}`;

/** Null while the log has no end. */
async function fold(store: Store, outline: Outline, generation: Generation): Promise<Finish | null> {
  const log = await readLog(store.engine, replyStream(outline.conversation, generation.id));
  const reply = log && finished(log, generation);
  if (!reply) return null;
  const changes: KnownChange[] = [];
  const message = messageOf(reply);
  if (message && !outline.tree.messages.has(message.id)) {
    changes.push(await placed(store, outline, generation, message));
  }
  changes.push({ kind: 'generation-end', id: generation.id, end: reply.end });
  await outline.write(changes);
  return reply.end;
}

/** A log that is closed but whose start or end cannot be read still gives its words, to everybody the same. */
function finished({ reply, closed }: ReadLog, generation: Generation): (Reply & { end: Finish }) | null {
  const end = reply.end ?? (closed ? { reason: 'interrupted' as const, at: generation.started } : null);
  return end && { ...reply, generation, end };
}

async function placed(
  store: Store,
  outline: Outline,
  generation: Generation,
  message: Message,
): Promise<KnownChange> {
  const slot: Slot = { branch: generation.branch, offset: generation.at, message: generation.parent };
  return { kind: 'message', message: await place(store, outline, slot, () => message) };
}

/** With what was said to the reply, ten minutes later; a process that ends before leaves it to the next start. */
function forgetLog(store: Store, conversation: string, reply: string): void {
  const log = replyStream(conversation, reply);
  store.timers.once(`forget ${log}`, LOG_KEPT, () => {
    for (const stream of [log, inputStream(conversation, reply)])
      store.engine.delete(stream).catch(store.trouble);
  });
}

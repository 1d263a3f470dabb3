/** What goes for good: conversations deleted long ago, and logs of replies that are settled. */
import { type Conversation, outlineStream, parseStream } from '../../protocol/index.ts';
import type { Store } from './store.ts';

/** How long a deleted conversation can be brought back, in ms. */
export const RECALL = 30 * 24 * 60 * 60_000;

export function isPastRecall(header: Conversation, now: number): boolean {
  return header.deleted && header.deletedAt + RECALL <= now;
}

/** Deletes the streams of conversations that are past recall. Throws EngineError. */
export async function purge(store: Store): Promise<void> {
  const now = store.clock.now();
  for (const { header } of store.list.entries.values()) {
    if (isPastRecall(header, now)) await store.queue.run(header.id, () => purgeOne(store, header.id));
  }
}

/** The outline goes last: while it is there, the rest may be. */
async function purgeOne(store: Store, conversation: string): Promise<void> {
  const { engine } = store;
  const outline = outlineStream(conversation);
  if (!(await engine.head(outline))) return;
  store.outlines.forget(conversation);
  for (const stream of await names(store, `c/${conversation}/`)) {
    if (stream !== outline) await engine.delete(stream);
  }
  await engine.delete(outline);
}

/** Deletes the logs of ended replies whose ten minutes a restart cut short: who reads them loads the message. */
export async function sweepLogs(store: Store): Promise<void> {
  for (const stream of await names(store, 'c/')) {
    const name = parseStream(stream);
    if (name?.kind !== 'reply') continue;
    const ended = store.list.entries.get(name.conversation)?.ended.has(name.message);
    if (ended) await store.engine.delete(stream);
  }
}

/** Gathered first: a listing is not to be walked while what it lists is deleted. */
async function names(store: Store, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const name of store.engine.list(prefix)) found.push(name);
  return found;
}

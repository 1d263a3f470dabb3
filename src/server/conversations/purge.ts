/** What goes for good: conversations deleted long ago, and logs of replies that are settled. */
import {
  branchStream,
  type Conversation,
  outlineStream,
  parseStream,
  replyStream,
  viewStream,
} from '../../protocol/index.ts';
import { CannotList } from '../engine/index.ts';
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

/** The outline goes last: while it is there, the rest may be, and it knows their names. */
async function purgeOne(store: Store, conversation: string): Promise<void> {
  const { engine } = store;
  const outline = outlineStream(conversation);
  if (!(await engine.head(outline))) return;
  const streams = (await listed(store, `c/${conversation}/`)) ?? (await indexed(store, conversation));
  store.outlines.forget(conversation);
  for (const stream of streams) if (stream !== outline) await engine.delete(stream);
  await engine.delete(outline);
}

/** Deletes the logs of ended replies whose ten minutes a restart cut short: who reads them loads the message. */
export async function sweepLogs(store: Store): Promise<void> {
  const streams = (await listed(store, 'c/')) ?? recentLogs(store);
  for (const stream of streams) {
    const name = parseStream(stream);
    if (name?.kind !== 'reply') continue;
    const ended = store.list.entries.get(name.conversation)?.ended.has(name.message);
    if (ended) await store.engine.delete(stream);
  }
}

/** Null when the engine cannot list. Gathered first: a listing is not to be walked while what it lists is deleted. */
async function listed(store: Store, prefix: string): Promise<string[] | null> {
  const found: string[] = [];
  try {
    for await (const name of store.engine.list(prefix)) found.push(name);
  } catch (error) {
    if (error instanceof CannotList) return null;
    throw error;
  }
  return found;
}

/** All streams of a conversation but its outline, by what the outline says; some may not be there. */
async function indexed(store: Store, conversation: string): Promise<string[]> {
  const { tree } = await store.outlines.of(conversation);
  return [
    ...[...tree.branches.keys()].map((branch) => branchStream(conversation, branch)),
    ...[...tree.generations.keys()].map((reply) => replyStream(conversation, reply)),
    viewStream(conversation),
  ];
}

/** How far back a sweep goes that cannot list, in ms: it comes daily. */
const RECENT = 2 * 24 * 60 * 60_000;

function recentLogs(store: Store): string[] {
  const since = store.clock.now() - RECENT;
  const recent = [...store.list.entries.values()].filter(({ header }) => header.active >= since);
  return recent.flatMap(({ header, ended }) => [...ended].map((reply) => replyStream(header.id, reply)));
}

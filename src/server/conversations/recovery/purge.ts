/** What goes for good: conversations deleted long ago, logs of replies that are settled, and what files nothing refers to. */
import {
  branchStream,
  type Conversation,
  DAY,
  inputStream,
  offersStream,
  outlineStream,
  parseStream,
  RECALL_DAYS,
  replyStream,
  segmentOf,
  segmentStream,
  viewStream,
} from '../../../protocol/index.ts';
import { CannotList } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';

/** How long a deleted conversation can be brought back, in ms. */
export const RECALL = RECALL_DAYS * DAY;

export function isPastRecall(header: Conversation, now: number): boolean {
  return header.deleted && header.deletedAt + RECALL <= now;
}

/**
 * Hashes of the files of every conversation that is there or can be brought back. `open` mends each first: a message that a
 * crash left out of the outline refers to its files too. Throws EngineError.
 */
export async function referredFiles(
  store: Pick<Store, 'list' | 'outlines' | 'clock'>,
  open: (conversation: string) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const referred = new Set<string>();
  for (const { header } of [...(await store.list.refresh()).values()]) {
    if (header.created === undefined || isPastRecall(header, store.clock.now())) continue;
    await open(header.id);
    const { tree } = await store.outlines.of(header.id);
    for (const { files = [] } of tree.messages.values()) for (const hash of files) referred.add(hash);
  }
  return referred;
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
  await store.purged(conversation);
  for (const stream of streams) if (stream !== outline) await engine.delete(stream);
  await engine.delete(outline);
}

/** Deletes the logs and inputs of ended replies whose ten minutes a restart cut short: who reads them loads the message. Throws EngineError. */
export async function sweepLogs(store: Store): Promise<void> {
  const streams = (await listed(store, 'c/')) ?? recentLogs(store);
  for (const stream of streams) {
    const name = parseStream(stream);
    const isLog = name?.kind === 'reply' || name?.kind === 'input';
    if (isLog && (await isSettled(store, name.conversation, name.message))) await store.engine.delete(stream);
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

/** A snapshot of `conversations` has forgotten which replies ended long ago; the outline knows. */
async function isSettled(store: Store, conversation: string, reply: string): Promise<boolean> {
  const entry = store.list.entries.get(conversation);
  if (!entry || entry.header.open.includes(reply)) return false;
  if (entry.ended.has(reply)) return true;
  const { tree } = await store.outlines.of(conversation);
  return tree.generations.get(reply)?.end !== undefined;
}

/** All streams of a conversation but its outline, by what the outline says; some may not be there. */
async function indexed(store: Store, conversation: string): Promise<string[]> {
  const { tree, newest } = await store.outlines.of(conversation);
  const later = Array.from({ length: segmentOf(newest) - 1 }, (_, index) =>
    segmentStream(outlineStream(conversation), index + 2),
  );
  return [
    ...[...tree.branches.keys()].map((branch) => branchStream(conversation, branch)),
    ...[...tree.generations.keys()].flatMap((reply) => streamsOf(conversation, reply)),
    viewStream(conversation),
    offersStream(conversation),
    // After all whose names they hold.
    ...later,
  ];
}

const streamsOf = (conversation: string, reply: string): string[] => [
  replyStream(conversation, reply),
  inputStream(conversation, reply),
];

/** How far back a sweep goes that cannot list, in ms: it comes daily. */
const RECENT = 2 * 24 * 60 * 60_000;

function recentLogs(store: Store): string[] {
  const since = store.clock.now() - RECENT;
  const recent = [...store.list.entries.values()].filter(({ header }) => header.active >= since);
  return recent.flatMap(({ header, ended }) => [...ended].flatMap((reply) => streamsOf(header.id, reply)));
}

/** A data folder after years: many conversations, most of them one line, some with branches, and a list that has rolled over. */
import { join } from 'node:path';
import { planTree, writeTree } from '../e2e/seed-tree.ts';
import {
  CONVERSATIONS,
  type ConversationPatch,
  conversationPatchSchema,
  foldConversations,
  listSnapshot,
  newId,
  noConversations,
  readItems,
  segmentStream,
} from '../src/protocol/index.ts';
import { type BulkWriter, openBulk } from '../src/server/engine/embedded/bulk.ts';
import { claimEmpty } from '../src/server/engine/embedded/folder.ts';
import { Gathered } from './gathered.ts';

export interface Large {
  readonly conversations: number;
  /** In each conversation. */
  readonly messages: number;
  /** Items of the list's newest segment that follow its snapshot. */
  readonly patches: number;
  /** What message `n` of a conversation says. Default: of the way from place to place. */
  readonly say?: (n: number) => string;
  readonly onConversation?: (written: number) => void;
}

/** Writes the folder, which must be empty or new; answers the conversations, the oldest first. */
export async function writeLargeFolder(folder: string, large: Large): Promise<readonly string[]> {
  const claimed = await claimEmpty(folder);
  const bulk = await openBulk(join(folder, 'engine'));
  try {
    const ids = await writeConversations(bulk, large);
    await bulk.end();
    await claimed.mark();
    return ids;
  } finally {
    await bulk.close();
    await claimed.release();
  }
}

async function writeConversations(bulk: BulkWriter, large: Large): Promise<readonly string[]> {
  const plans = [
    planTree('trunk', large.messages),
    planTree('trunk', large.messages),
    planTree('realistic', large.messages),
  ];
  const headers: ConversationPatch[] = [];
  const ids: string[] = [];
  for (let at = 0; at < large.conversations; at += 1) {
    const gathered = new Gathered();
    const plan = plans[at % plans.length] as (typeof plans)[number];
    const title = `Conversation ${at + 1} about the way to ${PLACES[at % PLACES.length]}`;
    const { conversation } = await writeTree(gathered, plan, {
      ...{ title, generations: true },
      say: large.say ?? say,
    });
    headers.push(...readItems(conversationPatchSchema, gathered.take(CONVERSATIONS).flat()));
    await gathered.writeTo(bulk);
    ids.push(conversation);
    large.onConversation?.(at + 1);
  }
  await writeList(bulk, headers, large.patches);
  return ids;
}

/** Closed after the headers; then a segment with its snapshot, and what was said of replies since. */
async function writeList(
  bulk: BulkWriter,
  headers: readonly ConversationPatch[],
  patches: number,
): Promise<void> {
  const next = segmentStream(CONVERSATIONS, 2);
  const told = { v: 1, kind: 'rolled', next };
  await bulk.add({ name: CONVERSATIONS, from: null, closed: true }, [...headers.map((one) => [one]), [told]]);
  const items = listSnapshot(foldConversations(noConversations, headers));
  const snapshot = [{ v: 1, kind: 'snapshot', items: items.length }, ...items];
  await bulk.add({ name: next, from: null, closed: false }, [snapshot, ...repliesOf(headers, patches)]);
}

function* repliesOf(
  headers: readonly ConversationPatch[],
  patches: number,
): Generator<readonly ConversationPatch[]> {
  for (let at = 0; at < patches / 2; at += 1) {
    const { v, kind, id, at: time } = headers[at % headers.length] as ConversationPatch;
    const reply = newId();
    yield [{ v, kind, id, at: time + 1, generations: { [reply]: 'open' } }];
    yield [{ v, kind, id, at: time + 2, generations: { [reply]: 'ended' } }];
  }
}

/** Half a screen for an answer, a line for a question: 440 characters a message on average. */
function say(n: number): string {
  if (n % 2 === 0) return `And how far is it to the ${PLACES[n % PLACES.length]} from here (${n})?`;
  return `Some ${n} minutes on foot. ${'Along the canal, past the market, and over the second bridge. '.repeat(n % 25)}`;
}

const PLACES = ['harbour', 'old market', 'station', 'lighthouse', 'botanical garden', 'northern hills'];

/** What the streams really hold, read past all faults. */
import {
  branchStream,
  CONVERSATIONS,
  type ConversationPatch,
  type Conversations,
  emptyReply,
  foldConversations,
  foldReply,
  type Message,
  noConversations,
  outlineStream,
  type Reply,
  type ReplyItem,
  replyStream,
} from '../../../protocol/index.ts';
import { emptyTree, foldOutline, type OutlineChange, type Tree } from '../../../tree/index.ts';
import { readAll, START } from '../../engine/index.ts';
import type { World } from './world.ts';

/** One POST of a branch stream. */
export interface Stored {
  readonly message: Message;
  readonly start: string;
  readonly end: string;
}

export async function outlineItems(world: World, conversation: string): Promise<readonly OutlineChange[]> {
  return (await itemsOf(world, outlineStream(conversation))) as OutlineChange[];
}

export async function trueTree(world: World, conversation: string): Promise<Tree> {
  return foldOutline(emptyTree, await outlineItems(world, conversation));
}

export async function trueList(world: World): Promise<Conversations> {
  return foldConversations(noConversations, (await itemsOf(world, CONVERSATIONS)) as ConversationPatch[]);
}

/** None when there is no such stream. */
async function itemsOf({ memory }: World, stream: string): Promise<readonly unknown[]> {
  return (await memory.head(stream)) ? (await readAll(memory, stream, START)).items : [];
}

/** The items of a branch from an offset on, each with its own offsets; none when there is no such stream. */
export async function stored(
  world: World,
  conversation: string,
  branch: string,
  from: string,
): Promise<Stored[]> {
  const found: Stored[] = [];
  if (!(await world.memory.head(branchStream(conversation, branch)))) return found;
  for (let start = from; ; ) {
    const item = await storedAt(world, conversation, branch, start);
    if (!item) return found;
    found.push(item);
    start = item.end;
  }
}

/** The item at an offset of a branch. */
export async function storedAt(
  world: World,
  conversation: string,
  branch: string,
  start: string,
): Promise<Stored | undefined> {
  const { items, next } = await world.memory.read(branchStream(conversation, branch), start, { maxItems: 1 });
  return items.length === 0 ? undefined : { message: items[0] as Message, start, end: next };
}

/** The log of a reply, also when it was deleted since. */
export async function trueLog(world: World, conversation: string, reply: string): Promise<Reply> {
  const stream = replyStream(conversation, reply);
  const items = world.deletedLogs.get(stream) ?? (await itemsOf(world, stream));
  return foldReply(emptyReply, items as ReplyItem[]);
}

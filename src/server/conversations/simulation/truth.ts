/** What the streams really hold, read past all faults. */
import {
  branchStream,
  type ChatFolders,
  CONVERSATIONS,
  type Conversations,
  counted,
  emptyReply,
  foldChatFolders,
  foldConversations,
  foldReply,
  type Message,
  noChatFolders,
  noConversations,
  outlineStream,
  type Reply,
  type ReplyItem,
  readChatFolders,
  readOutline,
  readPatches,
  replyStream,
  segmentStream,
} from '../../../protocol/index.ts';
import { emptyTree, foldOutline, type OutlineChange, type Tree } from '../../../tree/index.ts';
import { type Engine, readAll, START, StreamGone, StreamMissing } from '../../engine/index.ts';

/** What can be looked at once a round is over: a simulated engine, or a real one through its public reads. */
export interface Truth {
  readonly memory: Pick<Engine, 'read' | 'head'>;
  /** Logs as they were when they were deleted; undefined: nobody kept them, and a log that is gone says nothing any more. */
  readonly deletedLogs?: ReadonlyMap<string, readonly unknown[]>;
}

/** One POST of a branch stream. */
export interface Stored {
  readonly message: Message;
  readonly start: string;
  readonly end: string;
}

/** Of all segments. */
export async function outlineItems(world: Truth, conversation: string): Promise<readonly OutlineChange[]> {
  const segments = await segmentsOf(world, outlineStream(conversation));
  return readOutline(segments.flat());
}

export async function trueTree(world: Truth, conversation: string): Promise<Tree> {
  return foldOutline(emptyTree, await outlineItems(world, conversation));
}

export async function trueList(world: Truth): Promise<Conversations> {
  return listOf((await segmentsOf(world, CONVERSATIONS)).flat());
}

/** What the newest segments say by themselves. */
export async function newestFolds(
  world: Truth,
  conversation: string,
): Promise<{ list: Conversations; folders: ChatFolders; tree: Tree; segments: number }> {
  const list = await segmentsOf(world, CONVERSATIONS);
  const outline = await segmentsOf(world, outlineStream(conversation));
  const changes = readOutline(outline.at(-1) ?? []);
  return {
    list: listOf(list.at(-1) ?? []),
    folders: foldChatFolders(noChatFolders, readChatFolders(list.at(-1) ?? [])),
    tree: foldOutline(emptyTree, changes),
    segments: Math.max(list.length, outline.length),
  };
}

const listOf = (items: readonly unknown[]): Conversations =>
  foldConversations(noConversations, readPatches(items));

/** What counts in each segment of an index that holds something. */
async function segmentsOf(world: Truth, index: string): Promise<(readonly unknown[])[]> {
  const segments: (readonly unknown[])[] = [];
  for (;;) {
    const items = await itemsOf(world, segmentStream(index, segments.length + 1));
    if (items.length === 0) return segments;
    segments.push(counted(items).items);
  }
}

/** None when there is no such stream. */
async function itemsOf({ memory }: Truth, stream: string): Promise<readonly unknown[]> {
  return (await memory.head(stream)) ? (await readAll(memory, stream, START)).items : [];
}

/** The items of a branch from an offset on, each with its own offsets; none when there is no such stream. */
export async function stored(
  world: Truth,
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
  world: Truth,
  conversation: string,
  branch: string,
  start: string,
): Promise<Stored | undefined> {
  const { items, next } = await world.memory.read(branchStream(conversation, branch), start, { maxItems: 1 });
  return items.length === 0 ? undefined : { message: items[0] as Message, start, end: next };
}

/** Gone between two requests. */
function noneOfAGoneStream(error: unknown): readonly unknown[] {
  if (error instanceof StreamMissing || error instanceof StreamGone) return [];
  throw error;
}

/** The log of a reply, also when it was deleted since; null where nobody kept it. */
export async function trueLog(world: Truth, conversation: string, reply: string): Promise<Reply | null> {
  const stream = replyStream(conversation, reply);
  const kept = world.deletedLogs?.get(stream);
  const items = kept ?? (await itemsOf(world, stream).catch(noneOfAGoneStream));
  if (items.length === 0 && !world.deletedLogs) return null;
  return foldReply(emptyReply, items as ReplyItem[]);
}

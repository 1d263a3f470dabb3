/**
 * What goes into a backup, read in an order that makes it a state Bough repairs by itself, whatever is written meanwhile (decision
 * 0027): of each conversation its outline before the streams it speaks of, and of those no more than it knows of.
 */
import {
  branchStream,
  CONVERSATIONS,
  type ConversationEntry,
  type Conversations,
  chatFolderSnapshot,
  foldChatFolders,
  foldConversations,
  inputStream,
  listSnapshot,
  type Message,
  noChatFolders,
  noConversations,
  offersStream,
  outlineStream,
  parseStream,
  readChatFolders,
  readOutline,
  readPatches,
  replyStream,
  viewStream,
} from '../../../protocol/index.ts';
import { emptyTree, foldOutline, type Tree } from '../../../tree/index.ts';
import { isPastRecall } from '../../conversations/recovery/purge.ts';
import type { BulkStream } from '../../engine/embedded/bulk.ts';
import type { FolderReader, LogEnd, StoredAppend, StoredStream } from '../../engine/embedded/reader.ts';
import type { Offset } from '../../engine/index.ts';
import { itemsOf, readIndex, readOwn, type StoredIndex } from '../index-read.ts';

export interface Gathered {
  readonly stream: BulkStream;
  /** Its tail before the first of its own appends. */
  readonly base: Offset;
  readonly appends: AsyncIterable<AppendedPart> | Iterable<AppendedPart>;
}

/** One append. `end` is null where it gets an offset only when it is restored. */
interface AppendedPart {
  readonly items: readonly unknown[];
  readonly end: Offset | null;
}

export interface Notes {
  /** Called for each conversation once all of it was given. */
  conversation(done: { readonly messages: number; readonly of: number }): void;
  /** What could not be read whole, as a sentence. */
  broken(sentence: string): void;
}

/** How often a conversation whose replies end while it is looked at is looked at again. */
const ATTEMPTS = 5;

/** @param now ms since the epoch: conversations that were deleted long ago are left out */
export async function* gather(reader: FolderReader, notes: Notes, now: number): AsyncIterable<Gathered> {
  const list = await readIndex(reader, CONVERSATIONS);
  const entries = listOf(list);
  const ids = list.broken.length > 0 ? everyConversation(reader, entries) : [...entries.keys()];
  const kept = ids.filter((id) => {
    const header = entries.get(id)?.header;
    return !header || !isPastRecall(header, now);
  });
  for (const id of kept) yield* ofConversation(reader, id, notes, kept.length);
  const later = await readIndex(reader, CONVERSATIONS);
  yield* ofIndex(list, notes, changed(entries, later, kept));
}

const listOf = ({ items }: StoredIndex): Conversations =>
  foldConversations(noConversations, readPatches(items));

/**
 * What was said in the list of the conversations in the backup while these were read: titles, replies that ended, and the folders they may be
 * filed in since. Those that were begun meanwhile are not in it.
 */
function changed(before: Conversations, later: StoredIndex, ids: readonly string[]): AppendedPart[] {
  const after = listOf(later);
  const same = (a: ConversationEntry | undefined, b: ConversationEntry): boolean =>
    JSON.stringify([a?.header, a?.stamps, a?.ended.size]) ===
    JSON.stringify([b.header, b.stamps, b.ended.size]);
  const entries = ids.flatMap((id) => {
    const entry = after.get(id);
    return entry && !same(before.get(id), entry) ? [[id, entry] as const] : [];
  });
  const folders = foldChatFolders(noChatFolders, readChatFolders(later.items));
  const items = [
    ...(entries.length > 0 ? chatFolderSnapshot(folders) : []),
    ...listSnapshot(new Map(entries)),
  ];
  return items.length > 0 ? [{ items, end: null }] : [];
}

function everyConversation(reader: FolderReader, entries: Conversations): string[] {
  const ids = new Set(entries.keys());
  for (const { name } of reader.streams('c/')) {
    const parsed = parseStream(name);
    if (parsed && 'conversation' in parsed) ids.add(parsed.conversation);
  }
  return [...ids];
}

async function* ofConversation(
  reader: FolderReader,
  id: string,
  notes: Notes,
  of: number,
): AsyncIterable<Gathered> {
  const { outline, tree, logs } = await settled(reader, id);
  yield* ofIndex(outline, notes);
  if (outline.broken.length > 0) yield* everything(reader, id, notes);
  else {
    yield* ofBranches(reader, id, tree, notes);
    for (const log of logs) {
      tell(notes, log.stream, log.end);
      yield gathered(log.stream, hasEnded(log), log.appends);
      yield* whole(reader, inputStream(id, log.reply), notes);
    }
    yield* whole(reader, viewStream(id), notes);
    yield* whole(reader, offersStream(id), notes);
  }
  notes.conversation({ messages: tree.messages.size, of });
}

interface Log {
  readonly reply: string;
  readonly stream: StoredStream;
  readonly appends: readonly StoredAppend[];
  readonly end: LogEnd;
}

/** The outline, and the logs of the replies that are open in it: a log goes ten minutes after its reply has ended. */
async function settled(
  reader: FolderReader,
  id: string,
): Promise<{ readonly outline: StoredIndex; readonly tree: Tree; readonly logs: readonly Log[] }> {
  let outline = await readIndex(reader, outlineStream(id));
  for (let attempt = 1; ; attempt += 1) {
    const tree = treeOf(outline);
    const { logs, missing } = await openLogs(reader, id, tree);
    if (missing.length === 0 || attempt === ATTEMPTS) return { outline, tree, logs };
    outline = await readIndex(reader, outlineStream(id));
    const { generations } = treeOf(outline);
    // A crash, too, leaves replies without a log.
    if (!missing.some((reply) => generations.get(reply)?.end)) return { outline, tree, logs };
  }
}

const treeOf = ({ items }: StoredIndex): Tree => foldOutline(emptyTree, readOutline(items));

async function openLogs(
  reader: FolderReader,
  id: string,
  { generations }: Tree,
): Promise<{ readonly logs: readonly Log[]; readonly missing: readonly string[] }> {
  const logs: Log[] = [];
  const missing: string[] = [];
  for (const { id: reply, end } of generations.values()) {
    if (end) continue;
    const stream = reader.stream(replyStream(id, reply));
    const log = stream && (await readOwn(reader, stream));
    // Deleted between two looks: its file is not there.
    if (!stream || !log || (log.end.kind === 'short' && log.appends.length === 0)) missing.push(reply);
    else logs.push({ reply, stream, ...log });
  }
  return { logs, missing };
}

const hasEnded = ({ stream, appends }: Log): boolean =>
  stream.closed || itemsOf({ appends }).some((item) => (item as { kind?: unknown }).kind === 'end');

/** @param more is said at its end, if it does not just roll over */
async function* ofIndex(
  { segments }: StoredIndex,
  notes: Notes,
  more: readonly AppendedPart[] = [],
): AsyncIterable<Gathered> {
  for (const { stream, appends, end, rolled } of segments) {
    tell(notes, stream, end);
    const closed = rolled || stream.closed;
    yield gathered(stream, closed, closed ? appends : [...appends, ...more]);
  }
}

/** Sources before their forks. */
async function* ofBranches(
  reader: FolderReader,
  id: string,
  tree: Tree,
  notes: Notes,
): AsyncIterable<Gathered> {
  const streams = inOrder(
    reader,
    [...tree.branches.keys()].map((branch) => branchStream(id, branch)),
  );
  const left = new Map<string, Set<string>>();
  for (const { from } of streams) {
    if (from) left.set(from.stream, (left.get(from.stream) ?? new Set()).add(from.offset));
  }
  for (const stream of streams) {
    const appends = known(reader, stream, { tree, forks: left.get(stream.name) ?? new Set(), notes });
    yield gathered(stream, stream.closed, appends);
  }
}

function inOrder(reader: FolderReader, names: readonly string[]): StoredStream[] {
  const found = new Map<string, StoredStream>();
  for (const name of names) {
    const chain: StoredStream[] = [];
    for (let at: string | undefined = name; at !== undefined && !found.has(at); ) {
      const stream = reader.stream(at);
      if (stream) chain.push(stream);
      at = stream?.from?.stream;
    }
    for (const stream of chain.reverse()) found.set(stream.name, stream);
  }
  return [...found.values()];
}

interface Known {
  readonly tree: Tree;
  /** Where others leave it. */
  readonly forks: Set<string>;
  readonly notes: Notes;
}

/**
 * The messages the outline knows of, and one more of a person that follows: at most the last message of a branch may be unindexed.
 * What came after the outline was read would be more; and a reply that is open there is made of its log, which may have been read
 * before its end.
 */
async function* known(
  reader: FolderReader,
  stream: StoredStream,
  { tree, forks, notes }: Known,
): AsyncIterable<StoredAppend> {
  const ends = new Set(forks);
  let before: string | undefined;
  let more = true;
  for await (const append of reader.appends(stream, (end) => tell(notes, stream, end))) {
    const { id = '', parent } = (append.items[0] ?? {}) as Partial<Message>;
    const isKnown = tree.messages.has(id);
    const isOpen = tree.generations.has(id) && !isKnown;
    const follows = more && !isOpen && (before === undefined || parent === before);
    if (!isKnown && !follows && ends.size === 0) return;
    yield append;
    ends.delete(append.end);
    more &&= isKnown;
    before = id;
  }
}

/** Of a conversation whose outline cannot be read: it can be rebuilt from its streams (`doctor`). */
async function* everything(reader: FolderReader, id: string, notes: Notes): AsyncIterable<Gathered> {
  const names = [...reader.streams(`c/${id}/`)].map(({ name }) => name);
  for (const { name } of inOrder(reader, names)) {
    if (parseStream(name)?.kind !== 'outline') yield* whole(reader, name, notes);
  }
}

async function* whole(reader: FolderReader, name: string, notes: Notes): AsyncIterable<Gathered> {
  const stream = reader.stream(name);
  if (!stream) return;
  const appends = reader.appends(stream, (end) => tell(notes, stream, end));
  yield gathered(stream, stream.closed, appends);
}

function gathered(stream: StoredStream, closed: boolean, appends: Gathered['appends']): Gathered {
  const { name, from, gone, base } = stream;
  return { stream: { name, from, closed, ...(gone && { gone }) }, base, appends };
}

function tell(notes: Notes, { name }: StoredStream, end: LogEnd): void {
  if (end.kind === 'short') notes.broken(`${name}: ${end.bytes} bytes at its end are not there any more.`);
  if (end.kind === 'damaged')
    notes.broken(`${name}: what was said after its offset ${end.at} cannot be read.`);
}

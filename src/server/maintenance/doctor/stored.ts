/** A conversation as its streams hold it: read without changing anything, without the texts. */
import {
  branchStream,
  outlineStream,
  parseStream,
  readMessage,
  readMessages,
  readOutline,
} from '../../../protocol/index.ts';
import {
  emptyTree,
  foldOutline,
  type Generation,
  type MessageHeader,
  type Tree,
} from '../../../tree/index.ts';
import { headerOf } from '../../conversations/kit/messages.ts';
import type { FolderReader, LogEnd, StoredStream } from '../../engine/embedded/reader.ts';
import { itemsAnywhere } from '../../engine/embedded/refill.ts';
import { type Offset, START } from '../../engine/index.ts';
import { everythingIn, itemsOf, readIndex, readOwn, type StoredIndex } from '../index-read.ts';
import { replyIn } from './find-messages.ts';

/** One append of a branch's own log. `header` is null for what cannot be read as a message. */
export interface StoredMessage {
  readonly header: MessageHeader | null;
  readonly start: Offset;
  readonly end: Offset;
}

export interface StoredBranch {
  readonly id: string;
  readonly stream: StoredStream;
  readonly messages: readonly StoredMessage[];
  /** What it holds of its own, behind the copies it may begin with. */
  readonly own: readonly StoredMessage[];
}

export interface StoredConversation {
  readonly id: string;
  readonly outline: StoredIndex;
  /** What the outline says; if a part of it cannot be read, what all its segments say. */
  readonly tree: Tree;
  readonly branches: ReadonlyMap<string, StoredBranch>;
  /** Replies by their logs: undefined where the log does not say what was asked. */
  readonly logs: ReadonlyMap<string, Generation | undefined>;
  /** Messages that can be read somewhere: in a branch, in a copy, in the log of the reply they were. */
  readonly held: ReadonlySet<string>;
  /** How the logs of its streams end. */
  readonly ends: ReadonlyMap<StoredStream, LogEnd>;
  /** Files its messages name: hash and name. */
  readonly files: ReadonlyMap<string, string>;
}

/** @param folder the engine's, which `reader` reads */
export async function readConversation(
  reader: FolderReader,
  folder: string,
  id: string,
): Promise<StoredConversation> {
  const outline = await readIndex(reader, outlineStream(id));
  const tree = treeOf(outline);
  const ends = new Map<StoredStream, LogEnd>(outline.segments.map(({ stream, end }) => [stream, end]));
  const files = new Map<string, string>();
  const branches = new Map<string, StoredBranch>();
  const logs = new Map<string, Generation | undefined>();
  const held = new Set<string>();
  for (const stream of reader.streams(`c/${id}/`)) {
    const name = parseStream(stream.name);
    if (!name || name.kind === 'outline' || name.kind === 'conversations') continue;
    const { appends, end } = await readOwn(reader, stream);
    ends.set(stream, end);
    if (name.kind === 'reply') {
      const { generation, message } = replyIn(itemsOf({ appends }));
      logs.set(name.message, generation);
      if (message) held.add(message.id);
    }
    if (name.kind !== 'branch') continue;
    const messages = appends.map(({ items, ...place }) => stored(items[0], name.branch, place, files));
    for (const { header } of messages) if (header) held.add(header.id);
    if (end.kind === 'short' || end.kind === 'damaged')
      for (const message of readMessages(await itemsAnywhere(folder, stream))) held.add(message.id);
    const branch = { id: name.branch, stream, messages };
    branches.set(name.branch, { ...branch, own: ownOf(branch, tree) });
  }
  return { id, outline, tree, branches, logs, held, ends, files };
}

const treeOf = (outline: StoredIndex): Tree => foldOutline(emptyTree, readOutline(everythingIn(outline)));

function stored(
  item: unknown,
  branch: string,
  { start, end }: { readonly start: Offset; readonly end: Offset },
  files: Map<string, string>,
): StoredMessage {
  const message = readMessage(item);
  if (!message) return { header: null, start, end };
  for (const part of message.parts) if (part.kind === 'file') files.set(part.hash, part.name);
  return { header: headerOf(message, { branch, start, end }), start, end };
}

/**
 * A branch is named after the first message of its own. Where none of them has its name, as when that one can no longer be read, the first that
 * the outline has in it.
 */
function ownOf({ id, stream, messages }: Omit<StoredBranch, 'own'>, tree: Tree): readonly StoredMessage[] {
  if (stream.from) return messages;
  const named = messages.findIndex(({ header }) => header?.id === id);
  const placed = messages.findIndex(({ header }) => header && tree.messages.get(header.id)?.branch === id);
  const first = named < 0 ? placed : named;
  const own = first < 0 ? [] : messages.slice(first);
  // The first of a fresh stream begins before everything.
  return own.map((message, at) =>
    at === 0 && first === 0 && message.header
      ? { ...message, header: { ...message.header, start: START }, start: START }
      : message,
  );
}

/** The message that ends at an offset of a branch, its own or one it inherits. */
export function messageAt(
  branches: ReadonlyMap<string, StoredBranch>,
  conversation: string,
  stream: string,
  offset: Offset,
): string | undefined {
  for (let name: string | undefined = stream; name !== undefined; ) {
    const branch = [...branches.values()].find((one) => branchStream(conversation, one.id) === name);
    const found = branch?.messages.find(({ end }) => end === offset)?.header;
    if (found) return found.id;
    name = branch?.stream.from?.stream;
  }
  return undefined;
}

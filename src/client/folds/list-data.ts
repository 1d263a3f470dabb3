/** The data of the list of conversations: the fold of its stream, and what this tab did that is not in the stream yet. */
import {
  type ChatFolderPatch,
  type ChatFolders,
  CONVERSATIONS,
  type Conversation,
  type ConversationPatch,
  type Conversations,
  foldChatFolders,
  foldConversations,
  isOfChatFolder,
  isOfConversation,
  type ListPatch,
  listed,
  noChatFolders,
  noConversations,
  readListPatches,
} from '../../protocol/index.ts';
import { advanced, type FoldPosition } from '../kit/segments.ts';

export const listKey = [CONVERSATIONS] as const;

/** The list, and where its fold stands. */
export interface ListData extends FoldPosition {
  /** The fold of the stream. */
  readonly folded: Conversations;
  readonly foldedFolders: ChatFolders;
  /** Patches of this tab on their way, those of one command under a number of our own. */
  readonly own: ReadonlyMap<number, readonly ListPatch[]>;
  /** What the page shows: both folded, by id. */
  readonly all: Conversations;
  readonly folders: ChatFolders;
  /** Those that are not deleted, newest first. */
  readonly shown: readonly Conversation[];
}

/** A patch of this tab, before it has a time. */
export type OwnPatch = Omit<ConversationPatch, 'v' | 'at'> | Omit<ChatFolderPatch, 'v' | 'at'>;

const nothing: ListData = {
  folded: noConversations,
  foldedFolders: noChatFolders,
  segment: CONVERSATIONS,
  position: '',
  own: new Map(),
  all: noConversations,
  folders: noChatFolders,
  shown: [],
};

/** Folds items of `stream` up to `next`. The same object when nothing is new and nothing moved. */
export function withItems(
  data: ListData | undefined,
  stream: string,
  read: readonly unknown[],
  next: string,
): ListData {
  const before = data ?? nothing;
  const { items, segment, position } = advanced(stream, read, next);
  const patches = readListPatches(items);
  const folded = foldConversations(before.folded, patches.filter(isOfConversation));
  const foldedFolders = foldChatFolders(before.foldedFolders, patches.filter(isOfChatFolder));
  const isSame = folded === before.folded && foldedFolders === before.foldedFolders;
  if (isSame && before.position === position && before.segment === segment) return before;
  return shownAgain({ ...before, folded, foldedFolders, segment, position });
}

/** Shows patches before the stream has them. They win over what is folded: their time is taken to be later. */
export function withOwn(data: ListData, key: number, patches: readonly OwnPatch[]): ListData {
  const timed = patches.map((patch): ListPatch => {
    const known = (patch.kind === 'conversation' ? data.all : data.folders).get(patch.id);
    return { v: 1, at: Math.max(Date.now(), ...Object.values(known?.stamps ?? {})) + 1, ...patch };
  });
  return shownAgain({ ...data, own: new Map(data.own).set(key, timed) });
}

/** Takes an own patch back: the stream has it, or it failed. */
export function withoutOwn(data: ListData, key: number): ListData {
  if (!data.own.has(key)) return data;
  const own = new Map(data.own);
  own.delete(key);
  return shownAgain({ ...data, own });
}

function shownAgain(data: ListData): ListData {
  const own = [...data.own.values()].flat();
  const folders = foldChatFolders(data.foldedFolders, own.filter(isOfChatFolder));
  const all = foldConversations(data.folded, own.filter(isOfConversation));
  if (all === data.all) return folders === data.folders ? data : { ...data, folders };
  const shown = listed(all);
  const same = shown.length === data.shown.length && shown.every((header, i) => header === data.shown[i]);
  return { ...data, all, folders, shown: same ? data.shown : shown };
}

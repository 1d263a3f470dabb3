/** The data of the list of conversations: the fold of its stream, and what this tab did that is not in the stream yet. */
import {
  CONVERSATIONS,
  type Conversation,
  type ConversationPatch,
  type Conversations,
  foldConversations,
  listed,
  noConversations,
  readPatches,
} from '../../protocol/index.ts';
import { advanced, type FoldPosition } from '../kit/segments.ts';

export const listKey = [CONVERSATIONS] as const;

/** The list, and where its fold stands. */
export interface ListData extends FoldPosition {
  /** The fold of the stream. */
  readonly folded: Conversations;
  /** Patches of this tab on their way, by a number of our own. */
  readonly own: ReadonlyMap<number, ConversationPatch>;
  /** What the page shows: both folded, by id. */
  readonly all: Conversations;
  /** Those that are not deleted, newest first. */
  readonly shown: readonly Conversation[];
}

const nothing: ListData = {
  folded: noConversations,
  segment: CONVERSATIONS,
  position: '',
  own: new Map(),
  all: noConversations,
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
  const folded = foldConversations(before.folded, readPatches(items));
  if (folded === before.folded && before.position === position && before.segment === segment) return before;
  return shownAgain({ ...before, folded, segment, position });
}

/** Shows a patch before the stream has it. It wins over what is folded: its time is taken to be later. */
export function withOwn(
  data: ListData,
  key: number,
  patch: Omit<ConversationPatch, 'v' | 'kind' | 'at'>,
): ListData {
  const stamps = data.all.get(patch.id)?.stamps;
  const at = Math.max(Date.now(), ...(stamps ? Object.values(stamps) : [])) + 1;
  const own = new Map(data.own).set(key, { v: 1, kind: 'conversation', at, ...patch });
  return shownAgain({ ...data, own });
}

/** Takes an own patch back: the stream has it, or it failed. */
export function withoutOwn(data: ListData, key: number): ListData {
  if (!data.own.has(key)) return data;
  const own = new Map(data.own);
  own.delete(key);
  return shownAgain({ ...data, own });
}

function shownAgain(data: ListData): ListData {
  const all = foldConversations(data.folded, data.own.values());
  if (all === data.all) return data;
  const shown = listed(all);
  const same = shown.length === data.shown.length && shown.every((header, i) => header === data.shown[i]);
  return { ...data, all, shown: same ? data.shown : shown };
}

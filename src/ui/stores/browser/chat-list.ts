/** How this browser shows the list of conversations: its order, and which folders are open. */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

const KEY = 'list';

export const LIST_SORTS = ['used', 'made', 'title'] as const;
/** By what was said last, by when they were made (newest first), or by title. */
export type ListSort = (typeof LIST_SORTS)[number];

interface ChatList {
  readonly sort: ListSort;
  /** Ids of folders. */
  readonly open: ReadonlySet<string>;
}

export const useChatList = create<ChatList>()(() => read(load(KEY)));

export function sortList(sort: ListSort): void {
  keep({ ...useChatList.getState(), sort });
}

export function openChatFolder(folder: string, isOpen: boolean): void {
  const { sort, open } = useChatList.getState();
  if (open.has(folder) === isOpen) return;
  const others = [...open].filter((id) => id !== folder);
  keep({ sort, open: new Set(isOpen ? [...others, folder] : others) });
}

function keep(state: ChatList): void {
  save(KEY, { sort: state.sort, open: [...state.open] });
  useChatList.setState(state);
}

function read(value: unknown): ChatList {
  const { sort, open } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return {
    sort: LIST_SORTS.find((one) => one === sort) ?? 'used',
    open: new Set(Array.isArray(open) ? open.filter((id) => typeof id === 'string') : []),
  };
}

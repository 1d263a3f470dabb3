/**
 * The rows of the list: what is pinned, the folders with what is in those that are open, then all else under headings: Today, Yesterday,
 * Previous 7 days, then months. Pure; days are the reader's own.
 */
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { compareNames } from '../../../protocol/language.ts';
import { dateOf } from '../../../protocol/reading/date-of.ts';
import { monthAndYearText, monthText, startOfDay } from '../../components/date-text.ts';
import type { ListSort } from '../../stores/browser/chat-list.ts';
import * as strings from './strings-list.ts';

export type ListRow =
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'folder';
      readonly folder: ChatFolder;
      /** Conversations in it, those on top of the list included. */
      readonly count: number;
      readonly open: boolean;
      /** It is closed over the conversation whose page is open. */
      readonly holdsCurrent: boolean;
    }
  | {
      readonly kind: 'conversation';
      readonly header: Conversation;
      /** It stands in the open folder above it. */
      readonly inFolder: boolean;
      /** The name of its folder, where it stands elsewhere. */
      readonly of?: string;
    };

export interface RowsOptions {
  readonly folders: readonly ChatFolder[];
  readonly open: ReadonlySet<string>;
  /** As `list` is sorted. */
  readonly sort: ListSort;
  /** In ms since the epoch. */
  readonly now: number;
  readonly current?: string | undefined;
  /** The list is a part, by words or because it was archived: folders without any of it are not shown, nor what is pinned apart. */
  readonly isPart?: boolean;
}

/** Rows for conversations that are in order. */
export function rowsOf(list: readonly Conversation[], options: RowsOptions): ListRow[] {
  const { folders, isPart = false } = options;
  const names = new Map(folders.map(({ id, name }) => [id, name]));
  const pinned: ListRow[] = [];
  const filed = new Map<string, Conversation[]>();
  const counts = new Map<string, number>();
  const rest: Conversation[] = [];
  for (const header of list) {
    const of = header.filed === undefined ? undefined : names.get(header.filed);
    const folder = of === undefined ? undefined : header.filed;
    if (folder) counts.set(folder, (counts.get(folder) ?? 0) + 1);
    if (header.pinned && !isPart)
      pinned.push({ kind: 'conversation', header, inFolder: false, ...(of && { of }) });
    else if (!folder) rest.push(header);
    else if (filed.has(folder)) filed.get(folder)?.push(header);
    else filed.set(folder, [header]);
  }
  const inFolders = folders.flatMap((folder) => ofFolder(folder, { options, filed, counts }));
  return [
    ...under(strings.pinned, pinned),
    ...under(strings.folders, inFolders),
    ...underDays(rest, options, pinned.length + inFolders.length > 0),
  ];
}

interface Filing {
  readonly options: RowsOptions;
  readonly filed: ReadonlyMap<string, readonly Conversation[]>;
  readonly counts: ReadonlyMap<string, number>;
}

function ofFolder(folder: ChatFolder, { options, filed, counts }: Filing): ListRow[] {
  const { isPart = false, open, current } = options;
  const inside = filed.get(folder.id) ?? [];
  if (isPart && inside.length === 0) return [];
  const isOpen = isPart || open.has(folder.id);
  const holdsCurrent = !isOpen && inside.some(({ id }) => id === current);
  const row: ListRow = {
    ...{ kind: 'folder', folder, count: counts.get(folder.id) ?? 0, open: isOpen, holdsCurrent },
  };
  if (!isOpen) return [row];
  return [row, ...inside.map((header): ListRow => ({ kind: 'conversation', header, inFolder: true }))];
}

const under = (text: string, rows: readonly ListRow[]): readonly ListRow[] =>
  rows.length > 0 ? [{ kind: 'heading', text }, ...rows] : [];

/** Under the days they were used or made; by title under one heading, where something stands above. */
function underDays(list: readonly Conversation[], { sort, now }: RowsOptions, isBelow: boolean): ListRow[] {
  const dayOf = headings(now);
  const headingOf = ({ created = 0, active }: Conversation) =>
    sort === 'title' ? (isBelow ? strings.others : '') : dayOf(sort === 'made' ? created : active);
  const rows: ListRow[] = [];
  let last = '';
  for (const header of list) {
    const text = headingOf(header);
    if (text !== last) rows.push({ kind: 'heading', text });
    last = text;
    rows.push({ kind: 'conversation', header, inFolder: false });
  }
  return rows;
}

function headings(now: number): (time: number) => string {
  const today = startOfDay(now, 0);
  const yesterday = startOfDay(now, 1);
  const week = startOfDay(now, 7);
  const year = new Date(now).getFullYear();
  return (time) => {
    if (time >= today) return strings.today;
    if (time >= yesterday) return strings.yesterday;
    if (time >= week) return strings.lastWeek;
    return dateOf(time).getFullYear() === year ? monthText(time) : monthAndYearText(time);
  };
}

const byId = (a: Conversation, b: Conversation) => (a.id < b.id ? -1 : 1);

const COMPARE: Readonly<Record<ListSort, ((a: Conversation, b: Conversation) => number) | undefined>> = {
  used: undefined,
  made: (a, b) => (b.created ?? 0) - (a.created ?? 0) || byId(a, b),
  title: (a, b) => compareNames(a.title.text, b.title.text) || byId(a, b),
};

/**
 * The list, which is newest activity first, in another order. `before`: what this gave for the list before, so that what did not move costs
 * one look: comparing ten thousand titles by the rules of a language takes longer than all else.
 */
export function sorted(
  list: readonly Conversation[],
  sort: ListSort,
  before: readonly Conversation[] = [],
): readonly Conversation[] {
  const compare = COMPARE[sort];
  if (!compare) return list;
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const order = list.toSorted((a, b) => (places.get(a.id) ?? Infinity) - (places.get(b.id) ?? Infinity) || 0);
  return order.sort(compare);
}

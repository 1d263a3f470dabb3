/** The fold of the `conversations` stream: headers by id. Idempotent and order-free: every field has its own rule. */
import type { ModelRef } from '../../tree/index.ts';
import type { Overflow } from '../fields.ts';
import type { ConversationPatch } from './list-items.ts';

/** A conversation as the list has it. Times are ms since the epoch. */
export interface Conversation {
  readonly id: string;
  /** Undefined until the patch that created it was read. */
  readonly created?: number;
  /** ms since the epoch of the last thing said; the list is ordered by it, newest first. */
  readonly active: number;
  readonly title: Title;
  readonly archived: boolean;
  readonly deleted: boolean;
  /** When `deleted` was last changed; what purging counts from. */
  readonly deletedAt: number;
  /** What answers next; absent: nothing was chosen. */
  readonly model?: ModelRef;
  readonly temperature?: number;
  readonly overflow?: Overflow;
  /** The folder its agents work in. */
  readonly folder?: string;
  /** Agents that cannot go back begin anew with the conversation as text. */
  readonly anew?: boolean;
  /** Branches of its agents have copies of their own of the folder's repository; absent: nobody was asked yet. */
  readonly copies?: boolean;
  /** It stands on top of the list. Default: it does not. */
  readonly pinned?: boolean;
  /** The folder of conversations it is in (chat-folders.ts); that may be gone. Absent: none. */
  readonly filed?: string;
  /** Ids of the replies being written. */
  readonly open: readonly string[];
  /** Those of them that wait for a person's answer. */
  readonly asking: readonly string[];
}

/** `by` decides which title stands: a person’s before a model’s, a model’s before the first words. */
export interface Title {
  readonly text: string;
  readonly by: 'words' | 'model' | 'person';
}

export type Conversations = ReadonlyMap<string, ConversationEntry>;

/** A header with the times that decide which patch of a field wins. */
export interface ConversationEntry {
  readonly header: Conversation;
  readonly stamps: Readonly<Record<'title' | Flag | Setting, number>>;
  readonly ended: ReadonlySet<string>;
  /** What was last said of replies that have not ended: whether they wait for an answer, and when that was said. */
  readonly asked: ReadonlyMap<string, Asked>;
}

/** `at`: ms since the epoch. */
export interface Asked {
  readonly asks: boolean;
  readonly at: number;
}

type Flag = (typeof FLAGS)[number];
const FLAGS = ['archived', 'deleted', 'pinned'] as const;
/** What is chosen of a conversation, and taken back with null. */
type Setting = (typeof SETTINGS)[number];
const SETTINGS = ['model', 'temperature', 'overflow', 'folder', 'anew', 'copies', 'filed'] as const;

/** Where every fold of the list begins. */
export const noConversations: Conversations = new Map();

/** Folds patches. Returns the same map when nothing was new, and keeps the identity of headers that did not change. */
export function foldConversations(list: Conversations, patches: Iterable<ConversationPatch>): Conversations {
  let next: Map<string, ConversationEntry> | undefined;
  for (const patch of patches) {
    const before = (next ?? list).get(patch.id) ?? blank(patch.id);
    const after = patched(before, patch);
    if (after === before && (next ?? list).has(patch.id)) continue;
    next ??= new Map(list);
    next.set(patch.id, after);
  }
  return next ?? list;
}

/** Whether the list would not be the same with it. Copies nothing. */
export function isNewInList(list: Conversations, patch: ConversationPatch): boolean {
  const before = list.get(patch.id);
  return !before || patched(before, patch) !== before;
}

function blank(id: string): ConversationEntry {
  return {
    header: {
      id,
      active: 0,
      title: { text: '', by: 'words' },
      archived: false,
      deleted: false,
      deletedAt: 0,
      open: [],
      asking: [],
    },
    stamps: {
      title: -1,
      archived: -1,
      deleted: -1,
      pinned: -1,
      model: -1,
      temperature: -1,
      overflow: -1,
      folder: -1,
      anew: -1,
      copies: -1,
      filed: -1,
    },
    ended: new Set(),
    asked: new Map(),
  };
}

const RANK: Record<Title['by'], number> = { words: 0, model: 1, person: 2 };

function patched(entry: ConversationEntry, patch: ConversationPatch): ConversationEntry {
  const { header, stamps } = entry;
  const change: { -readonly [K in keyof Conversation]?: Conversation[K] } = {};
  const stamped: { -readonly [K in keyof ConversationEntry['stamps']]?: number } = {};
  if (patch.created !== undefined && patch.created < (header.created ?? Number.POSITIVE_INFINITY)) {
    change.created = patch.created;
  }
  if (patch.active !== undefined && patch.active > header.active) change.active = patch.active;
  if (patch.title && titleWins(patch.title, patch.at, header.title, stamps.title)) {
    change.title = patch.title;
    stamped.title = patch.at;
  }
  for (const flag of FLAGS) {
    const value = patch[flag];
    if (value === undefined || !flagWins(value, patch.at, header[flag] ?? false, stamps[flag])) continue;
    change[flag] = value;
    if (flag === 'deleted') change.deletedAt = patch.at;
    stamped[flag] = patch.at;
  }
  const generations = openAndEnded(entry, patch.generations);
  if (generations) change.open = generations.open;
  const asked = stillAsked(entry, patch, generations?.ended ?? entry.ended);
  const asking = waiting(change.open ?? header.open, asked);
  if (!isSame(asking, header.asking)) change.asking = asking;
  const settings = newSettings(entry, patch);
  for (const name of settings) stamped[name] = patch.at;
  const isNew = Object.keys(change).length > 0 || Object.keys(stamped).length > 0;
  if (!isNew && !generations && asked === entry.asked) return entry;
  return {
    header: withSettings({ ...header, ...change }, settings, patch),
    stamps: { ...stamps, ...stamped },
    ended: generations?.ended ?? entry.ended,
    asked,
  };
}

/** A person's title outranks a model's, a model's the first words; within a rank the latest wins, ties by text. */
function titleWins(title: Title, at: number, current: Title, stamp: number): boolean {
  if (RANK[title.by] !== RANK[current.by]) return RANK[title.by] > RANK[current.by];
  return at > stamp || (at === stamp && title.text > current.text);
}

/** The settings that `patch` says later than what is known; at the same time the greater text wins. */
function newSettings({ header, stamps }: ConversationEntry, patch: ConversationPatch): Setting[] {
  return SETTINGS.filter((name) => {
    const value = patch[name];
    if (value === undefined || patch.at < stamps[name]) return false;
    return patch.at > stamps[name] || textOfSetting(value) > textOfSetting(header[name] ?? null);
  });
}

/** The same for equal values, whatever the order of their fields. */
function textOfSetting(value: ConversationPatch[Setting]): string {
  return typeof value === 'object' && value !== null ? `${value.source}\n${value.id}` : String(value ?? '');
}

function withSettings(
  header: Conversation,
  names: readonly Setting[],
  patch: ConversationPatch,
): Conversation {
  if (names.length === 0) return header;
  const next: Record<string, unknown> = { ...header };
  for (const name of names) {
    if (patch[name] === null) delete next[name];
    else next[name] = patch[name];
  }
  return next as unknown as Conversation;
}

function flagWins(value: boolean, at: number, current: boolean, stamp: number): boolean {
  return at > stamp || (at === stamp && value && !current);
}

function openAndEnded(
  entry: ConversationEntry,
  patch: ConversationPatch['generations'],
): { open: readonly string[]; ended: ReadonlySet<string> } | undefined {
  const { ended } = entry;
  const before = new Set(entry.header.open);
  // Most say what is known already; a conversation may have ended thousands, so they are copied for a new one only.
  const fresh = Object.entries(patch ?? {}).filter(
    ([id, state]) => !ended.has(id) && (state === 'ended' || !before.has(id)),
  );
  if (fresh.length === 0) return undefined;
  const over = fresh.flatMap(([id, state]) => (state === 'ended' ? [id] : []));
  const open = new Set([...before, ...fresh.map(([id]) => id)]);
  for (const id of over) open.delete(id);
  return { open: [...open].sort(), ended: over.length > 0 ? new Set([...ended, ...over]) : ended };
}

/** Whether replies wait for an answer: of each the latest word counts (at the same time: that it does), until it has ended. */
function stillAsked(
  entry: ConversationEntry,
  { at, asking = {} }: ConversationPatch,
  ended: ReadonlySet<string>,
) {
  const { asked } = entry;
  const news = Object.entries(asking).filter(([id, asks]) => {
    const known = asked.get(id);
    return !ended.has(id) && (!known || at > known.at || (at === known.at && asks && !known.asks));
  });
  const over = [...asked.keys()].filter((id) => ended.has(id));
  if (news.length + over.length === 0) return asked;
  const next = new Map(asked);
  for (const [id, asks] of news) next.set(id, { asks, at });
  for (const id of over) next.delete(id);
  return next;
}

const waiting = (open: readonly string[], asked: ConversationEntry['asked']): readonly string[] =>
  open.filter((id) => asked.get(id)?.asks);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);

/** Conversations a person sees: created and not deleted, newest activity first, ties by id. */
export function listed(list: Conversations): Conversation[] {
  return [...list.values()]
    .map((entry) => entry.header)
    .filter((header) => header.created !== undefined && !header.deleted)
    .sort((a, b) => b.active - a.active || (a.id < b.id ? -1 : 1));
}

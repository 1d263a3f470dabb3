/** The browser's database of what was read: folds with their offsets, and messages, which never change. Bounded: what was used longest ago goes. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Message } from '../../protocol/index.ts';

/** A fold as it stood: the list of conversations, or an outline. */
interface FoldRecord {
  /** `list`, `outline/CONVERSATION`, or `place/` and one of these: where it stands, which is read sooner than the rest. */
  readonly key: string;
  /** Which build wrote it: another may fold to another shape, and reads anew. */
  readonly build: string;
  /** When it was written, in ms since the epoch. */
  readonly used: number;
  readonly data: unknown;
}

interface MessageRecord {
  readonly conversation: string;
  readonly id: string;
  readonly used: number;
  readonly message: Message;
}

interface KeptSchema extends DBSchema {
  folds: { key: string; value: FoldRecord; indexes: { used: number } };
  messages: { key: [string, string]; value: MessageRecord; indexes: { used: number } };
}

interface Most {
  readonly folds: number;
  readonly messages: number;
}

/** How many of each are kept; a tenth more before the oldest go. Sixty outlines: each is two, with its place. */
export const MOST: Most = { folds: 120, messages: 20_000 };
/** A longer message, in characters of its parts, is read again. */
const LONGEST = 500_000;

export interface KeptDatabase {
  fold(key: string): Promise<unknown>;
  /** @param place where it stands: with it or not at all */
  putFold(key: string, data: unknown, place?: unknown): Promise<void>;
  messages(conversation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
  putMessages(conversation: string, messages: readonly Message[]): Promise<void>;
  /** A conversation that is deleted. */
  forget(conversation: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Rejects where the browser has none. */
export async function openDatabase(
  name: string,
  build: string,
  { now = Date.now, most = MOST }: { now?: () => number; most?: Most } = {},
): Promise<KeptDatabase> {
  const db = await openDB<KeptSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('folds', { keyPath: 'key' }).createIndex('used', 'used');
      const messages = fresh.createObjectStore('messages', { keyPath: ['conversation', 'id'] });
      messages.createIndex('used', 'used');
    },
  });
  return {
    async fold(key) {
      const found = await db.get('folds', key);
      return found?.build === build ? found.data : undefined;
    },
    async putFold(key, data, place) {
      const { store, done } = db.transaction('folds', 'readwrite');
      void store.put({ key, build, used: now(), data });
      if (place !== undefined) void store.put({ key: placeOf(key), build, used: now(), data: place });
      await done;
      await trim(db, 'folds', most.folds);
    },
    async messages(conversation, ids) {
      const { store } = db.transaction('messages');
      const found = await Promise.all(ids.map((id) => store.get([conversation, id])));
      return new Map(found.flatMap((one) => (one ? [[one.id, one.message]] : [])));
    },
    async putMessages(conversation, messages) {
      const short = messages.filter((message) => JSON.stringify(message.parts).length <= LONGEST);
      const { store, done } = db.transaction('messages', 'readwrite');
      for (const message of short) void store.put({ conversation, id: message.id, used: now(), message });
      await done;
      await trim(db, 'messages', most.messages);
    },
    async forget(conversation) {
      const key = `outline/${conversation}`;
      await Promise.all([key, placeOf(key)].map((one) => db.delete('folds', one)));
      await db.delete('messages', IDBKeyRange.bound([conversation, ''], [conversation, '\uffff']));
    },
    async clear() {
      await Promise.all([db.clear('folds'), db.clear('messages')]);
    },
    close: () => db.close(),
  };
}

export const placeOf = (key: string): string => `place/${key}`;

async function trim(db: IDBPDatabase<KeptSchema>, name: 'folds' | 'messages', most: number): Promise<void> {
  const count = await db.count(name);
  if (count <= most * 1.1) return;
  let surplus = count - most;
  const { store, done } = db.transaction(name, 'readwrite');
  let oldest = await store.index('used').openCursor();
  for (; oldest && surplus > 0; surplus -= 1) {
    void oldest.delete();
    oldest = await oldest.continue();
  }
  await done;
}

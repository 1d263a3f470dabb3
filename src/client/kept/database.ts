/** The browser's database of what was read: folds with their offsets, and messages, which never change. Bounded: what was used longest ago goes. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Message } from '../../protocol/index.ts';

/** A fold as it stood: the list of conversations, or an outline. */
interface FoldRecord {
  /** `list`, `outline/CONVERSATION`, or `place/` and one of these: where it stands, which is read sooner than the rest; `piece/N/` and one. */
  readonly key: string;
  /** Which build wrote it: another may fold to another shape, and reads anew. */
  readonly build: string;
  /** When it was written, in ms since the epoch. */
  readonly used: number;
  readonly data: unknown;
  /** How much of it is stored apart, in records of its own. Default: nothing. */
  readonly pieces?: number;
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

/**
 * How many of each are kept; a tenth more before the oldest go. Two hundred outlines: each is two, with its place, and one more for each
 * piece of a large one.
 */
export const MOST: Most = { folds: 400, messages: 20_000 };
/** A longer message, in characters of its parts, is read again. */
const LONGEST = 500_000;

interface KeptPart {
  readonly data: unknown;
  readonly pieces: readonly unknown[];
}

interface StoredWith {
  /** Where it stands. Default: it is not said. */
  readonly place?: unknown;
  /** What is stored apart: to copy all of a large fold at once would take too long. Default: nothing. */
  readonly pieces?: Iterable<unknown>;
}

export interface KeptDatabase {
  fold(key: string): Promise<unknown>;
  /** With all that is stored apart; undefined where anything of it is gone. */
  wholeFold(key: string): Promise<KeptPart | undefined>;
  /** All of it or nothing. */
  putFold(key: string, data: unknown, beside?: StoredWith): Promise<void>;
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
    async wholeFold(key) {
      const { store } = db.transaction('folds');
      const found = await store.get(key);
      if (found?.build !== build) return undefined;
      const pieces: unknown[] = [];
      for (let n = 0; n < (found.pieces ?? 0); n += 1) {
        const piece = await store.get(pieceOf(key, n));
        if (piece?.build !== build) return undefined;
        pieces.push(piece.data);
      }
      return { data: found.data, pieces };
    },
    async putFold(key, data, { place, pieces = [] } = {}) {
      const { store, done } = db.transaction('folds', 'readwrite');
      const common = { build, used: now() };
      let count = 0;
      for (const piece of pieces) {
        await store.put({ key: pieceOf(key, count), ...common, data: piece });
        count += 1;
      }
      void store.put({ key, ...common, data, pieces: count });
      if (place !== undefined) void store.put({ key: placeOf(key), ...common, data: place });
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
      const pieces = (await db.get('folds', key))?.pieces ?? 0;
      const apart = Array.from({ length: pieces }, (_, n) => pieceOf(key, n));
      await Promise.all([key, placeOf(key), ...apart].map((one) => db.delete('folds', one)));
      await db.delete('messages', IDBKeyRange.bound([conversation, ''], [conversation, '\uffff']));
    },
    async clear() {
      await Promise.all([db.clear('folds'), db.clear('messages')]);
    },
    close: () => db.close(),
  };
}

export const placeOf = (key: string): string => `place/${key}`;
const pieceOf = (key: string, n: number): string => `piece/${n}/${key}`;

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

/** The browser's database of what was read: folds with their offsets, and messages, which never change. Bounded: what was used longest ago goes. */
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { Message } from '../../protocol/index.ts';
import { replyName } from '../folds/kept-first.ts';
import type { KeptBeside } from './kept.ts';

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

/** Something else of a conversation, beside its messages: what was viewed last, a reply as far as it was heard. */
interface BesideRecord {
  readonly conversation: string;
  /** Its name. It has a space, which ids of messages have not. */
  readonly id: string;
  readonly used: number;
  readonly build: string;
  readonly data: unknown;
}

interface KeptSchema extends DBSchema {
  folds: { key: string; value: FoldRecord; indexes: { used: number } };
  messages: { key: [string, string]; value: MessageRecord | BesideRecord; indexes: { used: number } };
}

interface Most {
  readonly folds: number;
  readonly messages: number;
}

/**
 * How many of each are kept; a tenth more before the oldest go. Two hundred outlines: each is two, with its place, and one more for each
 * piece of a large one.
 */
const MOST: Most = { folds: 400, messages: 20_000 };
/** So many messages are looked through in a task. */
const AT_A_TIME = 200;
/** A longer message, in characters of its parts, is read again. */
const LONGEST = 500_000;

interface KeptPart {
  readonly data: unknown;
  /** In ms since the epoch. */
  readonly written: number;
  readonly pieces: readonly unknown[];
}

/** A fold as it is written. */
export interface FoldToKeep {
  readonly key: string;
  readonly data: unknown;
  /** Where it stands. Default: it is not said. */
  readonly place?: unknown;
  /** What is stored apart: to copy all of a large fold at once would take too long. Default: nothing. */
  readonly pieces?: Iterable<unknown>;
}

/** What is written together. Default of each: nothing. */
export interface ToKeep {
  readonly folds?: readonly FoldToKeep[];
  readonly messages?: readonly (readonly [conversation: string, message: Message])[];
  readonly beside?: readonly KeptBeside[];
}

export interface KeptDatabase {
  fold(key: string): Promise<unknown>;
  /** With all that is stored apart, and when it was written; undefined where anything of it is gone. */
  wholeFold(key: string): Promise<KeptPart | undefined>;
  messages(conversation: string, ids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
  beside(conversation: string, name: string): Promise<unknown>;
  /**
   * All of it or nothing: a message is never kept without the tree that says so. A reply as far as it was heard goes with its message.
   * @param atOnce the page is left: everything is handed to the browser before this returns, which then finishes it without the page.
   */
  write(what: ToKeep, atOnce?: boolean): Promise<void>;
  /** A conversation that is deleted. */
  forget(conversation: string): Promise<void>;
  /** Messages of any conversation, in no order; `most` at most. */
  find(
    isMeant: (message: Message) => boolean,
    most: number,
  ): Promise<readonly { readonly conversation: string; readonly message: Message }[]>;
  counts(): Promise<{ readonly conversations: number; readonly messages: number }>;
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
      const { store, done } = db.transaction('folds');
      handed(done);
      const found = await store.get(key);
      if (found?.build !== build) return undefined;
      const pieces: unknown[] = [];
      for (let n = 0; n < (found.pieces ?? 0); n += 1) {
        const piece = await store.get(pieceOf(key, n));
        if (piece?.build !== build) return undefined;
        pieces.push(piece.data);
      }
      return { data: found.data, written: found.used, pieces };
    },
    async messages(conversation, ids) {
      const { store, done } = db.transaction('messages');
      handed(done);
      const found = await Promise.all(ids.map((id) => store.get([conversation, id])));
      return new Map(found.flatMap((one) => (one && 'message' in one ? [[one.id, one.message]] : [])));
    },
    async beside(conversation, name) {
      const found = await db.get('messages', [conversation, name]);
      return found && 'data' in found && found.build === build ? found.data : undefined;
    },
    async write(what, atOnce = false) {
      const { folds = [], messages = [], beside = [] } = what;
      // Whoever reads messages does not wait for a fold.
      const isOfFolds = messages.length + beside.length === 0;
      const tx = db.transaction(isOfFolds ? ['folds'] : ['folds', 'messages'], 'readwrite');
      handed(tx.done);
      const common = { build, used: now() };
      try {
        if (!isOfFolds) putOfConversations(tx.objectStore('messages'), what, common);
        const store = tx.objectStore('folds');
        const copied = folds.map((fold) => putFold(store, fold, common, atOnce));
        // Without it what was handed over is given up with the page.
        if (atOnce) tx.commit();
        await Promise.all(copied);
      } catch (error) {
        abort(tx);
        throw error;
      }
      await tx.done;
      if (atOnce) return;
      // What could not be made room for is the next time: what was to be written is.
      if (folds.length > 0) await trim(db, 'folds', most.folds).catch(() => {});
      if (!isOfFolds) await trim(db, 'messages', most.messages).catch(() => {});
    },
    async forget(conversation) {
      const key = `outline/${conversation}`;
      const pieces = (await db.get('folds', key))?.pieces ?? 0;
      const apart = Array.from({ length: pieces }, (_, n) => pieceOf(key, n));
      await Promise.all([key, placeOf(key), ...apart].map((one) => db.delete('folds', one)));
      await db.delete('messages', IDBKeyRange.bound([conversation, ''], [conversation, '\uffff']));
    },
    async find(isMeant, most) {
      const found: { conversation: string; message: Message }[] = [];
      let range: IDBKeyRange | undefined;
      while (found.length < most) {
        const some = await db.getAll('messages', range, AT_A_TIME);
        for (const one of some)
          if ('message' in one && isMeant(one.message))
            found.push({ conversation: one.conversation, message: one.message });
        const last = some.at(-1);
        if (!last) break;
        range = IDBKeyRange.lowerBound([last.conversation, last.id], true);
      }
      return found.slice(0, most);
    },
    async counts() {
      const outlines = IDBKeyRange.bound('outline/', 'outline/\uffff');
      const [conversations, keys] = await Promise.all([
        db.count('folds', outlines),
        db.getAllKeys('messages'),
      ]);
      // Ids have no spaces; what is kept beside messages has.
      return { conversations, messages: keys.filter(([, id]) => !id.includes(' ')).length };
    },
    async clear() {
      await Promise.all([db.clear('folds'), db.clear('messages')]);
    },
    close: () => db.close(),
  };
}

type StoreToPut<Name extends 'folds' | 'messages'> = IDBPObjectStore<
  KeptSchema,
  ('folds' | 'messages')[],
  Name,
  'readwrite'
>;
type Common = Pick<FoldRecord, 'build' | 'used'>;

function putOfConversations(
  store: StoreToPut<'messages'>,
  { messages = [], beside = [] }: ToKeep,
  common: Common,
): void {
  for (const { conversation, name, data } of beside)
    handed(store.put({ conversation, id: name, ...common, data }));
  for (const [conversation, message] of messages) {
    handed(store.delete([conversation, replyName(message.id)]));
    if (JSON.stringify(message.parts).length > LONGEST) continue;
    handed(store.put({ conversation, id: message.id, used: common.used, message }));
  }
}

/** With `atOnce` nothing is left to do when it returns. */
async function putFold(
  store: StoreToPut<'folds'>,
  { key, data, place, pieces = [] }: FoldToKeep,
  common: Common,
  atOnce: boolean,
): Promise<void> {
  let count = 0;
  for (const piece of pieces) {
    const copied = store.put({ key: pieceOf(key, count), ...common, data: piece });
    if (atOnce) handed(copied);
    else await copied;
    count += 1;
  }
  handed(store.put({ key, ...common, data, pieces: count }));
  if (place !== undefined) handed(store.put({ key: placeOf(key), ...common, data: place }));
}

/** The transaction says whether it failed. */
function handed(request: Promise<unknown>): void {
  request.catch(() => {});
}

/** Fine for one that is over. */
function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended by itself.
  }
}

export const placeOf = (key: string): string => `place/${key}`;
const pieceOf = (key: string, n: number): string => `piece/${n}/${key}`;

async function trim(db: IDBPDatabase<KeptSchema>, name: 'folds' | 'messages', most: number): Promise<void> {
  const count = await db.count(name);
  if (count <= most * 1.1) return;
  let surplus = count - most;
  const { store, done } = db.transaction(name, 'readwrite');
  handed(done);
  let oldest = await store.index('used').openCursor();
  for (; oldest && surplus > 0; surplus -= 1) {
    handed(oldest.delete());
    oldest = await oldest.continue();
  }
  await done;
}

/**
 * Keeps the words of all conversations on disk up to date (decision 0244): reads what it does not have, the newest conversations first,
 * gently and in the background; after that whatever is written.
 */
import { setTimeout } from 'node:timers/promises';
import { backoff } from '../../../protocol/backoff.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { type MessageHeader, prunedIn, type Tree } from '../../../tree/index.ts';
import { EngineError } from '../../engine/index.ts';
import { ClosingStore, type Portion, type WordStore } from '../../word-index/index.ts';
import type { Store } from '../index/store.ts';
import { isUnavailable } from '../kit/refusals.ts';
import { rangesOf, readRange } from './ranges.ts';
import { standingsIn, storedMessage } from './stored-message.ts';

/** Of words that are handed over in one step, in UTF-16 units. */
const PORTION = 500_000;
/** Messages that are read with one request, at most. */
const AT_ONCE = 250;
/** What is said one after another is taken together, in ms. */
const PAUSE = 300;
/** Nothing is looked at before the first page was given, in ms. */
const BEGIN = 1_000;
/** After a failure it is tried again, in ms; later and later while it goes on. */
const RETRY = 5_000;
const LONGEST_RETRY = 600_000;
/** How often another server's writes are looked for, in ms. */
const OTHERS = 5_000;
/** How long a step may still take once it is to stop, in ms. */
const LAST_STEP = 500;
/** Conversations whose ids are kept here, so that a message more costs no look at all of them. */
const KEPT = 64;

export interface FeedProgress {
  readonly done: number;
  readonly of: number;
}

type FeedStore = Pick<Store, 'engine' | 'list' | 'outlines' | 'timers' | 'trouble' | 'alone'>;

export class Feed {
  readonly #store: FeedStore;
  readonly #words: WordStore;
  /** What was written, or is to be looked at: the first is next. `false`: of the first look through all. */
  readonly #waiting = new Map<string, boolean>();
  readonly #ids = new Map<string, Set<string>>();
  readonly #cursors = new Map<string, string>();
  readonly #archived = new Set<string>();
  /** Portions that go with the next step. */
  #portions: Portion[] = [];
  #size = 0;
  /** The latest `active` of what is kept: what is older, and new here, goes below. */
  #newest = Number.NEGATIVE_INFINITY;
  #work: Promise<void> | undefined;
  #begun = false;
  #failures = 0;
  readonly #stopping = new AbortController();
  #of = 0;

  constructor(store: FeedStore, words: WordStore) {
    this.#store = store;
    this.#words = words;
  }

  /** Conversations of the first look that are done; undefined: all are. */
  get progress(): FeedProgress | undefined {
    if (!this.#begun) return { done: 0, of: this.#store.list.entries.size };
    const left = [...this.#waiting.values()].filter((urgent) => !urgent).length;
    return left > 0 ? { done: this.#of - left, of: this.#of } : undefined;
  }

  /** Looks through all conversations, and follows what is written from now on. Never throws. */
  start(): void {
    this.#store.timers.once('words', BEGIN, () => this.again());
    if (!this.#store.alone) this.#lookForOthers();
  }

  /** Something was written in it. */
  note(conversation: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#store.timers.once(`words ${conversation}`, PAUSE, () => {
      this.#waiting.delete(conversation);
      this.#waiting.set(conversation, true);
      this.#run();
    });
  }

  /** What is kept is gone: everything is read anew. */
  again(): void {
    this.#begun = false;
    this.#forgetAll();
    const begin = async (): Promise<void> => {
      await this.idle();
      this.#forgetAll();
      await this.#begin();
    };
    begin().catch((error) => this.#failed(error));
  }

  /** Resolves when nothing waits. For tests, and for who closes what is fed. */
  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  /** What is being written is finished or not, as it comes: it is read again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waiting.clear();
    await Promise.race([this.idle(), setTimeout(LAST_STEP, undefined, { ref: false })]);
  }

  async #begin(): Promise<void> {
    const [kept, list] = await Promise.all([this.#words.conversations(), this.#store.list.refresh()]);
    for (const { id, cursor, archived } of kept) {
      this.#cursors.set(id, cursor);
      if (archived) this.#archived.add(id);
      // What was deleted for good, or is of a folder that was another before.
      if (!list.has(id)) this.#waiting.set(id, false);
    }
    // Of nothing kept, all that is there now is old.
    const counted = kept.length > 0 ? kept.map(({ id }) => list.get(id)) : [...list.values()];
    for (const entry of counted) this.#newest = Math.max(this.#newest, entry?.header.active ?? 0);
    for (const { id } of this.#inOrder([...list.values()].map(({ header }) => header)))
      this.#waiting.set(id, this.#waiting.get(id) ?? false);
    this.#of = this.#waiting.size;
    this.#begun = true;
    this.#run();
  }

  /** What is newer than all that is kept in the order it came to be; the rest backwards, as that goes below. */
  #inOrder(headers: readonly Conversation[]): readonly Conversation[] {
    const sorted = [...headers].sort((a, b) => a.active - b.active);
    const fresh = sorted.filter((header) => this.#ageOf(header) === 'new');
    const old = sorted.filter((header) => this.#ageOf(header) === 'old');
    return [...fresh, ...old.reverse()];
  }

  #ageOf({ id, active }: Conversation): Portion['age'] {
    return this.#cursors.has(id) || active >= this.#newest ? 'new' : 'old';
  }

  #run(): void {
    if (this.#work || this.#stopping.signal.aborted || !this.#begun) return;
    this.#work = this.#drain()
      .catch((error) => this.#failed(error))
      .finally(() => {
        this.#work = undefined;
        if (this.#begun && this.#waiting.size > 0) this.#run();
      });
  }

  async #drain(): Promise<void> {
    for (let next = this.#next(); next; next = this.#next()) {
      const [conversation, urgent] = next;
      const began = performance.now();
      const read = await this.#lookSurely(conversation);
      if (this.#size > PORTION || urgent || this.#waiting.size <= 1) await this.#handOver();
      this.#waiting.delete(conversation);
      if (this.#stopping.signal.aborted) return;
      // Half a core at most, and others first.
      if (!urgent && read) await this.#rest(performance.now() - began);
    }
    await this.#handOver();
  }

  #next(): [string, boolean] | undefined {
    for (const entry of this.#waiting) if (entry[1]) return entry;
    const [first] = this.#waiting;
    return first;
  }

  async #rest(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  /** What is damaged is in nobody's way. */
  async #lookSurely(conversation: string): Promise<boolean> {
    try {
      return await this.#look(conversation);
    } catch (error) {
      if (!(error instanceof EngineError) || isUnavailable(error)) throw error;
      this.#store.trouble(error);
      return true;
    }
  }

  /** Whether there was something to read. */
  async #look(conversation: string): Promise<boolean> {
    const entry = this.#store.list.entries.get(conversation);
    const { header } = entry ?? {};
    if (header?.created === undefined || header.deleted) return this.#remove(conversation);
    if (await this.#isKnown(header)) return false;
    const outline = await this.#store.outlines.inPassing(conversation);
    const { tree } = outline;
    const cursor = cursorOf(outline.newest, outline.position);
    let known = await this.#known(conversation);
    if ([...known].some((id) => !tree.messages.has(id))) {
      // An engine that was restored from a backup, or another one.
      await this.#remove(conversation);
      known = await this.#known(conversation);
    }
    const given = { conversation, archived: header.archived, age: this.#ageOf(header) };
    const fresh = [...tree.messages.values()].filter(({ id }) => !known.has(id));
    for (const slice of slicesOf(fresh)) {
      const messages = await readRange(this.#store.engine, conversation, slice);
      const kept = slice.map((each) => storedMessage(tree, each, messages.get(each.id)));
      for (const { id } of kept) known.add(id);
      await this.#add({ ...given, messages: kept });
      if (this.#stopping.signal.aborted) return true;
    }
    await this.#add({ ...given, messages: [], whole: wholeOf(cursor, tree) });
    this.#cursors.set(conversation, cursor);
    if (header.archived) this.#archived.add(conversation);
    else this.#archived.delete(conversation);
    if (given.age === 'new') this.#newest = Math.max(this.#newest, header.active);
    return true;
  }

  /** By where its outline ends. */
  async #isKnown({ id, archived }: Conversation): Promise<boolean> {
    const cursor = this.#cursors.get(id);
    if (!cursor || archived !== this.#archived.has(id)) return false;
    const [stream = ''] = cursor.split(' ');
    const head = await this.#store.engine.head(stream);
    return head !== null && !head.closed && cursorOf(stream, head.next) === cursor;
  }

  async #known(conversation: string): Promise<Set<string>> {
    const kept =
      this.#ids.get(conversation) ??
      new Set(this.#cursors.has(conversation) ? await this.#words.messages(conversation) : []);
    this.#ids.delete(conversation);
    this.#ids.set(conversation, kept);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > KEPT && oldest !== undefined) this.#ids.delete(oldest);
    return kept;
  }

  async #remove(conversation: string): Promise<boolean> {
    if (!this.#cursors.has(conversation)) return false;
    await this.#handOver();
    await this.#words.forget(conversation);
    this.#ids.delete(conversation);
    this.#cursors.delete(conversation);
    this.#archived.delete(conversation);
    return true;
  }

  async #add(portion: Portion): Promise<void> {
    this.#portions.push(portion);
    this.#size += portion.messages.reduce((sum, { text }) => sum + text.length + 100, 100);
    this.#cursors.set(portion.conversation, this.#cursors.get(portion.conversation) ?? '');
    if (this.#size > PORTION) await this.#handOver();
  }

  async #handOver(): Promise<void> {
    if (this.#portions.length === 0) return;
    const portions = this.#portions;
    this.#portions = [];
    this.#size = 0;
    await this.#words.take(portions);
    this.#failures = 0;
  }

  #failed(error: unknown): void {
    if (this.#stopping.signal.aborted || error instanceof ClosingStore) return;
    this.#store.trouble(error);
    this.#begun = false;
    this.#forgetAll();
    this.#store.timers.once('words', backoff(this.#failures, RETRY, LONGEST_RETRY), () => this.again());
    this.#failures += 1;
  }

  /** What is kept is asked for anew: what was on its way may be there or not. */
  #forgetAll(): void {
    this.#waiting.clear();
    this.#ids.clear();
    this.#cursors.clear();
    this.#archived.clear();
    this.#portions = [];
    this.#size = 0;
    this.#newest = Number.NEGATIVE_INFINITY;
  }

  /** What another server wrote is said in `conversations` too, but for marks: those are seen at the next start, or with the next message. */
  #lookForOthers(): void {
    let seen = this.#store.list.entries;
    const look = async (): Promise<void> => {
      const list = await this.#store.list.refresh();
      for (const [id, entry] of list) if (seen.get(id) !== entry) this.note(id);
      seen = list;
    };
    const next = (): void =>
      this.#store.timers.once('words of others', OTHERS, () => {
        // What fails is looked for the next time.
        void look()
          .catch(() => {})
          .finally(next);
      });
    next();
  }
}

const wholeOf = (cursor: string, tree: Tree): NonNullable<Portion['whole']> => ({
  ...{ cursor, standings: standingsIn(tree), hidden: prunedIn(tree).length },
});

const cursorOf = (stream: string, offset: string): string => `${stream} ${offset}`;

/** What is read with one request. */
function slicesOf(headers: readonly MessageHeader[]): readonly (readonly MessageHeader[])[] {
  return rangesOf(headers).flatMap((range) =>
    Array.from({ length: Math.ceil(range.length / AT_ONCE) }, (_, at) =>
      range.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    ),
  );
}

/**
 * An index folded in memory, with the position up to which it is folded (rule 1 of docs/architecture.md), over all of its
 * segments (docs/protocol.md, "Roll-over").
 *
 * The fold is idempotent and order-free, so a write needs no place of its own: after a lost response it is enough to
 * read on and to say again what is not there yet. Several servers may write the same stream, and roll it over.
 */
import type * as z from 'zod/mini';
import { counted, readItems, segmentStream, snapshotSchema, VERSION } from '../../../protocol/index.ts';
import {
  type AppendResult,
  type Engine,
  type Offset,
  readAll,
  START,
  StreamMissing,
} from '../../engine/index.ts';
import { KeyedQueue } from '../kit/queue.ts';
import { isForgotten, isUnavailable, noAnswer } from '../kit/refusals.ts';

const ATTEMPTS = 3;

/** How many items a segment takes after its snapshot; as many as the snapshot itself has, if those are more. */
export const SEGMENT_ITEMS = 20_000;
/** An index whose snapshot is longer stays in its segment, in characters of JSON: a snapshot is one POST. */
const LONGEST_SNAPSHOT = 16 * 1024 * 1024;

export interface IndexFold<State, Item, Change = Item> {
  /** Of items that are written. */
  readonly schema: z.ZodMiniType<Item>;
  /** What items of any version say. Never throws. */
  readonly read: (items: readonly unknown[]) => readonly Change[];
  readonly empty: State;
  /** Returns the same object when nothing was new. */
  readonly fold: (state: State, changes: readonly Change[]) => State;
  /** Whether a fold of it would give another state: for the price of a look, where a fold copies what it changes. */
  readonly isNew: (state: State, item: Item) => boolean;
  /** Items that fold to the state. */
  readonly snapshot: (state: State) => readonly unknown[];
}

/** Where an index is read: null until it was found. `closed`: it is read up to its `rolled` item. */
interface Segment {
  readonly number: number;
  readonly position: Offset;
  /** Items after the snapshot, and items of the snapshot. */
  readonly items: number;
  readonly snapshot: number;
  readonly closed: boolean;
}

const segmentAt = (number: number): Segment => ({
  number,
  position: START,
  items: 0,
  snapshot: 0,
  closed: false,
});

export class IndexStream<State, Item, Change = Item> {
  /** The first segment. */
  readonly stream: string;
  readonly #engine: Engine;
  readonly #fold: IndexFold<State, Item, Change>;
  readonly #most: number;
  readonly #queue = new KeyedQueue();
  #state: State;
  #segment: Segment | null = null;
  /** The last time the engine did not answer a write. */
  #trouble: unknown;

  /** @param most items in a segment. Default: `SEGMENT_ITEMS`. */
  constructor(engine: Engine, stream: string, fold: IndexFold<State, Item, Change>, most = SEGMENT_ITEMS) {
    this.#engine = engine;
    this.stream = stream;
    this.#fold = fold;
    this.#most = most;
    this.#state = fold.empty;
  }

  /** As of the last read or write. */
  get state(): State {
    return this.#state;
  }

  /** The stream in which the index goes on, as of the last read or write. */
  get newest(): string {
    return segmentStream(this.stream, this.#segment?.number ?? 1);
  }

  /** Reads what is new. Throws EngineError; StreamMissing when there is no such stream. */
  refresh(): Promise<State> {
    return this.#queue.run('', () => this.#read());
  }

  /** Says `items` in one POST, without those the state already holds. Throws EngineError if they may not be there. */
  write(items: readonly Item[]): Promise<State> {
    return this.#queue.run('', () => this.#write(items));
  }

  /**
   * An engine that was restored from a backup, or emptied, does not know offsets it gave before: what it has now is all there is, and is
   * read anew.
   */
  async #read(): Promise<State> {
    const known = this.#segment !== null;
    try {
      return await this.#readOn();
    } catch (error) {
      if (!known || !isForgotten(error)) throw error;
      this.#state = this.#fold.empty;
      this.#segment = null;
      return this.#readOn();
    }
  }

  async #readOn(): Promise<State> {
    this.#segment ??= segmentAt(await this.#find());
    for (;;) {
      if (!this.#segment.closed) await this.#readSegment(this.#segment);
      if (!this.#segment.closed) return this.#state;
      await this.#moveOn(this.#segment.number + 1);
    }
  }

  /** The newest segment that holds something: its items are all that counts. */
  async #find(): Promise<number> {
    let number = 0;
    for (;;) {
      const head = await this.#engine.head(segmentStream(this.stream, number + 1));
      if (!head) break;
      number += 1;
      if (!head.closed) break;
    }
    if (number === 0) throw new StreamMissing(this.stream);
    if (number === 1) return number;
    // Its maker may have died before writing the snapshot.
    const { items } = await this.#engine.read(segmentStream(this.stream, number), START, { maxItems: 1 });
    return items.length > 0 ? number : number - 1;
  }

  async #readSegment({ number, position }: Segment): Promise<void> {
    const { items, next } = await readAll(this.#engine, segmentStream(this.stream, number), position);
    this.#take(items, next);
  }

  /** Goes on in a segment once its snapshot was seen there; before that, nothing else is said in it. */
  async #moveOn(number: number): Promise<void> {
    const stream = segmentStream(this.stream, number);
    await this.#engine.create(stream);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { items, next } = await readAll(this.#engine, stream, START);
      if (items.length > 0) {
        this.#segment = segmentAt(number);
        return this.#take(items, next);
      }
      // Of several servers one is heard. The others find its snapshot, which says the same.
      await this.#postSurely(() => this.#engine.append(stream, this.#snapshot(), { seq: '0' }));
    }
    throw noAnswer('writing', stream, this.#trouble);
  }

  #snapshot(): readonly unknown[] {
    const items = this.#fold.snapshot(this.#state);
    return [{ v: VERSION, kind: 'snapshot', items: items.length }, ...items];
  }

  async #write(items: readonly Item[]): Promise<State> {
    if (readItems(this.#fold.schema, items).length < items.length) {
      throw new TypeError(`an item for ${this.stream} breaks its own schema`);
    }
    if (!this.#segment) await this.#read();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const missing = items.filter((item) => this.#isNew(item));
      if (missing.length === 0) return this.#state;
      await this.#post(missing);
      if (!items.some((item) => this.#isNew(item))) {
        await this.#rollWhenDue();
        return this.#state;
      }
    }
    throw noAnswer('writing', this.stream, this.#trouble);
  }

  /** Whatever the answer: the state then holds what is known to be there. */
  async #post(items: readonly Item[]): Promise<void> {
    const { number, position } = this.#segment as Segment;
    const stream = segmentStream(this.stream, number);
    const result = await this.#postSurely(() => this.#engine.append(stream, items));
    if (result?.kind === 'appended' && result.start === position) return this.#take(items, result.next);
    await this.#read();
    if (result?.kind === 'closed' && this.#segment?.number === number) {
      throw new Error(`${stream} takes no more items`);
    }
  }

  /** Null: the outcome is unknown. */
  async #postSurely(post: () => Promise<AppendResult>): Promise<AppendResult | null> {
    try {
      return await post();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#trouble = error;
      return null;
    }
  }

  /** What was to be said is said: when the engine fails here, the next write tries again. */
  async #rollWhenDue(): Promise<void> {
    const { number, items, snapshot } = this.#segment as Segment;
    if (items < Math.max(this.#most, snapshot) || !this.#mayRoll()) return;
    const rolled = { v: VERSION, kind: 'rolled', next: segmentStream(this.stream, number + 1) };
    try {
      await this.#engine.append(segmentStream(this.stream, number), [rolled], { close: true });
      await this.#read();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  #mayRoll(): boolean {
    return JSON.stringify(this.#snapshot()).length <= LONGEST_SNAPSHOT;
  }

  /** Folds what was read or written next in the segment; what does not count is not folded. */
  #take(read: readonly unknown[], position: Offset): void {
    const segment = this.#segment as Segment;
    const { items, next } = counted(read);
    const mark = segment.position === START ? snapshotSchema.safeParse(items[0]) : null;
    const snapshot = mark?.success ? mark.data.items + 1 : segment.snapshot;
    // A snapshot has all that counts; what it leaves out is dropped from memory too.
    this.#state = mark?.success ? this.#folded(items, this.#fold.empty) : this.#folded(items);
    this.#segment = {
      number: segment.number,
      position,
      snapshot,
      items: segment.items + items.length - (snapshot - segment.snapshot),
      closed: next !== null,
    };
  }

  /** Of an item that keeps its schema. */
  #isNew(item: Item): boolean {
    return this.#fold.isNew(this.#state, item);
  }

  #folded(items: readonly unknown[], from = this.#state): State {
    return this.#fold.fold(from, this.#fold.read(items));
  }
}

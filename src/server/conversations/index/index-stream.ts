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

/** A full segment is closed when nothing was written for so long, in ms: the next who writes need not wait for it. */
const QUIET_MS = 2000;

/** How many items a segment takes after its snapshot; as many as the snapshot itself has, if those are more. */
const SEGMENT_ITEMS = 20_000;
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
  /** Where its snapshot ends, if this process wrote that. */
  readonly snapshotEnd: Offset | null;
  /** How many items it had when it was first found full; null: it is not. */
  readonly fullAt: number | null;
  readonly closed: boolean;
}

const segmentAt = (number: number): Segment => ({
  number,
  position: START,
  items: 0,
  snapshot: 0,
  snapshotEnd: null,
  fullAt: null,
  closed: false,
});

export interface SegmentOptions {
  /** Items in a segment after its snapshot. Default: `SEGMENT_ITEMS`. */
  readonly most?: number | undefined;
  /**
   * Runs a task after so many ms, in place of the one that waits for this index. Default: a full segment is closed by the write that
   * fills it, and that write waits for it.
   */
  readonly later?: ((ms: number, task: () => void) => void) | undefined;
  /** Told what the engine failed at while nobody waited. Default: nothing. */
  readonly trouble?: ((error: unknown) => void) | undefined;
}

export class IndexStream<State, Item, Change = Item> {
  /** The first segment. */
  readonly stream: string;
  readonly #engine: Engine;
  readonly #fold: IndexFold<State, Item, Change>;
  readonly #most: number;
  readonly #options: SegmentOptions;
  readonly #queue = new KeyedQueue();
  #state: State;
  #segment: Segment | null = null;
  /** The last time the engine did not answer a write. */
  #trouble: unknown;

  constructor(
    engine: Engine,
    stream: string,
    fold: IndexFold<State, Item, Change>,
    options: SegmentOptions = {},
  ) {
    this.#engine = engine;
    this.stream = stream;
    this.#fold = fold;
    this.#most = options.most ?? SEGMENT_ITEMS;
    this.#options = options;
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

  /** Where the snapshot of the newest segment ends; null: not known here. As of the last read or write. */
  get snapshotEnd(): Offset | null {
    return this.#segment?.snapshotEnd ?? null;
  }

  /** Up to where its newest segment is folded, as of the last read or write; empty: it was not read yet. */
  get position(): Offset {
    return this.#segment?.position ?? '';
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

  /** Goes on in a segment once its snapshot is there; before that, nothing else is said in it. */
  async #moveOn(number: number): Promise<void> {
    const stream = segmentStream(this.stream, number);
    await this.#engine.create(stream);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { items, next } = await readAll(this.#engine, stream, START);
      if (items.length > 0) return this.#begin(number, items, next);
      // Of several servers one is heard. The others find its snapshot, which says the same.
      const snapshot = this.#snapshot();
      const result = await this.#postSurely(() => this.#engine.append(stream, snapshot, { seq: '0' }));
      // Past an engine that forgot the first one it may stand behind that, and behind what was said since: then all of it is read.
      if (result?.kind === 'appended' && result.start === next)
        return this.#begin(number, snapshot, result.next, result.next);
    }
    throw noAnswer('writing', stream, this.#trouble);
  }

  #begin(number: number, items: readonly unknown[], next: Offset, snapshotEnd: Offset | null = null): void {
    this.#segment = { ...segmentAt(number), snapshotEnd };
    this.#take(items, next);
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
        await this.#rollWhenFull();
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

  /**
   * Closes a full segment in a quiet moment; now, where none came while as much again was written. What was to be said is said: when the
   * engine fails here, the next write tries again.
   */
  async #rollWhenFull(): Promise<void> {
    const segment = this.#segment as Segment;
    if (!this.#isFull(segment)) return;
    const fullAt = segment.fullAt ?? segment.items;
    this.#segment = { ...segment, fullAt };
    const { later, trouble } = this.#options;
    if (!later || segment.items - fullAt >= this.#most) return this.#roll();
    later(QUIET_MS, () => {
      this.#queue.run('', () => this.#roll()).catch((error) => trouble?.(error));
    });
  }

  #isFull({ items, snapshot, closed }: Segment): boolean {
    return !closed && items >= Math.max(this.#most, snapshot);
  }

  async #roll(): Promise<void> {
    const segment = this.#segment as Segment;
    if (!this.#isFull(segment) || !this.#isShort(this.#snapshot())) return;
    const { number } = segment;
    const rolled = { v: VERSION, kind: 'rolled', next: segmentStream(this.stream, number + 1) };
    try {
      await this.#engine.append(segmentStream(this.stream, number), [rolled], { close: true });
      await this.#read();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  #isShort(snapshot: readonly unknown[]): boolean {
    let length = 0;
    for (const item of snapshot) {
      length += JSON.stringify(item).length;
      if (length > LONGEST_SNAPSHOT) return false;
    }
    return true;
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
      ...segment,
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

/**
 * An index stream folded in memory, with the position up to which it is folded (rule 1 of docs/architecture.md).
 *
 * The fold is idempotent and order-free, so a write needs no place of its own: after a lost response it is enough to
 * read on and to say again what is not there yet. Several servers may write the same stream.
 */
import type * as z from 'zod/mini';
import { readItems } from '../../protocol/index.ts';
import { type Engine, EngineUnavailable, type Offset, readAll, START } from '../engine/index.ts';
import { KeyedQueue } from './queue.ts';
import { isUnavailable } from './refusals.ts';

const ATTEMPTS = 3;

export interface IndexFold<State, Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  readonly empty: State;
  /** Returns the same object when nothing was new. */
  readonly fold: (state: State, items: readonly z.infer<Schema>[]) => State;
}

export class IndexStream<State, Schema extends z.ZodMiniType> {
  readonly stream: string;
  readonly #engine: Engine;
  readonly #fold: IndexFold<State, Schema>;
  readonly #queue = new KeyedQueue();
  #state: State;
  #position: Offset = START;

  constructor(engine: Engine, stream: string, fold: IndexFold<State, Schema>) {
    this.#engine = engine;
    this.stream = stream;
    this.#fold = fold;
    this.#state = fold.empty;
  }

  /** As of the last read or write. */
  get state(): State {
    return this.#state;
  }

  /** Reads what is new. Throws EngineError; StreamMissing when there is no such stream. */
  refresh(): Promise<State> {
    return this.#queue.run('', () => this.#read());
  }

  /** Says `items` in one POST, without those the state already holds. Throws EngineError if they may not be there. */
  write(items: readonly z.infer<Schema>[]): Promise<State> {
    return this.#queue.run('', () => this.#write(items));
  }

  async #read(): Promise<State> {
    const { items, next } = await readAll(this.#engine, this.stream, this.#position);
    this.#state = this.#folded(items);
    this.#position = next;
    return this.#state;
  }

  async #write(items: readonly z.infer<Schema>[]): Promise<State> {
    if (readItems(this.#fold.schema, items).length < items.length) {
      throw new TypeError(`an item for ${this.stream} breaks its own schema`);
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const missing = items.filter((item) => this.#folded([item]) !== this.#state);
      if (missing.length === 0) return this.#state;
      if (await this.#post(missing)) return this.#state;
    }
    throw new EngineUnavailable(`No answer while writing ${this.stream}.`, this.stream);
  }

  /** True when `items` are there for sure; else what is there was read. */
  async #post(items: readonly z.infer<Schema>[]): Promise<boolean> {
    try {
      const result = await this.#engine.append(this.stream, items);
      if (result.kind !== 'appended') throw new Error(`${this.stream} takes no more items`);
      if (result.start !== this.#position) await this.#read();
      else {
        this.#state = this.#folded(items);
        this.#position = result.next;
      }
      return true;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await this.#read();
      return false;
    }
  }

  #folded(items: readonly unknown[]): State {
    return this.#fold.fold(this.#state, readItems(this.#fold.schema, items));
  }
}

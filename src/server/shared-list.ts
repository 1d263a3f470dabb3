/**
 * A list of things by id that several servers share, as an index on the engine: folded in memory, order-free, rolled over as every index
 * (docs/protocol.md, "Roll-over"). The stream is made when something is said first.
 */
import type * as z from 'zod/mini';
import { is, isBookkeeping } from '../protocol/fields.ts';
import { type IndexFold, IndexStream } from './conversations/index/index-stream.ts';
import { isMissing } from './conversations/kit/refusals.ts';
import type { Engine } from './engine/index.ts';

export interface SharedListFold<Entry, Item extends { readonly id: string }> {
  readonly schema: z.ZodMiniType<Item>;
  /** The same object when the item says nothing new. */
  readonly merge: (before: Entry | undefined, item: Item) => Entry;
  /** Items that fold to the entry; none: it need not be known any longer. */
  readonly snapshot: (id: string, entry: Entry) => readonly Item[];
}

interface Folded<Entry> {
  readonly entries: ReadonlyMap<string, Entry>;
  /** What a later version says, by its text: kept for the next segment. */
  readonly others: ReadonlyMap<string, unknown>;
}

export class SharedList<Entry, Item extends { readonly id: string }> {
  readonly #engine: Engine;
  readonly #index: IndexStream<Folded<Entry>, Item, unknown>;

  constructor(engine: Engine, stream: string, fold: SharedListFold<Entry, Item>) {
    this.#engine = engine;
    this.#index = new IndexStream(engine, stream, indexFold(fold));
  }

  /** As of the last read or write; in the order in which they were said first. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#index.state.entries;
  }

  /** Reads what is new. Throws EngineError. */
  async refresh(): Promise<ReadonlyMap<string, Entry>> {
    try {
      return (await this.#index.refresh()).entries;
    } catch (error) {
      if (!isMissing(error)) throw error;
      return this.entries;
    }
  }

  /** In one POST, without what is known. Throws EngineError if they may not be there. */
  async write(items: readonly Item[]): Promise<ReadonlyMap<string, Entry>> {
    try {
      return (await this.#index.write(items)).entries;
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#engine.create(this.#index.stream);
      return (await this.#index.write(items)).entries;
    }
  }
}

function indexFold<Entry, Item extends { readonly id: string }>({
  schema,
  merge,
  snapshot,
}: SharedListFold<Entry, Item>): IndexFold<Folded<Entry>, Item, unknown> {
  return {
    schema,
    read: (items) => items.filter((item) => !isBookkeeping(item)),
    empty: { entries: new Map(), others: new Map() },
    fold: (before, items) => {
      let entries: Map<string, Entry> | undefined;
      let others: Map<string, unknown> | undefined;
      for (const item of items) {
        if (!is(schema, item)) {
          const text = JSON.stringify(item);
          if (before.others.has(text)) continue;
          others ??= new Map(before.others);
          others.set(text, item);
          continue;
        }
        const known = (entries ?? before.entries).get(item.id);
        const merged = merge(known, item);
        if (merged === known) continue;
        entries ??= new Map(before.entries);
        entries.set(item.id, merged);
      }
      return entries || others
        ? { entries: entries ?? before.entries, others: others ?? before.others }
        : before;
    },
    isNew: ({ entries }, item) => {
      const known = entries.get(item.id);
      return known === undefined || merge(known, item) !== known;
    },
    snapshot: ({ entries, others }) => [
      ...others.values(),
      ...[...entries].flatMap(([id, entry]) => snapshot(id, entry)),
    ],
  };
}

/** `find`: words in a whole conversation, from an index that follows it (decision 0094). */
import type { FindQuery, Found } from '../../../protocol/find/find.ts';
import type { Store } from '../index/store.ts';
import { Turns } from './pieces.ts';
import { TextIndex } from './text-index.ts';

/** Conversations whose words are kept; the least recently asked ones go first. */
const KEPT = 8;
/** And so do they when all together hold more than this, in UTF-16 units. */
const MOST_CHARACTERS = 100_000_000;

export class Finder {
  readonly #store: Store;
  readonly #turns = new Turns();
  readonly #kept = new Map<string, TextIndex>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws Refusal `not-found` or `gone`, EngineError. */
  async find(conversation: string, query: FindQuery, skip: number): Promise<Found> {
    await this.#store.list.living(conversation);
    const { tree } = await this.#store.outlines.of(conversation);
    const index =
      this.#kept.get(conversation) ?? new TextIndex(this.#store.engine, conversation, this.#turns);
    this.#kept.delete(conversation);
    this.#kept.set(conversation, index);
    await index.follow(tree);
    this.#letGo();
    return index.find(tree, query, skip);
  }

  #letGo(): void {
    const characters = () => [...this.#kept.values()].reduce((sum, index) => sum + index.characters, 0);
    while (this.#kept.size > 1 && (this.#kept.size > KEPT || characters() > MOST_CHARACTERS)) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest as string);
    }
  }
}

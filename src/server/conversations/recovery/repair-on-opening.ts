/** Repair on opening: once per process and conversation (docs/protocol.md, "Write order"). */

import type { Store } from '../index/store.ts';
import { repair } from './repair.ts';

export class Openings {
  readonly #store: Store;
  readonly #opened = new Map<string, Promise<void>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves once the conversation was repaired since this process began; at once for one that does not exist. */
  open(conversation: string): Promise<void> {
    const known = this.#opened.get(conversation);
    if (known !== undefined) return known;
    const opening = this.#repair(conversation);
    this.#opened.set(conversation, opening);
    opening.catch(() => this.#forget(conversation, opening));
    return opening;
  }

  async #repair(conversation: string): Promise<void> {
    await this.#store.queue.run(conversation, async () => {
      if (await this.#store.list.find(conversation)) await repair(this.#store, conversation);
      else this.#opened.delete(conversation);
    });
  }

  #forget(conversation: string, opening: Promise<void>): void {
    if (this.#opened.get(conversation) === opening) this.#opened.delete(conversation);
  }
}

/** Repair on opening: once per process and conversation (docs/protocol.md, "Write order"). */

import type { Store } from '../index/store.ts';
import { expireAsides } from './expire-asides.ts';
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
      if (!(await this.#store.list.find(conversation))) return void this.#opened.delete(conversation);
      await repair(this.#store, conversation);
      await this.#expire(conversation);
    });
  }

  /** Hides what nobody wants any more, in all that was opened: to be called now and then. Never throws. */
  async expire(): Promise<void> {
    for (const conversation of [...this.#opened.keys()])
      await this.#store.queue.run(conversation, () => this.#expire(conversation));
  }

  /** Nothing depends on it: it is done another time. */
  async #expire(conversation: string): Promise<void> {
    try {
      await expireAsides(this.#store, conversation);
    } catch (error) {
      this.#store.trouble(error);
    }
  }

  #forget(conversation: string, opening: Promise<void>): void {
    if (this.#opened.get(conversation) === opening) this.#opened.delete(conversation);
  }
}

/**
 * One queue per name: what is run under it runs alone, in the order it was asked for. Work under
 * several names takes its place in all their queues in one step, so there is one order over all
 * queues, and none can wait in a circle.
 */
export class Queues {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = names.map((name) => this.#last.get(name));
    const done = Promise.all(before).then(work);
    const over = done.catch(() => {});
    for (const name of names) this.#last.set(name, over);
    void over.then(() => this.#forget(names, over));
    return done;
  }

  busy(name: string): boolean {
    return this.#last.has(name);
  }

  /** Resolves when nothing is queued, what is queued meanwhile included. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }

  #forget(names: readonly string[], over: Promise<unknown>): void {
    for (const name of names) if (this.#last.get(name) === over) this.#last.delete(name);
  }
}

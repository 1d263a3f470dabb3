/** Between an agent that pushes and a reply that pulls: what waits is put together, so that ten thousand updates a second are a few events. */
import type { CounterpartEvent } from '../../counterparts/port.ts';

export class EventQueue {
  #waiting: CounterpartEvent[] = [];
  /** Where the part of a key waits. */
  readonly #places = new Map<string, number>();
  #end: { readonly error?: unknown } | undefined;
  #wake = () => {};

  push(event: CounterpartEvent): void {
    if (this.#end) return;
    const last = this.#waiting.at(-1);
    const at = event.kind === 'part' ? this.#places.get(event.key) : undefined;
    if (at !== undefined) this.#waiting[at] = event;
    else if ((event.kind === 'text' || event.kind === 'reasoning') && last?.kind === event.kind)
      this.#waiting[this.#waiting.length - 1] = { kind: event.kind, text: last.text + event.text };
    else {
      if (event.kind === 'part') this.#places.set(event.key, this.#waiting.length);
      this.#waiting.push(event);
    }
    this.#wake();
  }

  /** What waits is still read; then it ends, or throws `error`. */
  end(outcome: { readonly error?: unknown } = {}): void {
    this.#end ??= outcome;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CounterpartEvent> {
    for (;;) {
      const now = this.#waiting;
      this.#waiting = [];
      this.#places.clear();
      yield* now;
      if (this.#waiting.length > 0) continue;
      if (this.#end) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

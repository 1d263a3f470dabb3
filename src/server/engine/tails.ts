/**
 * The live ends of streams: who follows, and the appends they are about to take.
 *
 * Kept only for streams that are followed, so an append nobody watches costs nothing here. The
 * recent appends are one small list per stream, shared by all who follow it; a follower that
 * falls behind it reads the log instead. Nobody's slowness costs memory.
 */
import type { Offset } from './port.ts';

/** An acknowledged append: `text` is its items as `encodeItems` gives them. */
export interface Landed {
  readonly from: Offset;
  readonly next: Offset;
  readonly text: string;
  readonly closed: boolean;
}

interface Recent {
  readonly from: Offset;
  readonly next: Offset;
  readonly items: readonly unknown[];
  readonly closed: boolean;
  readonly size: number;
}

interface Tail {
  followers: number;
  recent: Recent[];
  size: number;
  readonly waiting: Set<() => void>;
}

/** Characters of JSON kept per followed stream: a second of a fast reply, many times over. */
const KEPT = 64 * 1024;

export class Tails {
  readonly #tails = new Map<string, Tail>();

  /** Each `join` needs one `leave`. */
  join(stream: string): void {
    const tail = this.#tails.get(stream);
    if (tail) tail.followers += 1;
    else this.#tails.set(stream, { followers: 1, recent: [], size: 0, waiting: new Set() });
  }

  leave(stream: string): void {
    const tail = this.#tails.get(stream);
    if (!tail) return;
    tail.followers -= 1;
    if (tail.followers === 0) this.#tails.delete(stream);
  }

  landed(stream: string, append: Landed, decode: (text: string) => unknown[]): void {
    const tail = this.#tails.get(stream);
    if (!tail) return;
    const { from, next, text, closed } = append;
    tail.recent.push({ from, next, closed, items: decode(text), size: text.length });
    tail.size += text.length;
    while (tail.size > KEPT && tail.recent.length > 1) tail.size -= tail.recent.shift()?.size ?? 0;
    this.wake(stream);
  }

  /** Forgets what is recent: the stream ended, or began anew under the same name. */
  reset(stream: string): void {
    const tail = this.#tails.get(stream);
    if (!tail) return;
    tail.recent = [];
    tail.size = 0;
    this.wake(stream);
  }

  /** Everything known to have landed after `at`, as one frame; null when the log must be asked. */
  after(stream: string, at: Offset): Omit<Recent, 'size' | 'from'> | null {
    const recent = this.#tails.get(stream)?.recent ?? [];
    const first = recent.findIndex((append) => append.from === at);
    const last = recent.at(-1);
    if (first < 0 || !last) return null;
    return {
      next: last.next,
      closed: last.closed,
      items: recent.slice(first).flatMap((append) => append.items),
    };
  }

  wake(stream: string): void {
    const waiting = this.#tails.get(stream)?.waiting;
    for (const resolve of waiting ?? []) resolve();
  }

  wakeAll(): void {
    for (const stream of this.#tails.keys()) this.wake(stream);
  }

  /** Resolves at the next `wake` of the stream, or when `signal` aborts. Only between `join` and `leave`. */
  changed(stream: string, signal: AbortSignal): Promise<void> {
    const waiting = this.#tails.get(stream)?.waiting;
    if (!waiting || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

/**
 * Several servers on one engine: ends replies whose writer is gone (docs/protocol.md, "Write order"). Ending only, never
 * going on. A writer that was only slow finds its log closed and stops its provider.
 */
import { replyStream } from '../../../protocol/index.ts';
import type { Store } from '../index/store.ts';
import { isUnavailable } from '../kit/refusals.ts';
import { sideBySide } from '../kit/side-by-side.ts';
import { interrupt } from '../reply/end-unwritten.ts';

/** How often, in ms. A writer says something at least every 2.5 s. */
export const LOOK = 2_500;
/** How long, and over how many good HEADs at least, a tail must not have moved. */
const STILL = 10_000;
const GOOD = 4;
/** Sightings further apart than this, in ms, say nothing about what was between: this process may have slept. */
const GAP = 2 * LOOK;
const AT_ONCE = 16;

/** What was seen of a log: `null` is a log that is not there. */
export interface Sighting {
  readonly tail: string | null;
  /** ms. If the clock is changed, counting merely starts over. */
  readonly at: number;
}

export interface WatchedLog extends Sighting {
  readonly since: number;
  readonly good: number;
}

/** Pure: what is known after one more good HEAD. */
export function seeing(before: WatchedLog | undefined, { tail, at }: Sighting): WatchedLog {
  const same = before?.tail === tail && at - before.at <= GAP;
  return same ? { tail, at, since: before.since, good: before.good + 1 } : { tail, at, since: at, good: 1 };
}

/** True when the reply has had no write for long enough. */
export const isGone = ({ at, since, good }: WatchedLog): boolean => good >= GOOD && at - since >= STILL;

/** Looks at all open replies that do not run here, until the store's timers are cleared. */
export class Observer {
  readonly #store: Store;
  #seen = new Map<string, WatchedLog>();

  constructor(store: Store) {
    this.#store = store;
  }

  start(): void {
    this.#store.timers.once('observe', LOOK, () => {
      void this.#look().finally(() => this.start());
    });
  }

  async #look(): Promise<void> {
    const { list, runner } = this.#store;
    try {
      const entries = await list.refresh();
      const open = [...entries.values()].flatMap(({ header }) =>
        header.open.map((reply) => ({ conversation: header.id, reply })),
      );
      const elsewhere = open.filter(({ reply }) => !runner().running(reply));
      const names = new Set(elsewhere.map(({ reply }) => reply));
      this.#seen = new Map([...this.#seen].filter(([reply]) => names.has(reply)));
      await sideBySide(AT_ONCE, elsewhere, ({ conversation, reply }) => this.#lookAt(conversation, reply));
    } catch (error) {
      // While the engine is away no writer can write: silence proves nothing then.
      this.#seen.clear();
      if (!isUnavailable(error)) this.#store.trouble(error);
    }
  }

  async #lookAt(conversation: string, reply: string): Promise<void> {
    const store = this.#store;
    const state = await store.engine.head(replyStream(conversation, reply));
    const tail = state && `${state.next}${state.closed ? ' closed' : ''}`;
    const seen = seeing(this.#seen.get(reply), { tail, at: store.clock.now() });
    this.#seen.set(reply, seen);
    if (!isGone(seen) || store.runner().running(reply)) return;
    await interrupt(store, conversation, reply);
    this.#seen.delete(reply);
  }
}

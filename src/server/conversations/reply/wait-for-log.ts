/** Waiting for what another server writes into the log of a reply. */
import type { Offset } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';
import { isMissing } from '../kit/refusals.ts';

/** A writer says something at least every 2.5 s: one that was silent for so long, in ms, is gone or stuck. */
const STILL = 4_000;
/** The longest wait, in ms: an agent may take 10 s to stop. */
const MOST = 15_000;

let waits = 0;

/**
 * Follows a log until `isIt` holds of what a frame brings, the log is closed, or its writer does not move any more. `closed`: it has
 * its end. A log that is not there, or cannot be followed, does not move.
 * @param from Default: its tail as it is now.
 */
export async function movement(
  { engine, timers, trouble }: Pick<Store, 'engine' | 'timers' | 'trouble'>,
  stream: string,
  isIt: (items: readonly unknown[]) => boolean,
  from?: Offset,
): Promise<{ readonly closed: boolean }> {
  const over = new AbortController();
  waits += 1;
  const keys = [`still ${waits} ${stream}`, `most ${waits} ${stream}`] as const;
  const arm = (): void => {
    timers.drop(keys[0]);
    timers.once(keys[0], STILL, () => over.abort());
  };
  timers.once(keys[1], MOST, () => over.abort());
  arm();
  try {
    const head = await engine.head(stream);
    if (!head || head.closed) return { closed: head?.closed ?? false };
    for await (const { items, closed } of engine.follow(stream, from ?? head.next, over.signal)) {
      if (closed || isIt(items)) return { closed };
      arm();
    }
  } catch (error) {
    if (!isMissing(error)) trouble(error);
  } finally {
    for (const key of keys) timers.drop(key);
    over.abort();
  }
  return { closed: false };
}

/** Repair at start: every conversation with open replies, then what is to go for good. */

import { backoff } from '../../../protocol/backoff.ts';
import type { Store } from '../index/store.ts';
import { isUnavailable } from '../kit/refusals.ts';
import { purge, referredFiles, sweepLogs } from './purge.ts';
import type { Openings } from './repair-on-opening.ts';

const AT_ONCE = 8;
const DAY = 24 * 60 * 60_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Resolves once every open reply was looked after; one whose conversation cannot be repaired now is tried again in the
 * background. Clearing up goes on after that. Throws EngineError when `conversations` cannot be read; but an engine of
 * several servers may be away for a while, without all of them ending: then the start is tried again in the background.
 */
export async function startUp(store: Store, openings: Openings, failed = 0): Promise<void> {
  try {
    await lookAfter(store, openings);
  } catch (error) {
    if (store.alone || !isUnavailable(error)) throw error;
    store.trouble(error);
    store.timers.once('start', backoff(failed, FIRST_PAUSE, LONGEST_PAUSE), () => {
      startUp(store, openings, failed + 1).catch(store.trouble);
    });
  }
}

async function lookAfter(store: Store, openings: Openings): Promise<void> {
  await store.list.refresh();
  const waiting = [...store.list.entries.values()].filter(({ header }) => header.open.length > 0);
  const work = async () => {
    for (let entry = waiting.pop(); entry; entry = waiting.pop())
      await openSurely(store, openings, entry.header.id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  void clearUp(store, openings);
}

async function openSurely(store: Store, openings: Openings, conversation: string, failed = 0): Promise<void> {
  try {
    await openings.open(conversation);
  } catch (error) {
    store.trouble(error);
    store.timers.once(`open ${conversation}`, backoff(failed, FIRST_PAUSE, LONGEST_PAUSE), () => {
      void openSurely(store, openings, conversation, failed + 1);
    });
  }
}

async function clearUp(store: Store, openings: Openings): Promise<void> {
  store.timers.once('clear up', DAY, () => void clearUp(store, openings));
  try {
    await openings.expire();
    await purge(store);
    await sweepLogs(store);
    // Where no conversation is known the storage was emptied, or is not the one that was meant: nobody can tell what is unused.
    const { size } = await store.list.refresh();
    if (size > 0)
      await store.files.sweep(() => referredFiles(store, (conversation) => openings.open(conversation)));
  } catch (error) {
    store.trouble(error);
  }
}

/** Keeps at a reply until it is settled, while this process lives. What it leaves, repair finds at the next start. */

import { backoff } from '../../../protocol/backoff.ts';
import type { Store } from '../index/store.ts';
import { finishReply } from './end-unwritten.ts';
import { settle, watchOf } from './settle.ts';

/** How often an open reply is looked at, in ms: only after its runner gave up is there something to do. */
const PATIENCE = 60_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

/** Looks after a reply from time to time; ends it once nobody writes it any more. */
export function watch(store: Store, conversation: string, reply: string): void {
  store.timers.once(watchOf(conversation, reply), PATIENCE, () => {
    void look(store, conversation, reply);
  });
}

async function look(store: Store, conversation: string, reply: string): Promise<void> {
  try {
    const running = store.runner().running(reply);
    if (!running && (await finishReply(store, conversation, reply))) return;
  } catch (error) {
    store.trouble(error);
  }
  watch(store, conversation, reply);
}

/** Settles a reply whose log is closed: now, or in the background as soon as the engine answers again. Never throws. */
export async function settleSurely(
  store: Store,
  conversation: string,
  reply: string,
  failed = 0,
): Promise<void> {
  try {
    await settle(store, conversation, reply);
  } catch (error) {
    store.trouble(error);
    store.timers.once(`settle ${conversation} ${reply}`, backoff(failed, FIRST_PAUSE, LONGEST_PAUSE), () => {
      void settleSurely(store, conversation, reply, failed + 1);
    });
  }
}

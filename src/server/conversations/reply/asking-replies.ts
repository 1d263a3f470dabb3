/** Replies that wait for a person: what the list says of them, and the answers (docs/protocol.md, "Questions"). */
import type { Store } from '../index/store.ts';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

/** Says in the list whether a reply waits, now or as soon as the engine answers; what is said later counts. Never throws. */
export function tellAsking(store: Store, conversation: string, reply: string, asks: boolean): void {
  const key = `asking ${conversation} ${reply}`;
  const tell = async (pause: number): Promise<void> => {
    try {
      await store.queue.run(conversation, () =>
        store.list.patch(conversation, { asking: { [reply]: asks } }),
      );
      store.timers.drop(key);
    } catch (error) {
      store.trouble(error);
      // The queue keeps their order: what waits was said before this.
      store.timers.drop(key);
      store.timers.once(key, pause, () => void tell(Math.min(pause * 2, LONGEST_PAUSE)));
    }
  };
  void tell(FIRST_PAUSE);
}

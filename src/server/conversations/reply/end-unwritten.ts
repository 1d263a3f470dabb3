/** Ends replies that nobody writes any more, as interrupted, and settles them. */
import type { Generation } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { endLog } from './end-log.ts';
import { settle, settleIn } from './settle.ts';

/** Ends a reply as interrupted if nobody writes it, and settles one that has ended. Throws EngineError. */
export async function finish(store: Store, outline: Outline, generation: Generation): Promise<void> {
  const { conversation } = outline;
  const { id } = generation;
  if (store.runner().running(id)) return;
  await store.list.patch(conversation, { generations: { [id]: 'open' } });
  if (store.alone)
    await endLog(store, conversation, generation, { reason: 'interrupted', at: store.clock.tick() });
  await settleIn(store, outline, id);
}

/** The same for one reply, by itself. True when nothing is left to do for it. */
export function finishReply(store: Store, conversation: string, reply: string): Promise<boolean> {
  return store.queue.run(conversation, async () => {
    if (!(await store.list.find(conversation))) return true;
    const outline = await store.outlines.of(conversation);
    const generation = outline.tree.generations.get(reply);
    if (generation && !generation.end) await finish(store, outline, generation);
    return settleIn(store, outline, reply);
  });
}

/** Ends a reply as interrupted, whoever wrote it, and settles it. Throws EngineError. */
export async function interrupt(store: Store, conversation: string, reply: string): Promise<void> {
  const outline = await store.outlines.of(conversation);
  const generation = outline.tree.generations.get(reply);
  if (!generation) return;
  if (!generation.end) {
    await store.list.patch(conversation, { generations: { [reply]: 'open' } });
    await endLog(store, conversation, generation, { reason: 'interrupted', at: store.clock.tick() });
  }
  await settle(store, conversation, reply);
}

/** `stop`: ends a reply, at the provider too (docs/protocol.md, "Commands"). */
import { type CommandInput, replyStream } from '../../../protocol/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { endLog } from '../reply/end-log.ts';
import { settleSurely } from '../reply/keep-settling.ts';
import { movement } from '../reply/wait-for-log.ts';

export async function stop(
  store: Store,
  { conversation, reply }: CommandInput<'stop'>,
): Promise<Record<never, never>> {
  if (!(await store.list.find(conversation))) throw refusals.noConversation();
  await stopReply(store, conversation, reply);
  return {};
}

/**
 * Not in the conversation's queue while the runner stops: it settles the reply there. The writer of a reply that runs elsewhere
 * is told in its input; if it does not move any more, its log is ended here. Throws Refusal `not-found`, EngineError.
 */
export async function stopReply(store: Store, conversation: string, reply: string): Promise<void> {
  if (store.runner().running(reply)) return store.runner().stop(reply, 'stopped');
  const { tree } = await store.outlines.of(conversation);
  const generation = tree.generations.get(reply);
  if (!generation && !tree.messages.has(reply)) throw refusals.noReply();
  if (!generation || generation.end) return;
  // So that repair finds it: the server that asked for it may have died before the list had it, and this one may die before it ends there.
  await store.list.patch(conversation, { generations: { [reply]: 'open' } });
  const at = store.clock.tick();
  if (!store.alone) {
    await store.inputs.say(conversation, reply, { kind: 'stop', at });
    const { closed } = await movement(store, replyStream(conversation, reply), () => false);
    if (closed) return settleSurely(store, conversation, reply);
  }
  await endLog(store, conversation, generation, { reason: 'stopped', at });
  await settleSurely(store, conversation, reply);
}

/** `system`: the system prompt from a point on (tree rule 2). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import type { Store } from '../index/store.ts';
import { personsMessage } from '../kit/messages.ts';
import { isForked, say } from './say-message.ts';

export function system(store: Store, input: CommandInput<'system'>): Promise<CommandOutput<'system'>> {
  const { conversation, message: id, after: parent, text } = input;
  return store.queue.run(conversation, async () => {
    await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const { header } = await say(store, outline, {
      ...{ id, parent },
      isKnown: ({ role, parent: under, origin }) =>
        role === 'system' && under === parent && origin.kind !== 'edit',
      draft: (forked) => {
        const origin = { kind: forked ? ('fork' as const) : ('send' as const) };
        return personsMessage({ id, parent, role: 'system', text, origin, time: store.clock.tick() });
      },
    });
    return { message: id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

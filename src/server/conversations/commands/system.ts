/** `system`: the system prompt from a point on (tree rule 2). */
import type { CommandInput, CommandOutput } from '../../../protocol/index.ts';
import type { Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { firstTitle } from '../kit/first-title.ts';
import { personsMessage } from '../kit/messages.ts';
import { isForked, say } from './say-message.ts';

export function system(store: Store, input: CommandInput<'system'>): Promise<CommandOutput<'system'>> {
  const { conversation, message: id, after: parent, text } = input;
  return store.queue.run(conversation, async () => {
    const settled = await store.list.living(conversation);
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
    const title = firstTitle(settled, outline.tree, header);
    if (title && isAlone(outline.tree)) await store.list.patch(conversation, { title });
    return { message: id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

/** Nothing but system prompts was said. */
function isAlone({ messages }: Tree): boolean {
  for (const { role } of messages.values()) if (role !== 'system') return false;
  return true;
}

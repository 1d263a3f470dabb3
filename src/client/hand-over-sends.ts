import type { Messages } from './folds/messages.ts';
import type { Outlines } from './folds/outlines.ts';
import type { Outbox } from './outbox/outbox.ts';

const RETRY = 2000;

/**
 * Hands own sends over from the outbox to the branch: once the outline has the message, its text is read from the branch,
 * which is the truth; until then the page goes on showing what was typed. Returns the way to stop.
 */
export function handOver(outbox: Outbox, outlines: Outlines, messages: Messages): () => void {
  const settle = (conversation: string, tree = outlines.tree(conversation)) => {
    for (const { message } of outbox.pending.get().filter((send) => send.conversation === conversation)) {
      const header = tree?.messages.get(message);
      if (!header) continue;
      if (messages.has(conversation, message)) outbox.loaded(message);
      else messages.ensure(conversation, header).catch(() => setTimeout(() => settle(conversation), RETRY));
    }
  };
  const stops = [
    outlines.onChange((conversation, tree) => settle(conversation, tree)),
    messages.onLoaded((_, { id }) => outbox.loaded(id)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What a conversation shows first, asked for before anything of it is drawn. React-free. */
import { followPath } from '../tree/index.ts';
import type { Bough } from './bough.ts';
import type { OpenedAt } from './folds/outlines.ts';
import { openedOf } from './opened.ts';

/** About what a window shows. */
const WINDOW = 12;

/**
 * Loads what the conversation opens with, its outline and what was viewed last, then the messages of the first window, so that code and
 * messages come together.
 * Never rejects: what fails is asked for again, and said, by the hooks that need it.
 */
export async function loadAhead(bough: Bough, conversation: string, options: OpenedAt = {}): Promise<void> {
  const { outbox, queryClient } = bough;
  // One whose first message is still on its way is not there yet.
  if (outbox.uncreated.get().has(conversation)) return;
  try {
    const { outlines, views, messages } = openedOf(bough);
    const { tree } = await queryClient.query(outlines.query(conversation, options));
    const viewed = await queryClient.query(views.query(conversation));
    views.begin(conversation, tree, viewed);
    const { through = null, at } = options;
    const path = followPath(tree, { selected: through, previous: views.choices(conversation) });
    const first = at === undefined ? -1 : path.indexOf(at);
    const shown = first < 0 ? path.slice(-WINDOW) : path.slice(first, first + WINDOW);
    const headers = shown.flatMap((id) => tree.messages.get(id) ?? []);
    await Promise.all(headers.map((header) => messages.ensure(conversation, header)));
  } catch {
    // The hooks ask again.
  }
}

/** Stars, labels and hiding: what is remembered of messages. */
import { EyeOff, Star, Tag } from 'lucide-react';
import { type Colour, markOf } from '../../tree/index.ts';
import type { OpenPage } from '../stores/page.ts';
import { toastFailure } from '../stores/toasts.ts';
import { openTool } from '../stores/tools.ts';
import { keepUndo } from '../stores/undo.ts';
import type { MessageAction, OnMessage } from './on-message.ts';
import { prune } from './prune.ts';
import * as strings from './strings/messages.ts';

type MarkSet = { readonly star: boolean } | { readonly label: string; readonly colour: Colour | 'none' };

/** Marks messages, says so to who does not see it (`done`), and can be taken back by keys. */
export async function setMarks(
  { client, view: { id, tree } }: Pick<OpenPage, 'client' | 'view'>,
  messages: readonly string[],
  marks: MarkSet,
  done: string,
): Promise<void> {
  const before = messages.map((message) => {
    const { star, label, colour = 'none' as const } = markOf(tree, message);
    return { message, ...('star' in marks ? { star } : { label, colour }) };
  });
  await client.mark(
    id,
    messages.map((message) => ({ message, ...marks })),
  );
  keepUndo(done, () => void client.mark(id, before).catch(toastFailure));
}

const isStarred = ({ page, messages }: OnMessage): boolean =>
  messages.every((message) => markOf(page.view.tree, message).star);

export const star: MessageAction = {
  id: 'star',
  name: strings.star,
  short: strings.star,
  called: (on) => (isStarred(on) ? strings.unstar : strings.star),
  icon: Star,
  isOn: isStarred,
  keys: [{ key: 's' }],
  group: 'mark',
  where: ['menu', 'selected'],
  writes: true,
  several: true,
  run: async (on) => {
    const { page, messages } = on;
    const starred = isStarred(on);
    const done = messages.length > 1 ? strings.starredSeveral(messages.length) : strings.starred;
    await setMarks(page, messages, { star: !starred }, starred ? strings.unstarred : done);
  },
};

export const label: MessageAction = {
  id: 'label',
  name: strings.labelAndColour,
  short: strings.label,
  icon: Tag,
  keys: [{ key: 'l' }],
  group: 'mark',
  where: ['menu', 'selected'],
  writes: true,
  several: true,
  run: ({ messages }) => openTool({ kind: 'label', messages }),
};

export const hide: MessageAction = {
  id: 'prune',
  name: strings.hideBranch,
  short: strings.hide,
  called: ({ messages }) => (messages.length > 1 ? strings.hideBranches : strings.hideBranch),
  icon: EyeOff,
  keys: [{ key: 'Delete' }],
  group: 'mark',
  where: ['menu', 'selected'],
  writes: true,
  danger: true,
  several: true,
  run: ({ page, messages }) => prune(page, messages),
};

/** Stars, labels and hiding: what is remembered of messages. */
import { EyeOff, Star, Tag } from 'lucide-react';
import { type Colour, markOf } from '../../tree/index.ts';
import type { OpenPage } from '../stores/page.ts';
import { toastFailure } from '../stores/toasts.ts';
import { openTool } from '../stores/tools.ts';
import { keepUndo } from '../stores/undo.ts';
import type { MessageAction, OnMessage } from './on-message.ts';
import { prune } from './prune.ts';

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
  name: 'Star',
  short: 'Star',
  called: (on) => (isStarred(on) ? 'Take the star away' : 'Star'),
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
    const done = messages.length > 1 ? `${messages.length} starred` : 'Starred';
    await setMarks(page, messages, { star: !starred }, starred ? 'Star removed' : done);
  },
};

export const label: MessageAction = {
  id: 'label',
  name: 'Label and colour',
  short: 'Label',
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
  name: 'Prune: hide it and all that follows',
  short: 'Prune',
  called: ({ messages }) =>
    messages.length > 1 ? 'Prune: hide them and all that follows' : 'Prune: hide it and all that follows',
  icon: EyeOff,
  keys: [{ key: 'Delete' }],
  group: 'mark',
  where: ['menu', 'selected'],
  writes: true,
  danger: true,
  several: true,
  run: ({ page, messages }) => prune(page, messages),
};

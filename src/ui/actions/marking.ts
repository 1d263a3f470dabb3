/** Stars, labels and hiding: what is remembered of messages. */
import { EyeOff, Star, Tag } from 'lucide-react';
import { markOf } from '../../tree/index.ts';
import { toast } from '../stores/toasts.ts';
import { openTool } from '../stores/tools.ts';
import type { MessageAction, OnMessage } from './on-message.ts';
import { prune } from './prune.ts';

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
    await page.client.mark(
      page.view.id,
      messages.map((message) => ({ message, star: !starred })),
    );
    const done = messages.length > 1 ? `${messages.length} starred` : 'Starred';
    toast(starred ? 'Star taken away' : done);
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

/** Stars, labels and hiding: what is remembered of messages. */
import { EyeOff, Rewind, Star, Tag } from 'lucide-react';
import { childrenOf, markOf } from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from '../strings/messages.ts';
import { markWithUndo } from '../undo/steps.ts';
import type { MessageAction, OnMessage } from './on-message.ts';
import { hiddenBy, prune, rewind, topmost } from './prune.ts';

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
    await markWithUndo(
      page,
      messages.map((message) => ({ message, star: !starred })),
      starred ? strings.unstarred : done,
    );
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
  run: ({ messages }) => openDialog({ kind: 'label', messages }),
};

export const hide: MessageAction = {
  id: 'prune',
  name: strings.hideBranch,
  short: strings.hide,
  called: ({ messages }) => (messages.length > 1 ? strings.hideBranches : strings.hideBranch),
  icon: EyeOff,
  keys: [{ key: 'Delete' }],
  group: 'remove',
  where: ['menu', 'selected'],
  writes: true,
  danger: true,
  several: true,
  effect: ({ page, messages }) => hides(page, topmost(page.view.tree, messages)),
  run: ({ page, messages }) => prune(page, messages),
};

/** The path ends here: all that follows is hidden, on every branch. */
export const rewindToHere: MessageAction = {
  id: 'rewind',
  name: strings.rewind,
  icon: Rewind,
  group: 'remove',
  where: ['menu'],
  writes: true,
  when: ({ page, message }) => {
    const { tree } = page.view;
    if (!tree.messages.has(message) && !tree.generations.has(message)) return false;
    return childrenOf(tree, message).length > 0 || strings.nothingToHide;
  },
  effect: ({ page, message }) => hides(page, childrenOf(page.view.tree, message)),
  run: ({ page, message }) => rewind(page, message),
};

function hides({ view }: OpenPage, heads: readonly string[]): string {
  return strings.hides(hiddenBy(view.tree, heads));
}

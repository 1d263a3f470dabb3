/** Asides: a question about a message that the conversation never sees. */
import { BookmarkCheck, CornerUpLeft, MessageSquareDashed, Trash2 } from 'lucide-react';
import { excerpt } from '../../../protocol/reading/first-line.ts';
import { asideMessages, asideOf, inAsides } from '../../../tree/index.ts';
import { asideDraft, closeAside, openAside, useAsides } from '../../stores/aside.ts';
import { ask } from '../../stores/errands.ts';
import type { OpenPage } from '../../stores/page.ts';
import * as strings from '../strings/asides.ts';
import { markWithUndo } from '../undo/steps.ts';
import { bring, quotesOn } from './bringing.ts';
import { canFork } from './fork.ts';
import type { MessageAction } from './on-message.ts';
import { firstWordsOf, isLive } from './turn.ts';

export const askAside: MessageAction = {
  id: 'aside',
  name: strings.askAside,
  icon: MessageSquareDashed,
  keys: [{ key: 'a' }],
  group: 'write',
  where: ['menu', 'selection'],
  writes: true,
  effect: () => strings.effect,
  when: (on) => !inAsides(on.page.view.tree).has(on.message) && canFork(on),
  run: async (on) => {
    const { page, message: owner, words } = on;
    if (words !== undefined) bring(asideDraft({ owner }), await quotesOn(on));
    openAside({ conversation: page.view.id, owner });
  },
};

/** Out of an aside into the message box of the conversation. */
export const bringForward: MessageAction = {
  id: 'bring-forward',
  name: strings.bringForward,
  icon: CornerUpLeft,
  group: 'write',
  where: ['selection', 'menu'],
  writes: true,
  effect: () => strings.intoConversation,
  when: ({ page, message, words }) => {
    const { tree } = page.view;
    if (!inAsides(tree).has(message)) return false;
    return words !== undefined || !isLive(tree, message) || strings.stillWritten;
  },
  run: async (on) => {
    bring(on.page.view.id, await quotesOn(on));
    ask('composer');
  },
};

/** From now on a branch like any other. */
export const keepAside: MessageAction = {
  id: 'keep-aside',
  name: strings.keep,
  icon: BookmarkCheck,
  group: 'mark',
  where: ['menu'],
  writes: true,
  effect: () => strings.keepEffect,
  when: ({ page, message }) => inAsides(page.view.tree).has(message),
  run: async ({ page, message }) => {
    const head = asideOf(page.view.tree, message) ?? message;
    await markWithUndo(page, [{ message: head, kept: true }], strings.kept(firstExcerpt(page, head)));
    leave(head);
  },
};

export const dropAside: MessageAction = {
  id: 'drop-aside',
  name: strings.drop,
  icon: Trash2,
  group: 'mark',
  where: ['menu'],
  writes: true,
  danger: true,
  effect: ({ page, message }) => {
    const { tree } = page.view;
    return strings.hides(asideMessages(tree, asideOf(tree, message) ?? message).length);
  },
  when: ({ page, message }) => inAsides(page.view.tree).has(message),
  run: async ({ page, message }) => {
    const head = asideOf(page.view.tree, message) ?? message;
    await markWithUndo(page, [{ message: head, pruned: true }], strings.dropped(firstExcerpt(page, head)));
    leave(head);
  },
};

const firstExcerpt = ({ view }: OpenPage, head: string): string => excerpt(firstWordsOf(view.tree, head));

/** What is no aside any more does not stay open as one. */
function leave(head: string): void {
  if (useAsides.getState().open?.head === head) closeAside();
}

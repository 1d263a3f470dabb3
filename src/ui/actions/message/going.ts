/** Going to a message, and what is only looked at. */
import {
  Columns2,
  Columns3,
  Copy,
  CornerDownRight,
  FileDown,
  FolderTree,
  FoldVertical,
  Info,
  Link,
  ListPlus,
  MessageSquareReply,
  Share2,
} from 'lucide-react';
import { childrenOf, lastReply, type Tree, versionsOf } from '../../../tree/index.ts';
import { copyText } from '../../components/copy-text.ts';
import { announce } from '../../stores/announce.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import { showThread } from '../../stores/panes.ts';
import { togglePicked } from '../../stores/picked.ts';
import { hrefOf } from '../../stores/route.ts';
import { showSideBySide } from '../../stores/side-by-side.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from '../strings/messages.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { topmost } from './prune.ts';
import { attemptsAt, endOf, isOnPath } from './turn.ts';

export const go: MessageAction = {
  id: 'go',
  name: strings.go,
  icon: CornerDownRight,
  group: 'go',
  where: ['menu'],
  run: ({ page, message }) => page.goTo(message),
};

/** What an agent's branch has done to files up to a message. */
export const filesHere: MessageAction = {
  id: 'files-here',
  name: strings.filesHere,
  icon: FolderTree,
  group: 'look',
  where: ['menu'],
  when: ({ page, message }) => isInFolder(page.view.tree, message),
  run: ({ message }) => openDialog({ kind: 'files-here', message }),
};

/** An agent has worked in a folder on the way to it. */
function isInFolder(tree: Tree, message: string): boolean {
  return lastReply(tree, message)?.folder !== undefined;
}

export const replyAtEnd: MessageAction = {
  id: 'reply',
  name: strings.replyAtEnd,
  icon: MessageSquareReply,
  group: 'go',
  where: ['menu'],
  writes: true,
  run: ({ page, message }) => {
    page.goTo(endOf(page.view, message));
    ask('composer');
  },
};

export const copy: MessageAction = {
  id: 'copy',
  name: strings.copy,
  icon: Copy,
  group: 'look',
  where: ['prompt', 'reply'],
  done: strings.copied,
  when: ({ text = '' }) => text !== '',
  run: ({ text = '' }) => copyText(text).then(() => announce(strings.copied), refuseCopy),
};

/** The address of a message: it opens on the way through it (tree rule 13). */
export const copyLink: MessageAction = {
  id: 'link',
  name: strings.copyLink,
  icon: Link,
  group: 'look',
  where: ['menu'],
  run: ({ page, message }) => {
    const link = location.origin + hrefOf({ kind: 'conversation', id: page.view.id, message });
    return copyText(link).then(() => toast(strings.linkCopied), refuseCopy);
  },
};

/** What leads to a message, and all below it. */
export const shareFrom: MessageAction = {
  ...{
    id: 'share-from',
    name: strings.shareFrom,
    icon: Share2,
    group: 'look',
    where: ['menu'],
    writes: true,
  },
  when: isSaid,
  run: ({ message }) => openDialog({ kind: 'share', message }),
};

export const exportFrom: MessageAction = {
  ...{
    id: 'export-from',
    name: strings.exportFrom,
    icon: FileDown,
    group: 'look',
    where: ['menu'],
    writes: true,
  },
  when: isSaid,
  run: ({ page, message }) => openDialog({ kind: 'export', conversation: page.view.id, message }),
};

/** A reply that is being written is no message yet. */
function isSaid({ page, message }: OnMessage): boolean {
  return page.view.tree.messages.has(message);
}

function refuseCopy(): never {
  throw new Error(strings.cannotCopy);
}

/** Several with each other; one with its versions. */
export const compare: MessageAction = {
  id: 'compare',
  name: strings.compareVersions,
  short: strings.compare,
  called: ({ messages }) => (messages.length > 1 ? strings.compare : strings.compareVersions),
  icon: Columns2,
  group: 'look',
  where: ['menu', 'selected'],
  several: true,
  when: ({ page, messages }) => {
    const tips = comparedIn(page.view.tree, messages).length;
    if (messages.length === 1) return tips > 1;
    if (tips < 2) return strings.onOneBranch;
    return tips <= MOST_COMPARED ? true : strings.tooManyToCompare(MOST_COMPARED);
  },
  run: ({ page, messages }) => openDialog({ kind: 'compare', tips: comparedIn(page.view.tree, messages) }),
};

const MOST_COMPARED = 4;

function comparedIn(tree: Tree, messages: readonly string[]): readonly string[] {
  if (messages.length > 1) return topmost(tree, messages);
  return versionsOf(tree, messages[0] as string).slice(-MOST_COMPARED);
}

/** All replies to the same message beside each other, in the thread. */
export const sideBySide: MessageAction = {
  id: 'side-by-side',
  name: strings.sideBySide,
  icon: Columns3,
  group: 'look',
  where: ['reply', 'menu'],
  when: (on) => {
    const { prompt } = turnIn(on);
    return prompt !== null && attemptsAt(on.page.view.tree, prompt).length > 1;
  },
  run: (on) => {
    const { prompt, reply } = turnIn(on);
    if (prompt === null || reply === null) return;
    showSideBySide(prompt, true);
    // From their beginning: most are longer than the one that stood there.
    if (on.inThread && isOnPath(on.page.view, reply)) return ask('columns', prompt);
    showThread();
    on.page.goTo(reply);
  },
};

export const details: MessageAction = {
  id: 'details',
  name: strings.details,
  icon: Info,
  group: 'look',
  where: ['menu'],
  when: ({ page, message }) => page.view.tree.messages.get(message)?.role === 'assistant',
  says: () => strings.detailsOf,
  run: ({ message }) => openDialog({ kind: 'details', message }),
};

export const fold: MessageAction = {
  id: 'fold',
  name: strings.fold,
  icon: FoldVertical,
  group: 'look',
  where: ['menu'],
  when: ({ page, message }) => childrenOf(page.view.tree, message).length > 0,
  run: ({ message }) => ask('fold', message),
};

export const pick: MessageAction = {
  id: 'pick',
  name: strings.select,
  icon: ListPlus,
  hint: strings.selectGesture,
  group: 'mark',
  where: ['menu'],
  run: ({ page, message }) => togglePicked(page.view.id, message),
};

/** All that can be done with a conversation of the list, each with what is said about it and the way back. Part of the first load. */
import { Archive, ArchiveRestore, Pencil, Trash2 } from 'lucide-react';
import type { Actions } from '../../client/types.ts';
import type { Conversation } from '../../protocol/index.ts';
import { ask } from '../stores/errands.ts';
import { currentRoute, navigate } from '../stores/route.ts';
import { toast, toastFailure } from '../stores/toasts.ts';
import { offerUndo } from '../stores/undo.ts';
import type { Action } from './action.ts';
import * as strings from './strings/conversations.ts';

export interface OnConversation {
  readonly header: Conversation;
  readonly readOnly: boolean;
  readonly client: Actions;
}

export interface ConversationAction extends Action<OnConversation, 'row' | 'palette', 'conversation'> {
  /** The list it is in loses it. Default: false. */
  readonly leaves?: true;
}

/** What a conversation is called on the page; one that nothing was said in has no title yet. */
export function titleOf(header: Conversation): string {
  return header.title.text || strings.untitled;
}

export const rename: ConversationAction = {
  id: 'rename',
  name: strings.rename,
  says: () => strings.renameThis,
  icon: Pencil,
  keys: [{ key: 'F2' }],
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  run: ({ header }) => ask('rename', header.id),
};

export const restore: ConversationAction = {
  id: 'restore',
  name: strings.restore,
  says: () => strings.restoreThis,
  icon: ArchiveRestore,
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  leaves: true,
  when: ({ header }) => header.archived,
  run: ({ header, client }) => {
    client.restore(header.id).catch(toastFailure);
    sayBack(header);
  },
};

export const archive: ConversationAction = {
  id: 'archive',
  name: strings.archive,
  says: () => strings.archiveThis,
  icon: Archive,
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  leaves: true,
  when: ({ header }) => !header.archived,
  run: ({ header, client }) => {
    client.archive(header.id).catch(toastFailure);
    const undo = () => {
      client.restore(header.id).catch(toastFailure);
      sayBack(header);
    };
    offerUndo(strings.archived(titleOf(header)), undo);
  },
};

/** Hides it; from its own page a new chat is opened, and undoing leads back. */
export const remove: ConversationAction = {
  id: 'delete',
  name: strings.remove,
  says: () => strings.removeThis,
  icon: Trash2,
  keys: [{ key: 'Delete' }],
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  danger: true,
  leaves: true,
  run: ({ header, client }) => {
    const leave = isOpen(header.id);
    client.remove(header.id).catch(toastFailure);
    if (leave) navigate({ kind: 'new' });
    const undo = () => {
      client.undoRemove(header.id).catch(toastFailure);
      sayBack(header);
      if (leave && currentRoute().kind === 'new') navigate({ kind: 'conversation', id: header.id });
    };
    offerUndo(strings.removed(titleOf(header)), undo);
  },
};

export const CONVERSATION_ACTIONS: readonly ConversationAction[] = [rename, restore, archive, remove];

function sayBack(header: Conversation): void {
  toast(strings.isBack(titleOf(header)));
}

function isOpen(conversation: string): boolean {
  const route = currentRoute();
  return route.kind === 'conversation' && route.id === conversation;
}

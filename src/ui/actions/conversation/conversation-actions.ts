/** All that can be done with a conversation of the list, each with what is said about it and the way back. */
import { Archive, ArchiveRestore, FileDown, FolderInput, Pencil, Pin, Trash2 } from 'lucide-react';
import type { Actions } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { type HeaderValues, nextMoment } from '../../stores/undo.ts';
import type { Action, Possible } from '../action.ts';
import * as strings from '../strings/conversations.ts';
import * as filing from '../strings/filing.ts';

export interface OnConversation {
  readonly header: Conversation;
  readonly readOnly: boolean;
  readonly client: Actions;
  /** Bough cannot be reached. Default: it can. */
  readonly offline?: boolean;
}

export interface ConversationAction extends Action<OnConversation, 'row' | 'palette', 'conversation'> {
  /** The list it is in loses it. Default: false. */
  readonly leaves?: true;
}

/** What the server does: a message waits for it by itself, and this does not. */
const connected =
  (when: (on: OnConversation) => Possible = () => true) =>
  (on: OnConversation): Possible => {
    const possible = when(on);
    return possible === true && on.offline ? strings.waitsForBough : possible;
  };

export { titleOf } from '../strings/conversations.ts';

export const rename: ConversationAction = {
  id: 'rename',
  name: strings.rename,
  says: () => strings.renameThis,
  icon: Pencil,
  keys: [{ key: 'F2' }],
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  when: connected(),
  run: ({ header }) => ask('rename', header.id),
};

export const pin: ConversationAction = {
  id: 'pin',
  name: filing.pin,
  called: ({ header }) => (header.pinned ? filing.unpin : filing.pin),
  says: ({ header }) => (header.pinned ? filing.unpinThis : filing.pinThis),
  icon: Pin,
  keys: [{ key: 'p' }],
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  when: connected(({ header }) => !header.archived),
  run: async ({ header, client }) => {
    const pinned = !header.pinned;
    const { arrangeWithUndo } = await import('../later.ts');
    return arrangeWithUndo(client, [header], { pinned }, pinned ? filing.pinned : filing.unpinned);
  },
};

const move: ConversationAction = {
  id: 'move',
  name: filing.move,
  says: () => filing.moveThis,
  icon: FolderInput,
  keys: [{ key: 'm' }],
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  when: connected(),
  run: ({ header }) => openDialog({ kind: 'move', conversations: [header.id] }),
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
  when: connected(({ header }) => header.archived),
  run: ({ header, client }) => {
    const offer = offering({ header, client });
    const done = () => offer(strings.isBack, { archived: true }, { archived: false });
    client.restore(header.id).then(done, toastFailure);
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
  when: connected(({ header }) => !header.archived),
  run: ({ header, client }) => {
    const offer = offering({ header, client });
    const done = () => offer(strings.archived, { archived: false }, { archived: true });
    client.archive(header.id).then(done, toastFailure);
  },
};

/** As a file: it asks in which form. */
const exportChat: ConversationAction = {
  id: 'export-chat',
  name: strings.exportChat,
  says: () => strings.exportThis,
  icon: FileDown,
  group: 'conversation',
  where: ['row', 'palette'],
  writes: true,
  when: connected(),
  run: ({ header }) => openDialog({ kind: 'export', conversation: header.id }),
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
  when: connected(),
  run: ({ header, client }) => {
    const leave = isOpen(header.id);
    const offer = offering({ header, client });
    const done = () => offer(strings.removed, { deleted: false }, { deleted: true });
    client.remove(header.id).then(done, toastFailure);
    if (leave) navigate({ kind: 'new' });
  },
};

export const CONVERSATION_ACTIONS: readonly ConversationAction[] = [
  rename,
  pin,
  move,
  exportChat,
  restore,
  archive,
  remove,
];

/** Gives it another title. What it was called before can be had back. */
export function renameTo({ header, client }: Done, title: string): void {
  const { text } = header.title;
  const offer = offering({ header, client });
  const done = () => {
    const did = (was: string) => strings.renamed(was, title);
    if (text !== '') offer(did, { title: text }, { title });
  };
  client.rename(header.id, title).then(done, toastFailure);
}

type Done = Pick<OnConversation, 'header' | 'client'>;

/** What offers to undo something that begins now, once it is done. */
function offering({ header, client }: Done) {
  const at = nextMoment();
  return (didTo: (title: string) => string, before: HeaderValues, after: HeaderValues): void => {
    const step = { conversation: header.id, did: didTo(strings.titleOf(header)), header: { before, after } };
    // Not part of the first load.
    void import('../later.ts').then(
      ({ offerStep }) => offerStep(client, step, { seen: 'title' in after, at }),
      toastFailure,
    );
  };
}

function isOpen(conversation: string): boolean {
  const route = currentRoute();
  return route.kind === 'conversation' && route.id === conversation;
}

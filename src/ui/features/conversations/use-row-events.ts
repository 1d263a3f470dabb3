import { type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react';
import { useAccess, useActions, useConnection } from '../../../client/hooks/index.ts';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { perform } from '../../actions/action.ts';
import {
  CONVERSATION_ACTIONS,
  type ConversationAction,
  renameTo,
} from '../../actions/conversation/conversation-actions.ts';
import { removeChatFolder, renameChatFolder } from '../../actions/conversation/filing.ts';
import { isKey } from '../../actions/keys.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import { signedInToRead } from '../../actions/strings/filing.ts';
import { hasMod } from '../../components/index.ts';
import { openChatFolder } from '../../stores/browser/chat-list.ts';
import { chooseAll, chooseTo, endChoosing, toggleChosen, useChosenChats } from '../../stores/chosen-chats.ts';
import { ask, useErrand } from '../../stores/errands.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { moveIn, neighbourOf } from './list-keys.ts';
import type { ListRow } from './list-rows.ts';

type FolderRow = Extract<ListRow, { kind: 'folder' }>;

/** What a row asks of its list; the same object until the list changes. */
export interface RowEvents {
  readonly onKey: (header: Conversation, event: KeyboardEvent) => void;
  /** Of a conversation or a folder. */
  readonly onFocus: (of: { readonly id: string }) => void;
  /** Does something with the row's conversation. */
  readonly onAct: (action: ConversationAction, header: Conversation) => void;
  /** As `onDone` of `RenameField`. */
  readonly onRenamed: (header: Conversation, title: string | undefined) => boolean;
  /** Whether the press chooses it, with others up to it or without, instead of opening it. */
  readonly onChoose: (header: Conversation, press: Modifiers) => boolean;
  readonly onFolderKey: (row: FolderRow, event: KeyboardEvent) => void;
  readonly onFolderOpen: (folder: ChatFolder, isOpen: boolean) => void;
  readonly onFolderRename: (folder: ChatFolder) => void;
  readonly onFolderRenamed: (folder: ChatFolder, name: string | undefined) => boolean;
  readonly onFolderRemove: (folder: ChatFolder) => void;
}

type Modifiers = Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What the events are about. */
interface OfList {
  /** Ids of the rows in their order, folders among them. */
  readonly ids: readonly string[];
  readonly folders: readonly ChatFolder[];
}

interface Focus {
  /** Moves the focus to a row of the list, wherever it is. */
  readonly goTo: (id: string) => void;
  readonly onFocus: (id: string) => void;
}

/** Keys, menu and rename of the rows: what leaves the list passes the focus to its neighbour. */
export function useRowEvents({ ids, folders }: OfList, { goTo, onFocus }: Focus) {
  const [renaming, setRenaming] = useState<string>();
  const client = useActions();
  const { readOnly } = useAccess();
  const offline = useConnection().kind === 'offline';
  const rowEvents = useMemo((): RowEvents => {
    const folderIds = new Set(folders.map(({ id }) => id));
    const chats = () => ids.filter((id) => !folderIds.has(id));
    const leave = (id: string) => {
      const next = neighbourOf(ids, id);
      if (next === undefined) ask('composer');
      else goTo(next);
    };
    /** Whether what changes something waits for Bough, which is said then. */
    const waits = () => {
      if (offline) toast(waitsForBough);
      return offline;
    };
    const onAct = (action: ConversationAction, header: Conversation) => {
      void perform(action, { header, client, readOnly, offline }, header.id);
      if (action.leaves && !offline) leave(header.id);
    };
    const events: RowEvents = {
      onAct,
      onFocus: ({ id }) => onFocus(id),
      onRenamed(header, title) {
        const text = title?.trim() ?? '';
        const isNew = text !== '' && text !== header.title.text;
        if (isNew && waits()) return false;
        setRenaming(undefined);
        goTo(header.id);
        if (isNew) renameTo({ header, client }, text);
        return true;
      },
      onChoose({ id }, { ctrlKey, metaKey, shiftKey }) {
        if (readOnly) return false;
        if (shiftKey) chooseTo(chats(), id, focused());
        else if (ctrlKey || metaKey || useChosenChats.getState().choosing) toggleChosen(id);
        else return false;
        return true;
      },
      onKey(header, event) {
        if (readOnly && event.key === ' ' && event.shiftKey) {
          toast(signedInToRead);
          return event.preventDefault();
        }
        if (!readOnly && chooseByKey(chats(), header.id, event)) return event.preventDefault();
        if (event.shiftKey && MOVES.has(event.key) && !readOnly) {
          const to = moveIn(chats(), header.id, event.key);
          if (to !== undefined) goTo(to);
          chooseTo(chats(), to ?? header.id, header.id);
          return event.preventDefault();
        }
        const action = CONVERSATION_ACTIONS.find(({ keys = [] }) =>
          keys.some((key) => isKey(key, event.nativeEvent)),
        );
        if (action && readOnly) toast(signedInToRead);
        else if (action) onAct(action, header);
        else if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        else {
          const folder = event.key === 'ArrowLeft' && folders.some(({ id }) => id === header.filed);
          const next = folder ? header.filed : moveIn(ids, header.id, event.key);
          if (next === undefined) return;
          goTo(next);
        }
        event.preventDefault();
      },
      onFolderOpen: ({ id }, isOpen) => openChatFolder(id, isOpen),
      onFolderRename: ({ id }) => waits() || setRenaming(id),
      onFolderRenamed(folder, name) {
        const text = name?.trim() ?? '';
        const isNew = text !== '' && text !== folder.name;
        if (isNew && waits()) return false;
        setRenaming(undefined);
        goTo(folder.id);
        if (isNew) renameChatFolder(client, folders, folder, text).catch(toastFailure);
        return true;
      },
      onFolderRemove(folder) {
        if (waits()) return;
        leave(folder.id);
        removeChatFolder(client, folder).catch(toastFailure);
      },
      onFolderKey({ folder, open }, event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const next = moveIn(ids, folder.id, event.key);
        if (next !== undefined) goTo(next);
        else if (event.key === 'ArrowRight' && !open) openChatFolder(folder.id, true);
        else if (event.key === 'ArrowRight') goTo(moveIn(ids, folder.id, 'ArrowDown') ?? folder.id);
        else if (event.key === 'ArrowLeft') openChatFolder(folder.id, false);
        else if (event.key !== 'F2' && event.key !== 'Delete') return;
        else if (readOnly) toast(signedInToRead);
        else if (event.key === 'F2') events.onFolderRename(folder);
        else events.onFolderRemove(folder);
        event.preventDefault();
      },
    };
    return events;
  }, [ids, folders, client, readOnly, offline, goTo, onFocus]);
  useErrand('rename', (id) => {
    goTo(id);
    setRenaming(id);
  });
  // Where the list is filtered it may not be there, and is not waited for.
  useErrand('folder-row', (id) => {
    if (ids.includes(id)) goTo(id);
  });
  return { events: rowEvents, renaming };
}

const MOVES: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown']);

/** The conversation whose row has the focus. */
const focused = (): string | undefined =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;

/** Shift+Space chooses one, while choosing Space does too; Ctrl/Cmd+A all; Esc ends it. Answers whether it was one of them. */
function chooseByKey(order: readonly string[], id: string, event: KeyboardEvent): boolean {
  const { choosing } = useChosenChats.getState();
  if (event.key === ' ' && (event.shiftKey || choosing)) toggleChosen(id);
  else if (event.key.toLowerCase() === 'a' && hasMod(event.nativeEvent)) chooseAll(order);
  else if (event.key === 'Escape' && choosing) endChoosing();
  else return false;
  return true;
}

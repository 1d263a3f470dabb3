import { Folder, MessagesSquare, Settings } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  useAccess,
  useActions,
  useChatFolders,
  useConnection,
  useConversations,
} from '../../../client/hooks/index.ts';
import { type Action, nameFor, perform, possibleFor } from '../../actions/action.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { keyName } from '../../actions/keys.ts';
import { shownActions } from '../../actions/message/message-actions.ts';
import { onMessages } from '../../actions/message/on-message.ts';
import { goToSettings, settings } from '../../actions/page/anywhere.ts';
import type { OnPage } from '../../actions/page/on-page.ts';
import { pageActionsIn, showList } from '../../actions/page/page-actions.ts';
import { settingsSections } from '../../actions/strings/settings.ts';
import { openChatFolder } from '../../stores/browser/chat-list.ts';
import { ask } from '../../stores/errands.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { navigate, SETTINGS } from '../../stores/route.ts';
import { Chooser, FIRST_CHATS, type PaletteEntry } from './chooser.tsx';
import * as strings from './strings.ts';
import { useFoundEntries } from './use-found-entries.tsx';

const chatIcon = <MessagesSquare size={16} />;
const folderIcon = <Folder size={16} />;
const settingsIcon = <Settings size={16} />;

/** Every action of the page, every chat, and what was said in any of them. */
export function Palette() {
  const [words, setWords] = useState('');
  const { found, all, finding } = useFoundEntries(words);
  return (
    <Chooser
      title={strings.search}
      placeholder={strings.placeholder}
      entries={useEntries()}
      found={found}
      last={all}
      finding={finding}
      onWords={setWords}
    />
  );
}

function useEntries(): readonly PaletteEntry[] {
  const page = usePage();
  const { readOnly } = useAccess();
  const offline = useConnection().kind === 'offline';
  const client = useActions();
  const { list } = useConversations();
  const folders = useChatFolders();
  return useMemo(() => {
    const chats = list.map((header): PaletteEntry => {
      const run = () => navigate({ kind: 'conversation', id: header.id });
      return { id: header.id, group: strings.chats, name: titleOf(header), icon: chatIcon, run };
    });
    const ofFolders = folders.map(({ id, name }): PaletteEntry => {
      const run = () => goToFolder(id);
      return { id, group: strings.folders, name, icon: folderIcon, run };
    });
    const sections = SETTINGS.map((section): PaletteEntry => {
      const run = () => goToSettings(section);
      return {
        id: `settings-${section}`,
        group: settings.name,
        name: settingsSections[section],
        icon: settingsIcon,
        run,
      };
    });
    return [
      ...chats.slice(0, FIRST_CHATS),
      ...ofPage({ page, readOnly, client, offline }),
      ...(page ? ofMessage(page) : []),
      ...[...sections, ...ofFolders, ...chats.slice(FIRST_CHATS)].map(asFound),
    ];
  }, [page, readOnly, client, offline, list, folders]);
}

const asFound = (entry: PaletteEntry): PaletteEntry => ({ ...entry, asked: true });

/** Into the list, where it stands open. */
function goToFolder(id: string): void {
  showList();
  openChatFolder(id, true);
  ask('folder', id);
}

function ofPage(on: OnPage): readonly PaletteEntry[] {
  return pageActionsIn('palette', on).map((action) => ({
    ...entryOf(action, on),
    run: () => void perform(action, on, ''),
  }));
}

function ofMessage(page: OpenPage): readonly PaletteEntry[] {
  const { selected } = page;
  if (selected === null) return [];
  const on = onMessages(page, [selected]);
  return shownActions('menu', on).map((action) => ({
    ...entryOf(action, on),
    id: `message-${action.id}`,
    group: strings.thisMessage,
    run: () => void perform(action, on, selected),
  }));
}

function entryOf<On extends { readonly readOnly: boolean }>(
  action: Action<On, string, string>,
  on: On,
): Omit<PaletteEntry, 'run'> {
  const { id, icon: Icon, keys: [key] = [] } = action;
  const hint = action.hint ?? (key && keyName(key));
  const possible = possibleFor(action, on);
  return {
    ...{ id, group: strings.actions, name: nameFor(action, on), icon: <Icon size={16} /> },
    ...(hint && { keys: hint }),
    ...(typeof possible === 'string' && { disabled: true, about: possible }),
  };
}

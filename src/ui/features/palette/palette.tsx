import { Folder, MessageSquareText, MessagesSquare, Search, Settings } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useAccess, useActions, useChatFolders, useConversations } from '../../../client/hooks/index.ts';
import { useFoundEverywhere } from '../../../client/hooks/use-found-everywhere.ts';
import { FIND_LIMIT } from '../../../protocol/find.ts';
import { type Action, nameFor, perform, possibleFor } from '../../actions/action.ts';
import { goToSettings, settings } from '../../actions/anywhere.ts';
import { titleOf } from '../../actions/conversation-actions.ts';
import { keyName } from '../../actions/keys.ts';
import { shownActions } from '../../actions/message-actions.ts';
import { onMessages } from '../../actions/on-message.ts';
import type { OnPage } from '../../actions/on-page.ts';
import { pageActionsIn, showList } from '../../actions/page-actions.ts';
import { settingsSections } from '../../actions/strings/settings.ts';
import { openChatFolder } from '../../stores/browser/chat-list.ts';
import { ask } from '../../stores/errands.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { navigate, SETTINGS } from '../../stores/route.ts';
import { aboutOf, markWords, PAUSE, routeTo, searchOf } from '../everywhere/index.ts';
import { Excerpt } from '../find/index.ts';
import { Chooser, FIRST_CHATS, type PaletteEntry } from './chooser.tsx';
import * as strings from './strings.ts';

const chatIcon = <MessagesSquare size={16} />;
const folderIcon = <Folder size={16} />;
const settingsIcon = <Settings size={16} />;

/** Every action of the page, every chat, and what was said in any of them. */
export function Palette() {
  const [words, setWords] = useState('');
  const { found, finding } = useSaid(words);
  return (
    <Chooser
      title={strings.search}
      placeholder={strings.placeholder}
      entries={useEntries()}
      found={found}
      finding={finding}
      onWords={setWords}
    />
  );
}

/** Hits shown among actions and chats. */
const FEW = 6;

/** The newest messages with these words, once one pauses, and the way to all of them. */
function useSaid(typed: string): { readonly found: readonly PaletteEntry[]; readonly finding: boolean } {
  const words = usePaused(typed.trim().slice(0, FIND_LIMIT));
  const isAsked = words.length >= LEAST;
  const { hits, conversations, finding, error } = useFoundEverywhere(
    { words, most: FEW },
    { enabled: isAsked },
  );
  const isLate = typed.trim().length >= LEAST && (finding || words !== typed.trim().slice(0, FIND_LIMIT));
  return useMemo(() => {
    if (!isAsked || error) return { found: [], finding: isLate };
    const said = hits.map((hit): PaletteEntry => {
      const title = conversations.get(hit.conversation)?.title ?? '';
      return {
        id: `hit-${hit.id}`,
        group: '',
        name: hit.excerpt,
        drawn: <Excerpt hit={hit} />,
        about: [title, ...aboutOf(hit)].filter(Boolean).join(' · '),
        icon: <MessageSquareText size={16} />,
        run: () => {
          markWords(hit, words);
          navigate(routeTo(hit));
        },
      };
    });
    const all: PaletteEntry = {
      id: 'all-results',
      group: '',
      name: strings.allResults(words),
      icon: <Search size={16} />,
      run: () => navigate({ kind: 'find', search: searchOf({ words }) }),
    };
    return { found: [...said, all], finding: isLate };
  }, [hits, conversations, words, isAsked, isLate, error]);
}

/** One letter is in every message. */
const LEAST = 2;

function usePaused(words: string): string {
  const [paused, setPaused] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return paused;
}

function useEntries(): readonly PaletteEntry[] {
  const page = usePage();
  const { readOnly } = useAccess();
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
      ...ofPage({ page, readOnly, client }),
      ...(page ? ofMessage(page) : []),
      ...[...sections, ...ofFolders, ...chats.slice(FIRST_CHATS)].map(asFound),
    ];
  }, [page, readOnly, client, list, folders]);
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

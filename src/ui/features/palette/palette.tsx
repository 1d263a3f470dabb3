import { MessagesSquare } from 'lucide-react';
import { useMemo } from 'react';
import { useAccess, useActions, useConversations } from '../../../client/hooks/index.ts';
import { type Action, nameFor, perform } from '../../actions/action.ts';
import { titleOf } from '../../actions/conversation-actions.ts';
import { keyName } from '../../actions/keys.ts';
import { shownActions } from '../../actions/message-actions.ts';
import { onMessages } from '../../actions/on-message.ts';
import type { OnPage } from '../../actions/on-page.ts';
import { pageActionsIn } from '../../actions/page-actions.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { navigate } from '../../stores/route.ts';
import { Chooser, FIRST_CHATS, type PaletteEntry } from './chooser.tsx';
import * as strings from './strings.ts';

const chatIcon = <MessagesSquare size={16} />;

/** Every action of the page and every chat. */
export function Palette() {
  return <Chooser title={strings.search} placeholder={strings.placeholder} entries={useEntries()} />;
}

function useEntries(): readonly PaletteEntry[] {
  const page = usePage();
  const { readOnly } = useAccess();
  const client = useActions();
  const { list } = useConversations();
  return useMemo(() => {
    const chats = list.map((header): PaletteEntry => {
      const run = () => navigate({ kind: 'conversation', id: header.id });
      return { id: header.id, group: strings.chats, name: titleOf(header), icon: chatIcon, run };
    });
    return [
      ...chats.slice(0, FIRST_CHATS),
      ...ofPage({ page, readOnly, client }),
      ...(page ? ofMessage(page) : []),
      ...chats.slice(FIRST_CHATS),
    ];
  }, [page, readOnly, client, list]);
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

function entryOf<On>(action: Action<On, string, string>, on: On): Omit<PaletteEntry, 'run'> {
  const { id, icon: Icon, keys: [key] = [] } = action;
  const hint = action.hint ?? (key && keyName(key));
  return {
    ...{ id, group: strings.actions, name: nameFor(action, on), icon: <Icon size={16} /> },
    ...(hint && { keys: hint }),
  };
}

import { type KeyboardEvent, useMemo, useState } from 'react';
import { useAccess, useActions } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { perform } from '../../actions/action.ts';
import {
  CONVERSATION_ACTIONS,
  type ConversationAction,
  renameTo,
} from '../../actions/conversation-actions.ts';
import { isKey } from '../../actions/keys.ts';
import { ask, useErrand } from '../../stores/errands.ts';
import { moveIn, neighbourOf } from './list-keys.ts';

/** What a row asks of its list; the same object until the list changes. */
export interface RowEvents {
  readonly onKey: (header: Conversation, event: KeyboardEvent) => void;
  readonly onFocus: (header: Conversation) => void;
  /** Does something with the row's conversation. */
  readonly onAct: (action: ConversationAction, header: Conversation) => void;
  readonly onRenamed: (header: Conversation, title: string | undefined) => void;
}

interface Focus {
  /** Moves the focus to a row of the list, wherever it is. */
  readonly goTo: (id: string) => void;
  readonly onFocus: (id: string) => void;
}

/** Keys, menu and rename of the rows: what leaves the list passes the focus to its neighbour. */
export function useRowEvents(ids: readonly string[], { goTo, onFocus }: Focus) {
  const [renaming, setRenaming] = useState<string>();
  const client = useActions();
  const { readOnly } = useAccess();
  const events = useMemo((): RowEvents => {
    const leave = (id: string) => {
      const next = neighbourOf(ids, id);
      if (next === undefined) ask('composer');
      else goTo(next);
    };
    const onAct = (action: ConversationAction, header: Conversation) => {
      void perform(action, { header, client, readOnly }, header.id);
      if (action.leaves) leave(header.id);
    };
    return {
      onAct,
      onFocus: ({ id }) => onFocus(id),
      onRenamed(header, title) {
        setRenaming(undefined);
        goTo(header.id);
        const text = title?.trim() ?? '';
        if (text !== '' && text !== header.title.text) renameTo({ header, client }, text);
      },
      onKey(header, event) {
        const action = readOnly
          ? undefined
          : CONVERSATION_ACTIONS.find(({ keys = [] }) => keys.some((key) => isKey(key, event.nativeEvent)));
        if (action) onAct(action, header);
        else if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        else {
          const next = moveIn(ids, header.id, event.key);
          if (next === undefined) return;
          goTo(next);
        }
        event.preventDefault();
      },
    };
  }, [ids, client, readOnly, goTo, onFocus]);
  useErrand('rename', (id) => {
    goTo(id);
    setRenaming(id);
  });
  return { events, renaming };
}

import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Conversation } from '../../../protocol/index.ts';
import { requestFocus } from '../../stores/focus.ts';
import { useWish } from '../../stores/wishes.ts';
import { moveIn, neighbourOf } from './list-keys.ts';
import { useConversationCommands } from './use-conversation-commands.ts';

/** What a row asks of its list; the same object until the list changes. */
export interface RowEvents {
  readonly onKey: (header: Conversation, event: KeyboardEvent) => void;
  readonly onFocus: (header: Conversation) => void;
  readonly onRename: (header: Conversation) => void;
  readonly onRenamed: (header: Conversation, title: string | undefined) => void;
  readonly onArchive: (header: Conversation) => void;
  readonly onRestore: (header: Conversation) => void;
  readonly onRemove: (header: Conversation) => void;
}

interface Focus {
  /** Moves the focus to a row of the list, wherever it is. */
  readonly goTo: (id: string) => void;
  readonly onFocus: (id: string) => void;
}

/** Keys, menu and rename of the rows: what leaves the list passes the focus to its neighbour. */
export function useRowEvents(ids: readonly string[], { goTo, onFocus }: Focus) {
  const [renaming, setRenaming] = useState<string>();
  const commands = useConversationCommands();
  const events = useMemo((): RowEvents => {
    const leave = (id: string) => {
      const next = neighbourOf(ids, id);
      if (next === undefined) requestFocus('composer');
      else goTo(next);
    };
    const onRemove = (header: Conversation) => {
      commands.remove(header);
      leave(header.id);
    };
    return {
      onRemove,
      onFocus: ({ id }) => onFocus(id),
      onRename: ({ id }) => setRenaming(id),
      onRenamed(header, title) {
        setRenaming(undefined);
        goTo(header.id);
        if (title !== undefined) commands.rename(header, title);
      },
      onArchive(header) {
        commands.archive(header);
        leave(header.id);
      },
      onRestore(header) {
        commands.restore(header);
        leave(header.id);
      },
      onKey(header, event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const next = moveIn(ids, header.id, event.key);
        if (next !== undefined) goTo(next);
        else if (event.key === 'F2') setRenaming(header.id);
        else if (event.key === 'Delete') onRemove(header);
        else return;
        event.preventDefault();
      },
    };
  }, [ids, commands, goTo, onFocus]);
  useWish('rename', (id) => {
    goTo(id);
    setRenaming(id);
  });
  return { events, renaming };
}

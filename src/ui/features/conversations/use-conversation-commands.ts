import { useMemo } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { toast, toastFailure } from '../../stores/toasts.ts';
import { offerUndo } from '../../stores/undo.ts';
import { titleOf } from './title.ts';

/** What can be done to a conversation, each with what is said about it and the way back. */
export interface ConversationCommands {
  rename(header: Conversation, title: string): void;
  archive(header: Conversation): void;
  restore(header: Conversation): void;
  /** Hides it; from its own page a new chat is opened, and undoing leads back. */
  remove(header: Conversation): void;
}

export function useConversationCommands(): ConversationCommands {
  const actions = useActions();
  return useMemo(
    () => ({
      rename({ id, title }, text) {
        if (text.trim() !== '' && text.trim() !== title.text)
          actions.rename(id, text.trim()).catch(toastFailure);
      },
      archive(header) {
        actions.archive(header.id).catch(toastFailure);
        const undo = () => {
          actions.restore(header.id).catch(toastFailure);
          sayBack(header);
        };
        offerUndo(`Archived “${titleOf(header)}”.`, undo, header.id);
      },
      restore(header) {
        actions.restore(header.id).catch(toastFailure);
        sayBack(header);
      },
      remove(header) {
        const leave = isOpen(header.id);
        actions.remove(header.id).catch(toastFailure);
        if (leave) navigate({ kind: 'new' });
        const undo = () => {
          actions.undoRemove(header.id).catch(toastFailure);
          sayBack(header);
          if (leave && currentRoute().kind === 'new') navigate({ kind: 'conversation', id: header.id });
        };
        offerUndo(`Deleted “${titleOf(header)}”.`, undo, header.id);
      },
    }),
    [actions],
  );
}

function sayBack(header: Conversation): void {
  toast(`“${titleOf(header)}” is back in the list.`, { about: header.id });
}

function isOpen(conversation: string): boolean {
  const route = currentRoute();
  return route.kind === 'conversation' && route.id === conversation;
}

import { MessagesSquare, SquarePen } from 'lucide-react';
import { useMemo } from 'react';
import { useConversations } from '../../../client/hooks/index.ts';
import type { Quote } from '../../../protocol/index.ts';
import { titleOf } from '../../actions/conversation/conversation-actions.ts';
import { bring } from '../../actions/message/bringing.ts';
import { ask } from '../../stores/errands.ts';
import { navigate } from '../../stores/route.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { NEW_CHAT } from '../../stores/writing/drafts.ts';
import { Chooser, FIRST_CHATS, type PaletteEntry } from './chooser.tsx';
import * as strings from './strings.ts';

const chatIcon = <MessagesSquare size={16} />;

interface QuoteIntoProps {
  readonly quotes: readonly Quote[];
  readonly onCancel: (() => void) | undefined;
}

/** The chats, to quote something in the message box of one; a new one first. */
export function QuoteInto({ quotes, onCancel }: QuoteIntoProps) {
  const { list } = useConversations();
  const entries = useMemo((): readonly PaletteEntry[] => {
    const into = (id: string | undefined) => () => {
      try {
        bring(id ?? NEW_CHAT, quotes);
        navigate(id === undefined ? { kind: 'new' } : { kind: 'conversation', id });
        ask('composer');
      } catch (error) {
        toastFailure(error);
      }
    };
    const fresh = {
      id: NEW_CHAT,
      group: strings.actions,
      name: strings.newChat,
      icon: <SquarePen size={16} />,
    };
    const chats = list.map((header, n) => {
      const { id } = header;
      const asked = n >= FIRST_CHATS;
      return { id, group: strings.chats, name: titleOf(header), icon: chatIcon, asked, run: into(id) };
    });
    return [{ ...fresh, run: into(undefined) }, ...chats];
  }, [list, quotes]);
  return (
    <Chooser title={strings.quoteInto} placeholder={strings.placeholderInto} {...{ entries, onCancel }} />
  );
}

import { useState } from 'react';
import { useAccess, useActions, useConnection } from '../../../client/hooks/index.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { renameTo, titleOf } from '../../actions/conversation/conversation-actions.ts';
import { waitsForBough } from '../../actions/strings/conversations.ts';
import { dirOf } from '../../components/direction.ts';
import { RenameField } from '../../features/conversations/index.ts';
import { useErrand } from '../../stores/errands.ts';
import { toast } from '../../stores/toasts.ts';
import * as strings from './strings.ts';

/** The title in the head of the page. A press makes it a field; Enter and leaving that save, Esc keeps the old one. */
export function ConversationTitle({ header }: { readonly header: Conversation }) {
  const client = useActions();
  const { readOnly } = useAccess();
  const [editing, setEditing] = useState(false);
  // Who ended it by a key goes on at the title; who pressed elsewhere is there.
  const [returns, setReturns] = useState(false);
  const title = titleOf(header);
  const offline = useConnection().kind === 'offline';
  useErrand('title', () => setEditing(!readOnly));
  const onDone = (text: string | undefined, byKey: boolean) => {
    const next = text?.trim() ?? '';
    const isNew = next !== '' && next !== header.title.text;
    if (isNew && offline) {
      toast(waitsForBough);
      return false;
    }
    setEditing(false);
    setReturns(byKey);
    if (isNew) renameTo({ header, client }, next);
    return true;
  };
  if (editing) return <RenameField title={header.title.text} onDone={onDone} />;
  if (readOnly)
    return <bdi className="max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:wrap-anywhere">{title}</bdi>;
  return (
    <button
      type="button"
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the field
      autoFocus={returns}
      dir={dirOf(title)}
      data-tip={offline ? waitsForBough : strings.renameTip}
      aria-description={offline ? waitsForBough : strings.renameTip}
      onClick={() => (offline ? toast(waitsForBough) : setEditing(true))}
      // Its ring is inside: the heading cuts off what stands out.
      className="-mx-1.5 max-w-full cursor-text! truncate rounded-md px-1.5 align-bottom font-medium hover:bg-hover focus-visible:-outline-offset-2 max-sm:mx-0 max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:px-0 max-sm:text-left max-sm:wrap-anywhere"
    >
      {title}
    </button>
  );
}

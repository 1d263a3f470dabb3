import { useRef, useState } from 'react';
import { useActions } from '../../../client/hooks/index.ts';
import { type DeletedConversation, useDeletedConversations } from '../../../client/hooks/use-deleted.ts';
import { arrangeWithUndo } from '../../actions/conversation/arranging.ts';
import { titleOf } from '../../actions/strings/conversations.ts';
import { restored } from '../../actions/strings/filing.ts';
import { dayText } from '../../components/date-text.ts';
import { dirOf } from '../../components/direction.ts';
import { Button, Spinner } from '../../components/index.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { Subsection } from './choices.tsx';
import * as strings from './strings.ts';

/** Chats that are named before more are asked for. */
const FEW = 8;

/** What was deleted and can still be brought back. */
export function DeletedChats() {
  const deleted = useDeletedConversations();
  const [all, setAll] = useState(false);
  const part = useRef<HTMLDivElement>(null);
  const shown = all ? deleted : deleted?.slice(0, FEW);
  return (
    <Subsection title={strings.deletedChats}>
      <div ref={part} tabIndex={-1} className="outline-none">
        <p className="text-muted text-sm">
          {deleted?.length === 0 ? strings.noneDeleted : strings.deletedAreKept}
        </p>
        {!deleted && <Spinner label={strings.loading} />}
        {shown && shown.length > 0 && (
          <ul
            aria-label={strings.deletedChats}
            className="mt-2 divide-y divide-line rounded-xl border border-line bg-surface"
          >
            {shown.map((one) => (
              // The row goes, and the focus with it.
              <DeletedRow key={one.header.id} {...one} onRestored={() => part.current?.focus()} />
            ))}
          </ul>
        )}
        {deleted && shown && shown.length < deleted.length && (
          <Button look="text" className="mt-1 -ml-3" onClick={() => setAll(true)}>
            {strings.showAll(deleted.length)}
          </Button>
        )}
      </div>
    </Subsection>
  );
}

function DeletedRow({
  header,
  until,
  onRestored,
}: DeletedConversation & { readonly onRestored: () => void }) {
  const client = useActions();
  const name = titleOf(header);
  const restore = () => {
    onRestored();
    arrangeWithUndo(client, [header], { deleted: false }, restored).catch(toastFailure);
  };
  return (
    <li className="flex min-h-10 items-center gap-3 py-1 pr-1 pl-3 text-sm">
      <span dir={dirOf(name)} className="min-w-0 flex-1 truncate">
        {name}
      </span>
      <span className="shrink-0 text-muted text-xs tabular-nums">{strings.keptUntil(dayText(until))}</span>
      <Button look="text" aria-label={strings.restoreChat(name)} onClick={restore}>
        {strings.restore}
      </Button>
    </li>
  );
}

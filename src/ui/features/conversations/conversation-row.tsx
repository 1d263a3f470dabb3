import { CircleHelp, Clock } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { useConnection, useIsUnbegun } from '../../../client/hooks/index.ts';
import { isCutOff } from '../../../client/live/view.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { rename, titleOf } from '../../actions/conversation/conversation-actions.ts';
import { dirOf } from '../../components/direction.ts';
import { COARSE, cx, Link, Spinner, VisuallyHidden } from '../../components/index.ts';
import { showDrawer } from '../../stores/browser/layout.ts';
import { toggleChosen, useChosenChats } from '../../stores/chosen-chats.ts';
import { ask } from '../../stores/errands.ts';
import { RenameField } from './rename-field.tsx';
import { RowMenu } from './row-menu.tsx';
import * as strings from './strings-list.ts';
import { dragChats } from './use-filing-by-drag.ts';
import type { RowEvents } from './use-row-events.ts';

interface ConversationRowProps {
  readonly header: Conversation;
  /** It stands in the open folder above it. */
  readonly inFolder: boolean;
  /** The name of its folder, where it stands elsewhere. */
  readonly of: string | undefined;
  readonly current: boolean;
  /** One row of the list is in the tab order. */
  readonly tabbable: boolean;
  readonly renaming: boolean;
  /** Whether it is chosen; undefined where nothing is being chosen. */
  readonly chosen: boolean | undefined;
  readonly events: RowEvents;
}

/** What goes on in it: it waits to be begun, a reply asks you something, or is being written. */
function Going({ header }: { readonly header: Conversation }) {
  // Without a connection nobody knows whether it still is.
  const isAway = isCutOff(useConnection());
  const isUnbegun = useIsUnbegun(header.id);
  if (isUnbegun) {
    return (
      <>
        <Clock aria-hidden size={15} className="shrink-0 text-muted" />
        <VisuallyHidden>{strings.waits}</VisuallyHidden>
      </>
    );
  }
  if (header.asking.length > 0) {
    return (
      <>
        <CircleHelp aria-hidden size={15} className="shrink-0 text-warn" />
        <VisuallyHidden>{strings.asksYou}</VisuallyHidden>
      </>
    );
  }
  if (header.open.length === 0 || isAway) return null;
  return (
    <>
      <Spinner />
      <VisuallyHidden>{strings.replying}</VisuallyHidden>
    </>
  );
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { header, inFolder, of, current, tabbable, renaming, chosen, events } = props;
  if (renaming) {
    return <RenameField title={header.title.text} onDone={(title) => events.onRenamed(header, title)} />;
  }
  const open = (event: MouseEvent) => {
    if (events.onChoose(header, event)) return event.preventDefault();
    showDrawer(false);
    // With a finger it would raise the keyboard over what is to be read.
    if (!window.matchMedia(COARSE).matches) ask('composer');
  };
  return (
    <div
      className={cx(
        'group flex h-full items-center rounded-lg text-sm',
        current ? 'font-medium text-ink' : 'text-ink',
        chosen || (current && chosen === undefined) ? 'bg-leaf-soft' : 'hover:bg-hover',
      )}
    >
      {chosen !== undefined && (
        <input
          type="checkbox"
          aria-label={strings.select(titleOf(header))}
          tabIndex={-1}
          checked={chosen}
          onChange={() => toggleChosen(header.id)}
          className={cx('size-4 shrink-0 accent-leaf', inFolder ? 'ml-7' : 'ml-2.5')}
        />
      )}
      <Link
        to={{ kind: 'conversation', id: header.id }}
        aria-current={current ? 'page' : undefined}
        tabIndex={tabbable ? 0 : -1}
        data-row={header.id}
        onClick={open}
        onDoubleClick={() => events.onAct(rename, header)}
        onFocus={() => events.onFocus(header)}
        onKeyDown={(event) => events.onKey(header, event)}
        onDragStart={(event) => dragChats(event, draggedWith(header.id))}
        className={cx(
          'flex h-full min-w-0 flex-1 items-center gap-2 rounded-lg last:pr-2.5 -outline-offset-2',
          inFolder && chosen === undefined ? 'pl-7' : 'pl-2.5',
        )}
      >
        <span dir={dirOf(titleOf(header))} className="min-w-0 flex-1 truncate" title={titleOf(header)}>
          {titleOf(header)}
        </span>
        {of !== undefined && (
          <>
            <span aria-hidden className="max-w-20 shrink-0 truncate font-normal text-muted text-xs">
              {of}
            </span>
            <VisuallyHidden>{strings.inFolder(of)}</VisuallyHidden>
          </>
        )}
        {chosen && <VisuallyHidden>{strings.selected}</VisuallyHidden>}
        <Going header={header} />
      </Link>
      <RowMenu header={header} tabbable={tabbable} shown={current} events={events} />
    </div>
  );
});

/** All that are chosen, if it is one of them. */
function draggedWith(id: string): readonly string[] {
  const { ids } = useChosenChats.getState();
  return ids.has(id) ? [...ids] : [id];
}

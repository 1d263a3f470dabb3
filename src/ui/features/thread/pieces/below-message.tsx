import { Ellipsis } from 'lucide-react';
import { type PointerEvent, type ReactNode, use } from 'react';
import { dateOf } from '../../../../protocol/reading/date-of.ts';
import { details } from '../../../actions/message/going.ts';
import { messageActionsIn } from '../../../actions/message/message-actions.ts';
import { MessageButton } from '../../../actions/message/message-button.tsx';
import { useMessageAction } from '../../../actions/message/use-message-action.ts';
import { exactText, whenText } from '../../../components/date-text.ts';
import { cx, IconButton, useSoon } from '../../../components/index.ts';
import { useToday } from '../../../components/use-today.ts';
import { openMenuAt } from '../../../stores/dialogs.ts';
import { useOfPage } from '../../../stores/page.ts';
import { ArticleContext } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import * as strings from '../strings.ts';
import { Links } from './links.tsx';
import { Versions } from './versions.tsx';

interface BelowMessageProps {
  readonly row: Row;
  /** When the message came to be, in ms since the epoch; not said of what is being written. */
  readonly time?: number;
  /** What else is quietly known of it. */
  readonly meta?: string | undefined;
  /** Its words; absent: only the way to its versions is there. */
  readonly text?: string;
  /** It ended badly: "Try again" stands above, and is not offered twice. Default: false. */
  readonly broken?: boolean;
}

/** Those that a phone has in the menu only: where versions stand beside them, the time would find no room. */
const IN_MENU_WHEN_NARROW: ReadonlySet<string> = new Set(['ask-several', 'side-by-side']);

/** What can be done with a message, below it: on hover, focus or tap; always for the last one. The space is kept, so nothing moves. */
export function BelowMessage({ row, time, meta, text, broken = false }: BelowMessageProps) {
  const { last, tabbable, inColumn = false } = use(ArticleContext);
  // All of them come at once with the page, and hardly any is in sight.
  const hasActions =
    useSoon(
      useOfPage((page) => page !== undefined),
      tabbable,
    ) && text !== undefined;
  const shown = !hasActions || inColumn ? [] : messageActionsIn(row.role === 'user' ? 'prompt' : 'reply');
  return (
    <>
      {text !== undefined && <Links message={row.key} />}
      <div
        data-print="hide"
        onPointerDown={keepHold}
        className={cx(
          '-mx-1.5 mt-1 flex min-h-7 flex-wrap items-center gap-x-0.5 text-muted text-xs',
          // A bubble ends in a space of its own: what answers it is not farther off than what follows a reply.
          'group-data-[role=user]/message:-mb-4 group-data-[role=user]/message:flex-row-reverse',
          !last && 'actions-on-demand',
        )}
      >
        <Versions row={row} />
        {shown.map(
          (action) =>
            !(broken && action.id === 'regenerate') && (
              <MessageButton
                key={action.id}
                action={action}
                message={row.key}
                text={text}
                tabbable={tabbable}
                inThread
                {...(IN_MENU_WHEN_NARROW.has(action.id) && { className: '@max-[27rem]/thread:hidden' })}
              />
            ),
        )}
        {hasActions && !inColumn && <More row={row} />}
        {time !== undefined && (
          <Meta row={row}>
            <Time at={dateOf(time)} />
            {meta && ` · ${meta}`}
          </Meta>
        )}
      </div>
    </>
  );
}

/** A reply that grows moves what is below it: a press that begins on a button ends on it, wherever that is by then. */
function keepHold({ target, pointerId, button }: PointerEvent<HTMLElement>): void {
  if (button === 0 && target instanceof Element) target.closest('button')?.setPointerCapture?.(pointerId);
}

/** What is done with a message now and then: the same menu as from its card and its row in the tree. */
function More({ row }: { readonly row: Row }) {
  const { tabbable } = use(ArticleContext);
  return (
    <IconButton
      size="sm"
      label={strings.more}
      aria-haspopup="menu"
      icon={<Ellipsis size={15} />}
      tabIndex={tabbable ? 0 : -1}
      onClick={(event) => openMenuAt(event.currentTarget, [row.key])}
    />
  );
}

/** When, and how much; of a reply a button that opens all that is known of it. */
function Meta({ row, children }: { readonly row: Row; readonly children: ReactNode }) {
  const { tabbable } = use(ArticleContext);
  const { possible, tip, run } = useMessageAction(details, row.key);
  if (possible !== true) return <span className="truncate px-1.5">{children}</span>;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      data-tip={tip}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => void run()}
      className="min-h-6 min-w-0 truncate rounded-md px-1.5 hover:bg-hover hover:text-ink"
    >
      <span className="sr-only">{strings.details} </span>
      {children}
    </button>
  );
}

function Time({ at }: { readonly at: Date }) {
  const today = useToday();
  return (
    <time dateTime={at.toISOString()} title={exactText(at.getTime())}>
      {whenText(at.getTime(), today)}
    </time>
  );
}

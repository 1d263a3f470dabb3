import { Check, Copy, GitBranch, Pencil, RefreshCw } from 'lucide-react';
import { type ReactNode, use } from 'react';
import { useAccess } from '../../../../client/hooks/index.ts';
import type { FilePart } from '../../../../protocol/index.ts';
import { cx, IconButton } from '../../../components/index.ts';
import { startEdit } from '../../../stores/edits.ts';
import { requestFocus } from '../../../stores/focus.ts';
import { dropTarget, setTarget } from '../../../stores/target.ts';
import { toast } from '../../../stores/toasts.ts';
import { useCopied } from '../../markdown/index.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { promiseOf } from '../rows/edit-check.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import { useTryAgain } from './use-try-again.ts';

interface MessageActionsProps {
  /** When the message came to be, in ms since the epoch; not said of what is being written. */
  readonly time?: number;
  /** What else is quietly known of it. */
  readonly meta?: string | undefined;
  /** Opens all that is known of it. Default: there is nothing more. */
  readonly onDetails?: () => void;
  readonly children: ReactNode;
}

/** What can be done with a message, below it: on hover, focus or tap; always for the last one. The space is kept, so nothing moves. */
export function MessageActions({ time, meta, onDetails, children }: MessageActionsProps) {
  const { last } = use(ArticleContext);
  return (
    <div
      data-print="hide"
      className={cx(
        '-mx-1.5 mt-1 flex h-7 items-center gap-0.5 text-muted text-xs',
        // A bubble ends in a space of its own: what answers it is not farther off than what follows a reply.
        'group-data-[role=user]/message:-mb-4 group-data-[role=user]/message:flex-row-reverse',
        !last && 'actions-on-demand',
      )}
    >
      {children}
      {time !== undefined && (
        <Meta onDetails={onDetails}>
          <Time at={new Date(time)} />
          {meta && ` · ${meta}`}
        </Meta>
      )}
    </div>
  );
}

interface MetaProps {
  readonly onDetails: (() => void) | undefined;
  readonly children: ReactNode;
}

function Meta({ onDetails, children }: MetaProps) {
  const { tabbable } = use(ArticleContext);
  if (!onDetails) return <span className="truncate px-1.5">{children}</span>;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      data-tip="Details: who wrote it, tokens, time, cost"
      tabIndex={tabbable ? 0 : -1}
      onClick={onDetails}
      className="min-h-6 min-w-0 truncate rounded-md px-1.5 hover:bg-hover hover:text-ink"
    >
      <span className="sr-only">Details: </span>
      {children}
    </button>
  );
}

function Time({ at }: { readonly at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={at.toLocaleString()}>
      {clock.format(at)}
    </time>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

export function CopyAction({ text }: { readonly text: string }) {
  const { tabbable } = use(ArticleContext);
  const { copied, copy } = useCopied();
  return (
    <IconButton
      size="sm"
      label={copied ? 'Copied' : 'Copy'}
      icon={copied ? <Check size={15} className="text-leaf" /> : <Copy size={15} />}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => copy(text)}
    />
  );
}

interface EditActionProps {
  readonly row: Row;
  readonly text: string;
  /** Default: none. */
  readonly files?: readonly FilePart[];
}

export function EditAction({ row, text, files = [] }: EditActionProps) {
  const { tabbable } = use(ArticleContext);
  const { readOnly } = useAccess();
  if (readOnly) return null;
  return (
    <IconButton
      size="sm"
      label="Edit"
      data-act="edit"
      tip={`Edit: ${promiseOf(row).replace('Makes', 'makes')}`}
      icon={<Pencil size={15} />}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => startEdit(row.key, text, files)}
    />
  );
}

/** Aims the message box here; nothing is written until Send. At the end that is where it aims anyway, and that is said. */
export function ForkAction({ row, text }: { readonly row: Row; readonly text: string }) {
  const { conversation } = useThread();
  const { tabbable } = use(ArticleContext);
  const { readOnly } = useAccess();
  if (readOnly) return null;
  const atEnd = row.later === 0;
  const fork = () => {
    if (!atEnd) return setTarget(conversation, { message: row.key, words: text });
    dropTarget(conversation);
    toast('Nothing follows here yet: your next message goes on from this one.');
    requestFocus('composer');
  };
  return (
    <IconButton
      size="sm"
      label="Fork from here"
      tip={
        atEnd
          ? 'Fork from here: nothing follows yet, just go on'
          : 'Fork from here: your next message starts a branch after this one'
      }
      icon={<GitBranch size={15} />}
      tabIndex={tabbable ? 0 : -1}
      onClick={fork}
    />
  );
}

export function RegenerateAction({ row }: { readonly row: Row }) {
  const { tabbable } = use(ArticleContext);
  const { run, busy, tip } = useTryAgain(row);
  if (!run) return null;
  return (
    <IconButton
      size="sm"
      label="Regenerate"
      data-act="regenerate"
      tip={tip}
      icon={<RefreshCw size={15} className={busy ? 'animate-spin' : ''} />}
      tabIndex={tabbable ? 0 : -1}
      aria-disabled={busy}
      onClick={run}
    />
  );
}

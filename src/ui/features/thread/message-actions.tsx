import { Check, Copy, RefreshCw } from 'lucide-react';
import { type ReactNode, use } from 'react';
import { cx, IconButton } from '../../components/index.ts';
import { useCopied } from '../markdown/index.ts';
import { ArticleContext } from './article-context.ts';
import type { Row } from './rows.ts';
import { useTryAgain } from './use-try-again.ts';

interface MessageActionsProps {
  /** When the message came to be, in ms since the epoch; not said of what is being written. */
  readonly time?: number;
  /** What else is quietly known of it. */
  readonly meta?: string | undefined;
  readonly children: ReactNode;
}

/** What can be done with a message, below it: on hover, focus or tap; always for the last one. The space is kept, so nothing moves. */
export function MessageActions({ time, meta, children }: MessageActionsProps) {
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
        <span className="truncate px-1.5">
          <Time at={new Date(time)} />
          {meta && ` · ${meta}`}
        </span>
      )}
    </div>
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

export function RegenerateAction({ row }: { readonly row: Row }) {
  const { tabbable } = use(ArticleContext);
  const { run, busy, tip } = useTryAgain(row);
  if (!run) return null;
  return (
    <IconButton
      size="sm"
      label="Regenerate"
      tip={tip}
      icon={<RefreshCw size={15} className={busy ? 'animate-spin' : ''} />}
      tabIndex={tabbable ? 0 : -1}
      aria-disabled={busy}
      onClick={run}
    />
  );
}

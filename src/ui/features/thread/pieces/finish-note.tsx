import { CircleStop, PackageOpen, Plug, Scissors, TriangleAlert } from 'lucide-react';
import { use, useEffect, useState } from 'react';
import type { Finish } from '../../../../tree/index.ts';
import { continueReply } from '../../../actions/message/continue.ts';
import { MessageTextButton } from '../../../actions/message/message-button.tsx';
import { regenerate } from '../../../actions/message/regenerate.ts';
import { Button, cx } from '../../../components/index.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { endingOf, waitText } from '../rows/finish.ts';
import type { Row } from '../rows/rows.ts';
import * as strings from '../strings.ts';
import { useKeep } from './use-edit-message.ts';

const ICONS = {
  stopped: CircleStop,
  interrupted: Plug,
  failed: TriangleAlert,
  length: Scissors,
  later: PackageOpen,
} as const;

interface FinishNoteProps {
  readonly row: Row;
  readonly finish: Finish | undefined;
  /** What can be kept as the answer where there is none. Default: nothing. */
  readonly thoughts?: string;
}

/** How a reply ended, if not by itself, and what to do then. Nothing for a reply that is complete. */
export function FinishNote({ row, finish, thoughts = '' }: FinishNoteProps) {
  const ending = endingOf(finish);
  const wait = useCountdown(ending?.retryAfter);
  const keep = useKeep(row, thoughts);
  const { tabbable } = use(ArticleContext);
  if (!ending) return null;
  const Icon = ICONS[ending.kind];
  const failed = ending.kind === 'failed';
  return (
    <div
      className={cx(
        'mt-2 flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-1.5 rounded-xl py-1.5 pr-1.5 pl-3 text-sm sm:flex-nowrap',
        failed ? 'bg-danger-soft text-danger' : 'bg-sunken text-muted',
      )}
    >
      <span className="flex min-w-0 flex-1 basis-auto gap-2 sm:basis-0">
        <Icon aria-hidden size={15} className="mt-[3px] shrink-0" />
        <span className="wrap-anywhere">{ending.sentence}</span>
      </span>
      {wait > 0 && <span className="tabular-nums">{waitText(wait)}</span>}
      {keep && (
        <Button tip={strings.keepMakes} tabIndex={tabbable ? 0 : -1} onClick={keep}>
          {strings.keepAsAnswer}
        </Button>
      )}
      <MessageTextButton action={continueReply} message={row.key} tabbable={tabbable} inThread>
        {strings.continueReply}
      </MessageTextButton>
      <MessageTextButton action={regenerate} message={row.key} tabbable={tabbable} inThread>
        {strings.tryAgain}
      </MessageTextButton>
    </div>
  );
}

/** Whole seconds until a time (ms since the epoch); 0 once it has passed or where there is none. */
function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    if (until === undefined || left === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), (until - Date.now()) % 1_000 || 1_000);
    return () => clearTimeout(timer);
  }, [until, left]);
  return left;
}

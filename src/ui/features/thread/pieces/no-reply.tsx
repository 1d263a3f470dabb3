import { use } from 'react';
import type { Generation } from '../../../../tree/index.ts';
import { Button } from '../../../components/index.ts';
import { ArticleContext } from '../rows/article-context.ts';
import { endingOf } from '../rows/finish.ts';
import type { Row } from '../rows/rows.ts';
import { useTryAgain } from './use-try-again.ts';

interface NoReplyProps {
  /** The message that was to be answered. */
  readonly row: Row;
  readonly generation: Generation;
}

/** Why nobody answered a message after which the conversation went on. A reply asked for now stands beside what followed. */
export function NoReply({ row, generation }: NoReplyProps) {
  const { id: key } = generation;
  const { run, busy } = useTryAgain({
    ...row,
    key,
    role: 'assistant',
    entry: { kind: 'empty-end', key, generation },
  });
  const { tabbable } = use(ArticleContext);
  const later = `${row.later} later ${row.later === 1 ? 'message stays' : 'messages stay'}`;
  return (
    <div className="mt-1.5 flex max-w-[88%] flex-wrap items-center justify-end gap-x-2 text-muted text-sm">
      <span className="wrap-anywhere">No reply: {endingOf(generation.end)?.sentence ?? 'it was empty.'}</span>
      {run && (
        <Button
          look="text"
          tip={`Makes a branch with a reply; ${later} on this one`}
          aria-disabled={busy}
          tabIndex={tabbable ? 0 : -1}
          onClick={run}
        >
          Try again
        </Button>
      )}
    </div>
  );
}

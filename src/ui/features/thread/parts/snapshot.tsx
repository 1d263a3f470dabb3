import { FileDiff, SquareTerminal, TriangleAlert } from 'lucide-react';
import type { ChangedLines } from '../../../../tree/index.ts';
import { Spinner } from '../../../components/index.ts';
import { ChangedLinesText } from './changed-lines.tsx';
import type { PartProps } from './part-props.ts';
import * as strings from './strings-snapshot.ts';

/** What the turn did to files, and how the branch differs from its fork point; what could not be kept is said. */
export function SnapshotPart({ part, writing }: PartProps<'snapshot'>) {
  const { turn, since, left = [], trouble, ran } = part;
  const hasMore = since !== undefined && turn !== undefined && !isSame(since, turn);
  return (
    <div className="flex flex-col gap-1 text-muted text-xs">
      {ran && <RanLine ran={ran} writing={writing} />}
      {turn && (
        <p className="flex items-start gap-x-2">
          <FileDiff aria-hidden size={14} className="mt-px shrink-0" />
          <span className="flex flex-wrap gap-x-1">
            <span>
              {strings.inThisTurn} <ChangedLinesText lines={turn} />
              {hasMore && ' ·'}
            </span>
            {hasMore && (
              <span>
                {strings.sinceFork} <ChangedLinesText lines={since} />
              </span>
            )}
          </span>
        </p>
      )}
      {left.length > 0 && (
        <Warning text={strings.leftOut(left.map(({ path, why }) => `${path} (${strings.why(why)})`))} />
      )}
      {trouble !== undefined && <Warning text={strings.notKept(trouble)} />}
    </div>
  );
}

interface RanLineProps {
  readonly ran: NonNullable<PartProps<'snapshot'>['part']['ran']>;
  readonly writing: boolean;
}

/** The person's line for new copies: while it runs, and what came of it. */
function RanLine({ ran: { line, running, failed }, writing }: RanLineProps) {
  if (failed !== undefined) return <Warning text={strings.lineFailed(line, failed)} />;
  if (running && !writing) return <Warning text={strings.lineCut(line)} />;
  return (
    <p className="flex items-center gap-2">
      {running ? (
        <Spinner className="size-3.5 shrink-0" />
      ) : (
        <SquareTerminal aria-hidden size={14} className="shrink-0" />
      )}
      <span className="min-w-0 wrap-anywhere">
        {running ? strings.lineRuns(line) : strings.lineRan(line)}
      </span>
    </p>
  );
}

const isSame = (a: ChangedLines, b: ChangedLines): boolean =>
  a.files === b.files && a.added === b.added && a.removed === b.removed;

function Warning({ text }: { readonly text: string }) {
  return (
    <p className="flex items-start gap-2 text-warn">
      <TriangleAlert aria-hidden size={14} className="mt-px shrink-0" />
      <span className="min-w-0 wrap-anywhere" dir="auto">
        {text}
      </span>
    </p>
  );
}

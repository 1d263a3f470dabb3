import { FileDiff, TriangleAlert } from 'lucide-react';
import type { ChangedLines } from '../../../../tree/index.ts';
import { ChangedLinesText } from './changed-lines.tsx';
import type { PartProps } from './part-props.ts';
import * as strings from './strings-snapshot.ts';

/** What the turn did to files, and how the branch differs from its fork point; what could not be kept is said. */
export function SnapshotPart({ part: { turn, since, left = [], trouble } }: PartProps<'snapshot'>) {
  return (
    <div className="flex flex-col gap-1 text-muted text-xs">
      {turn && (
        <p className="flex flex-wrap items-center gap-x-2">
          <FileDiff aria-hidden size={14} className="shrink-0" />
          <span>
            {strings.inThisTurn} <ChangedLinesText lines={turn} />
          </span>
          {since && !isSame(since, turn) && (
            <span>
              · {strings.sinceFork} <ChangedLinesText lines={since} />
            </span>
          )}
        </p>
      )}
      {left.length > 0 && (
        <Warning text={strings.leftOut(left.map(({ path, why }) => `${path} (${strings.why(why)})`))} />
      )}
      {trouble !== undefined && <Warning text={strings.notKept(trouble)} />}
    </div>
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

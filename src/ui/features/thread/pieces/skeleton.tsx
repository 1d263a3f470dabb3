import { use } from 'react';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { dirOf } from '../../../components/direction.ts';
import { estimateHeight } from '../rows/estimate.ts';
import type { Row } from '../rows/rows.ts';
import { ThreadWidth } from '../rows/thread-width.ts';

/** How high that line is, in px. */
const BELOW = 32;

interface SkeletonProps {
  readonly row: Row;
  /** The line below the message is there already. Default: false. */
  readonly hasBelow?: boolean;
}

/** A message that is being loaded: its first words, in the space it will probably take. */
export function Skeleton({ row, hasBelow = false }: SkeletonProps) {
  const width = use(ThreadWidth);
  const preview = row.entry.kind === 'message' ? plainLine(row.entry.header.preview) : '';
  return (
    <div
      aria-busy
      data-loading
      className={`flex w-full flex-col gap-3 ${row.role === 'user' ? 'items-end' : ''}`}
      style={{ minHeight: estimateHeight(row, width) - (hasBelow ? 40 + BELOW : 40) }}
    >
      <p dir={dirOf(preview)} className="max-w-[88%] text-muted wrap-anywhere">
        {preview}
      </p>
      {row.role === 'assistant' && <div className="h-3 w-2/3 rounded-full bg-hover" />}
    </div>
  );
}

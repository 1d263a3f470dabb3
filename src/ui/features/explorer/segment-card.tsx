import type { NodeProps } from '@xyflow/react';
import { ChevronsUpDown } from 'lucide-react';
import { memo } from 'react';
import { cx } from '../../components/index.ts';
import { Anchors } from './anchors.tsx';
import { useExplorer } from './explorer-context.ts';
import type { SegmentNode } from './flow-elements.ts';
import { HereMark, LiveMark } from './marks.tsx';

/** A folded run: how many turns, where it begins, what lives in it. A click unfolds it. */
export const SegmentCard = memo(function SegmentCard({ data: { view } }: NodeProps<SegmentNode>) {
  const { unfold } = useExplorer();
  return (
    <button
      type="button"
      tabIndex={-1}
      data-card={view.id}
      data-tip={`Unfold ${view.turns} turns`}
      className={cx(
        'nopan relative flex size-full items-center gap-2 rounded-xl border border-dashed px-3 text-left text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line-strong bg-sunken',
        view.here && 'outline-2 outline-leaf',
      )}
      onClick={() => unfold(view.run, view.id)}
    >
      <Anchors view={view} />
      <span className="shrink-0 font-medium text-ink">{view.turns} turns</span>
      <span className="truncate text-muted">“{view.title}”</span>
      <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-muted" />
      <span className="-top-3.5 absolute right-3 flex gap-1">
        {view.live > 0 && <LiveMark count={view.live} />}
        {view.here && <HereMark />}
      </span>
    </button>
  );
});

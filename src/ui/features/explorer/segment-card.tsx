import type { NodeProps } from '@xyflow/react';
import { ChevronsUpDown } from 'lucide-react';
import { memo } from 'react';
import { cx } from '../../components/index.ts';
import { CardBadges } from './badges.tsx';
import type { SegmentView } from './diagram-model.ts';
import { useExplorer } from './explorer-context.ts';
import { plainLine } from './first-line.ts';
import type { SegmentNode } from './flow-elements.ts';
import { HereMark, LiveMark } from './marks.tsx';
import { turnsText } from './outline-text.ts';

/** A folded run, or a stub with all that leaves the path here: how much, where it begins, what lives in it. A click unfolds it. */
export const SegmentCard = memo(function SegmentCard({ data: { view } }: NodeProps<SegmentNode>) {
  const { unfold } = useExplorer();
  const stub = view.kind === 'stub';
  return (
    <button
      type="button"
      tabIndex={-1}
      data-card={view.id}
      className={cx(
        'nopan relative flex size-full items-center gap-2 rounded-xl border border-dashed px-3 text-left text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line-strong bg-sunken',
        stub && 'stacked-card',
        view.here && 'outline-2 outline-leaf',
      )}
      onClick={() => unfold(view.run, view.id, stub ? 'opened' : 'unfolded')}
    >
      <Words view={view} />
      <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-muted" />
      <span className="-top-3.5 absolute right-3 flex gap-1">
        <CardBadges badges={view.badges} />
        {view.live > 0 && <LiveMark count={view.live} />}
        {view.here && <HereMark />}
      </span>
    </button>
  );
});

/** A branch that ends in several ways says so on a line of its own: there is no room for its words beside it. */
function Words({ view: { turns, branches, title } }: { readonly view: SegmentView }) {
  const words = <span className="block truncate text-muted">“{plainLine(title)}”</span>;
  if (branches === 1) {
    return (
      <>
        <span className="shrink-0 font-medium text-ink">{turnsText(turns)}</span>
        {words}
      </>
    );
  }
  return (
    <span className="min-w-0 leading-[18px]">
      <span className="block truncate font-medium text-ink">{`${turnsText(turns)} · ${branches} branches`}</span>
      {words}
    </span>
  );
}

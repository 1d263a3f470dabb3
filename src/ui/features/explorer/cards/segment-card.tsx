import type { NodeProps } from '@xyflow/react';
import { ChevronsUpDown } from 'lucide-react';
import { memo } from 'react';
import { dirOf } from '../../../components/direction.ts';
import { cx } from '../../../components/index.ts';
import { turnsText } from '../scene/amounts.ts';
import type { SegmentView } from '../scene/diagram-model.ts';
import { plainLine } from '../scene/first-line.ts';
import { WasHereMark } from '../scene/marks.tsx';
import { useExplorer } from './explorer-context.ts';
import type { SegmentNode } from './flow-elements.ts';
import { UpperEdge } from './upper-edge.tsx';

/** A folded run, or a stub with all that leaves the path here: how much, where it begins, what lives in it. A click unfolds it. */
export const SegmentCard = memo(function SegmentCard({ data: { view } }: NodeProps<SegmentNode>) {
  const { unfold } = useExplorer();
  const stub = view.kind === 'stub';
  return (
    <div
      data-card={view.id}
      className={cx(
        'relative flex size-full items-center rounded-xl border border-dashed text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line-strong bg-sunken',
        stub && 'stacked-card',
        view.live > 0 && 'border-warn ring-1 ring-warn',
        view.here && !view.next && 'outline-2 outline-leaf outline-dashed',
        view.next && 'outline-2 outline-leaf',
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        className="nopan flex h-full min-w-0 flex-1 items-center gap-2 rounded-xl px-3 text-left"
        onClick={() => unfold(view.run, view.id, stub ? 'opened' : 'unfolded')}
      >
        <Words view={view} />
        <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-muted" />
      </button>
      <UpperEdge
        id={view.id}
        badges={view.badges}
        live={view.live}
        here={view.here}
        next={view.next}
        version={view.version}
      />
      {view.back && <WasHereMark />}
    </div>
  );
});

/** Where it begins, and under it how much it is. */
function Words({ view: { turns, branches, title } }: { readonly view: SegmentView }) {
  const much = branches === 1 ? turnsText(turns) : `${turnsText(turns)} · ${branches} branches`;
  return (
    <span className="min-w-0 leading-[18px]">
      <span className="block truncate text-ink" dir={dirOf(title)}>
        “{plainLine(title)}”
      </span>
      <span className="block truncate text-muted text-xs">{much}</span>
    </span>
  );
}

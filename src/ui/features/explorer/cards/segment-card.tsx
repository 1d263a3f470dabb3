import type { NodeProps } from '@xyflow/react';
import { ChevronsUpDown } from 'lucide-react';
import { memo } from 'react';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { dirOf } from '../../../components/direction.ts';
import { cx } from '../../../components/index.ts';
import { useIsPicked } from '../../../stores/picked.ts';
import { turnsText } from '../scene/amounts.ts';
import type { SegmentView } from '../scene/diagram-model.ts';
import * as strings from '../strings.ts';
import { isOwn, useExplorer } from './explorer-context.ts';
import type { SegmentNode } from './flow-elements.ts';
import { Rail, railRows } from './rail.tsx';

/** A folded run, or a stub with all that leaves the path here: how much, where it begins, what lives in it. A click unfolds it. */
export const SegmentCard = memo(function SegmentCard({ data: { view } }: NodeProps<SegmentNode>) {
  const { unfold } = useExplorer();
  const picked = useIsPicked(view.id);
  const stub = view.kind === 'stub';
  const open = () => unfold(view.run, view.id, stub ? 'opened' : 'unfolded');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the outline has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: what is said of it is a button; the rest of the card is for the pointer
    <div
      data-card={view.id}
      onClick={(event) => isOwn(event) && open()}
      className={cx(
        'relative flex size-full cursor-pointer flex-col justify-center rounded-xl border border-dashed px-3 text-[13px]',
        view.onPath ? 'border-line-strong bg-surface' : 'border-line-strong bg-sunken',
        stub && 'stacked-card',
        view.faded && 'opacity-50',
        view.live > 0 && 'border-warn ring-1 ring-warn',
        view.here && !view.next && 'outline-2 outline-leaf outline-dashed',
        view.next && 'outline-2 outline-leaf',
        picked && 'border-hit! bg-hit-soft! ring-2 ring-hit',
      )}
    >
      <Rail {...view} />
      <button
        type="button"
        tabIndex={-1}
        className="nopan flex w-full items-center gap-2 text-left"
        onClick={open}
      >
        <Words view={view} brief={railRows(view) > 1} />
        <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-muted" />
      </button>
    </div>
  );
});

interface SegmentWordsProps {
  readonly view: SegmentView;
  /** On one line. */
  readonly brief: boolean;
}

/** Where it begins, and under it how much it is. */
function Words({ view: { turns, branches, title }, brief }: SegmentWordsProps) {
  const much = branches === 1 ? turnsText(turns) : `${turnsText(turns)} · ${strings.branches(branches)}`;
  return (
    <span className={cx('min-w-0 leading-[18px]', brief && 'flex items-baseline gap-2')}>
      <span className="block min-w-0 truncate text-ink" dir={dirOf(title)}>
        “{plainLine(title)}”
      </span>
      <span className={cx('block text-muted text-xs', brief ? 'shrink-0' : 'truncate')}>{much}</span>
    </span>
  );
}

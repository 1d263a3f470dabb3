import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { Logo } from '../../components/index.ts';
import type { RootNode } from './flow-elements.ts';
import { WaysMark } from './marks.tsx';
import { turnsText } from './outline-text.ts';

/** The conversation itself: where every line begins. */
export const RootCard = memo(function RootCard({ data: { view } }: NodeProps<RootNode>) {
  return (
    <div className="flex size-full items-center gap-2 rounded-full border border-line-strong bg-surface px-3 text-[13px]">
      <Logo size={16} className="shrink-0" />
      <span className="min-w-0 flex-1 truncate font-semibold text-ink" data-tip={turnsText(view.turns)}>
        {view.title}
      </span>
      {view.ways > 1 ? (
        <WaysMark ways={view.ways} />
      ) : (
        <span className="shrink-0 text-muted text-xs">{turnsText(view.turns)}</span>
      )}
    </div>
  );
});

import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { dirOf } from '../../../components/direction.ts';
import { Logo } from '../../../components/index.ts';
import { turnsText } from '../scene/amounts.ts';
import { BranchesOn } from './branch-items.tsx';
import { isOwn, useExplorer } from './explorer-context.ts';
import type { RootNode } from './flow-elements.ts';

/** The conversation itself: where every line begins. */
export const RootCard = memo(function RootCard({ data: { view } }: NodeProps<RootNode>) {
  const { goTo, sceneNow } = useExplorer();
  const begin = () => {
    const { turns, path } = sceneNow();
    const first = turns.roots.find((id) => path.has(id)) ?? turns.roots[0];
    if (first !== undefined) goTo(first);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the outline has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer
    <div
      onClick={(event) => isOwn(event) && begin()}
      className="flex size-full cursor-pointer items-center gap-1 rounded-full border border-line-strong bg-surface pr-2.5 pl-2 text-xs"
    >
      <Logo size={14} className="shrink-0" />
      <span
        className="line-clamp-2 min-w-0 flex-1 font-medium text-ink leading-4"
        data-tip={turnsText(view.turns)}
        dir={dirOf(view.title)}
      >
        {view.title}
      </span>
      {view.ways > 1 ? (
        <BranchesOn turn={null} count={view.ways} />
      ) : (
        <span className="shrink-0 text-muted text-xs">{turnsText(view.turns)}</span>
      )}
    </div>
  );
});

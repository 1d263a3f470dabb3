import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { dirOf } from '../../../components/direction.ts';
import { cx, Menu, MenuItem } from '../../../components/index.ts';
import type { MenuTriggerProps } from '../../../components/layers/menu.tsx';
import { turnsText } from '../scene/amounts.ts';
import { type Branch, branchesOf } from '../scene/forks.ts';
import { ForkSign } from '../scene/marks.tsx';
import type { Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';
import { useExplorer } from './explorer-context.ts';

interface BranchesProps {
  /** What the branches begin with, in the scene that is shown when the list opens. */
  readonly of: (scene: Scene) => readonly string[];
}

interface BranchMenuProps extends BranchesProps {
  /** Name of the list. */
  readonly label: string;
  readonly trigger: (props: MenuTriggerProps) => ReactNode;
}

/** Those that part at a fork, by their words and sizes, under a button: one that is chosen is gone to. */
export function BranchMenu({ label, of, trigger }: BranchMenuProps) {
  return (
    <Menu label={label} trigger={trigger}>
      <BranchItems of={of} />
    </Menu>
  );
}

interface BranchesOnProps {
  /** The turn they follow; null: the conversation. */
  readonly turn: string | null;
  readonly count: number;
}

/** How many branches go on from a card; a press lists them. */
export function BranchesOn({ turn, count }: BranchesOnProps) {
  return (
    <BranchMenu
      label={strings.branchesList}
      of={({ turns }) => (turn === null ? turns.roots : (turns.byId.get(turn)?.children ?? []))}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          tabIndex={-1}
          data-tip={strings.showBranches(count)}
          // As the list of versions looks: a finger has 24 px, and the border less.
          className="nopan group/branches -mr-1 ml-auto inline-flex h-6 shrink-0 items-center"
        >
          <span className="inline-flex h-5 items-center gap-1 rounded-full border border-line-strong bg-surface pr-1 pl-1.5 font-medium text-leaf text-[11px] group-hover/branches:border-leaf group-hover/branches:bg-leaf-soft">
            <ForkSign />
            {strings.branches(count)}
            <ChevronDown size={12} aria-hidden className="shrink-0" />
          </span>
        </button>
      )}
    />
  );
}

/** Counted only once they are asked for. */
function BranchItems({ of }: BranchesProps) {
  const { goTo, sceneNow } = useExplorer();
  const scene = sceneNow();
  return (
    <div className="nopan nowheel w-[min(24rem,calc(100vw-2rem))]">
      {branchesOf(scene, of(scene)).map((branch, index) => (
        <MenuItem key={branch.message} checked={branch.isOnPath} onSelect={() => goTo(branch.message)}>
          <span className="w-6 shrink-0 text-right text-muted tabular-nums">{index + 1}</span>
          <span className="min-w-0 flex-1 truncate" dir={dirOf(branch.words)}>
            {branch.words}
          </span>
          <span className={cx('shrink-0 text-xs', branch.live > 0 ? 'text-warn' : 'text-muted')}>
            {sizeText(branch)}
          </span>
        </MenuItem>
      ))}
    </div>
  );
}

function sizeText({ turns, live }: Branch): string {
  const much = turns > 0 ? turnsText(turns) : '';
  return [much, live > 0 ? (live > 1 ? strings.liveSeveral(live) : strings.rowLive) : '']
    .filter(Boolean)
    .join(' · ');
}

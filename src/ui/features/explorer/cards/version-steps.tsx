import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { versionsOf } from '../../../../tree/index.ts';
import type { Beside } from '../scene/diagram-model.ts';
import * as strings from '../strings.ts';
import { BranchMenu } from './branch-items.tsx';
import { useExplorer } from './explorer-context.ts';

interface VersionStepsProps {
  /** The turn. */
  readonly id: string;
  readonly version: Beside;
}

/** Which of the wordings a card is, the list of them, and the ways to those beside it, as the thread's picker has them. */
export function VersionSteps({ id, version: { n, of, branch, before, after } }: VersionStepsProps) {
  const name = (branch ? strings.branchOf : strings.versionOf)(n, of);
  return (
    <span className="my-0.5 flex h-5 shrink-0 items-center rounded-full border border-line-strong bg-surface text-[11px] text-ink tabular-nums">
      <Step to={before} label={strings.previousVersion} icon={<ChevronLeft size={14} aria-hidden />} />
      <BranchMenu
        label={branch ? strings.branchesList : strings.versionsList}
        of={({ turns }) => versionsOf(turns.tree, id)}
        trigger={(props) => (
          <button
            {...props}
            type="button"
            tabIndex={-1}
            aria-label={name}
            data-tip={strings.showAll(name)}
            className="nopan -my-1 flex h-6 items-center gap-0.5 whitespace-nowrap rounded-full hover:bg-hover"
          >
            {n} / {of}
            <ChevronDown size={12} aria-hidden className="shrink-0" />
          </button>
        )}
      />
      <Step to={after} label={strings.nextVersion} icon={<ChevronRight size={14} aria-hidden />} />
    </span>
  );
}

interface StepProps {
  readonly to: string | undefined;
  readonly label: string;
  readonly icon: ReactNode;
}

function Step({ to, label, icon }: StepProps) {
  const { goTo } = useExplorer();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      data-tip={label}
      aria-disabled={to === undefined}
      // Higher than what it stands in: 24 px for a finger.
      className="nopan group/step -my-1 grid size-6 shrink-0 place-items-center aria-disabled:opacity-30"
      onClick={() => to !== undefined && goTo(to)}
    >
      <span className="grid size-4.5 place-items-center rounded-full group-hover/step:bg-hover">{icon}</span>
    </button>
  );
}

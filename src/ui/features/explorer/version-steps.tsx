import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../components/index.ts';
import type { Beside } from './diagram-model.ts';
import { useExplorer } from './explorer-context.ts';

interface VersionStepsProps {
  readonly version: Beside;
  /** In a card's upper right corner. Default: no. */
  readonly corner?: boolean;
}

/** Which of the wordings a card is, and the ways to those beside it, as the thread's picker has them. */
export function VersionSteps({ version, corner = false }: VersionStepsProps) {
  const { n, of, branch, before, after } = version;
  return (
    <span
      className={cx(
        'flex items-center bg-hover text-ink text-xs tabular-nums',
        corner ? 'rounded-tr-[11px] rounded-bl-lg' : 'rounded-md',
      )}
    >
      <Step to={before} label="Previous version" icon={<ChevronLeft size={14} aria-hidden />} />
      <span data-tip={`${branch ? 'Branch' : 'Version'} ${n} of ${of}`}>
        {n} / {of}
      </span>
      <Step to={after} label="Next version" icon={<ChevronRight size={14} aria-hidden />} />
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
      className="nopan grid size-6 place-items-center rounded-md hover:bg-line aria-disabled:opacity-30"
      onClick={() => to !== undefined && goTo(to)}
    >
      {icon}
    </button>
  );
}

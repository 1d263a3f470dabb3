import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cx } from '../../../components/index.ts';

interface FoldProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  /** A title that does not fit goes on in another line. Default: it is cut, what matters stands first. */
  readonly wraps?: boolean;
  readonly children: () => ReactNode;
  /** Until a person opens or folds it. Default: folded. */
  readonly initial?: boolean;
}

/** Something folded under its title; what is inside is made when it is opened. */
export function Fold({ icon, title, wraps = false, children, initial = false }: FoldProps) {
  const [chosen, choose] = useState<boolean>();
  const open = chosen ?? initial;
  const id = useId();
  return (
    <div className="fold text-sm [.fold+&]:-mt-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => choose(!open)}
        className="-ml-2 inline-flex min-h-8 max-w-full items-center gap-2 rounded-lg px-2 text-muted hover:bg-hover hover:text-ink"
      >
        {icon}
        <span className={wraps ? 'py-1 text-left wrap-anywhere' : 'truncate'}>{title}</span>
        <ChevronRight
          aria-hidden
          size={15}
          className={cx('shrink-0 transition-transform', open && 'rotate-90')}
        />
      </button>
      {open && (
        <div id={id} className="mt-1 ml-[0.45rem] border-line border-l-2 py-0.5 pl-4">
          {children()}
        </div>
      )}
    </div>
  );
}

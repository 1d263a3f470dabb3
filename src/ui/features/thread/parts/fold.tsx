import { ChevronRight } from 'lucide-react';
import { type ReactNode, use, useId, useState } from 'react';
import type { Part } from '../../../../protocol/index.ts';
import { cx } from '../../../components/index.ts';
import { useHitsIn } from '../../../stores/tree-hits.ts';
import * as strings from '../strings.ts';
import { markableText, PartsOf } from './part-props.ts';

interface FoldProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  /** A title that does not fit goes on in another line. Default: it is cut, what matters stands first. */
  readonly wraps?: boolean;
  readonly children: () => ReactNode;
  /** The part that is inside: it opens where a hit is shown in it, and says how many it holds. Default: nothing that is looked for. */
  readonly part?: Part;
  /** Until a person opens or folds it. Default: folded. */
  readonly initial?: boolean;
}

/** Something folded under its title; what is inside is made when it is opened. */
export function Fold({ icon, title, wraps = false, children, part, initial = false }: FoldProps) {
  const [chosen, choose] = useState<boolean>();
  const of = use(PartsOf);
  const hits = useHitsIn(of?.message, part && markableText(part));
  // It stays open when the search goes on: nothing moves under who reads.
  if (hits > 0 && part === of?.shown && chosen === undefined) choose(true);
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
        {!open && hits > 0 && <span className="shrink-0 text-ink">{` · ${strings.hitsIn(hits)}`}</span>}
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

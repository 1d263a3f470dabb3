import { ArrowDown, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx, Spinner } from '../../../components/index.ts';
import * as strings from '../strings.ts';

interface WaysElsewhereProps {
  /** A reply is being written at the end. */
  readonly live: boolean;
  /** To where the next message goes; undefined: that is in sight, or at the end. */
  readonly onNext: (() => void) | undefined;
  /** To the end; undefined: it is near. */
  readonly onLatest: (() => void) | undefined;
}

/** Ways to what is out of sight, in a row of their own below the thread: they lie over no words. */
export function WaysElsewhere({ live, onNext, onLatest }: WaysElsewhereProps) {
  if (!onNext && !onLatest) return null;
  return (
    <div data-print="hide" className="flex flex-wrap justify-center gap-2 px-4 pt-1 pb-1.5">
      {onNext && (
        <Way onGo={onNext} className="border-leaf text-leaf">
          <MapPin aria-hidden size={15} />
          {strings.toNextHere}
        </Way>
      )}
      {onLatest && (
        <Way onGo={onLatest} className="border-line">
          {live ? <Spinner /> : <ArrowDown aria-hidden size={16} />}
          {strings.jumpToLatest}
        </Way>
      )}
    </div>
  );
}

interface WayProps {
  readonly onGo: () => void;
  readonly className: string;
  readonly children: ReactNode;
}

function Way({ onGo, className, children }: WayProps) {
  return (
    <button
      type="button"
      onClick={onGo}
      className={cx(
        'rising inline-flex min-h-9 items-center gap-2 rounded-full border bg-surface px-3.5 font-medium text-sm hover:bg-hover',
        className,
      )}
    >
      {children}
    </button>
  );
}

/** The strong mark, where what is sent next does not go to the end: under the message it follows, or takes the place of. */
export function NextHere() {
  return (
    <p
      data-print="hide"
      className="mt-3 flex items-center gap-2 font-medium text-leaf text-xs before:h-px before:flex-1 before:bg-leaf after:h-px after:flex-1 after:bg-leaf"
    >
      <MapPin aria-hidden size={13} />
      {strings.nextGoesHere}
    </p>
  );
}

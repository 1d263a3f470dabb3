import { ArrowDown } from 'lucide-react';
import { Spinner } from '../../../components/index.ts';
import * as strings from '../strings.ts';

/** Back to the end of the thread, while one reads far above it. */
export function JumpToLatest({ live, onJump }: { readonly live: boolean; readonly onJump: () => void }) {
  return (
    <div data-print="hide" className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <button
        type="button"
        onClick={onJump}
        className="rising pointer-events-auto inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3.5 font-medium text-sm shadow-raised hover:bg-hover"
      >
        {live ? <Spinner /> : <ArrowDown aria-hidden size={16} />}
        {strings.jumpToLatest}
      </button>
    </div>
  );
}

import { MapPin } from 'lucide-react';
import * as strings from '../strings.ts';

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

/** The way to the mark, while it is out of sight. */
export function ToNextHere({ onGo }: { readonly onGo: () => void }) {
  return (
    <div data-print="hide" className="pointer-events-none absolute inset-x-0 top-3 z-10 flex justify-center">
      <button
        type="button"
        onClick={onGo}
        className="rising pointer-events-auto inline-flex min-h-9 items-center gap-2 rounded-full border border-leaf bg-surface px-3.5 font-medium text-leaf text-sm shadow-raised hover:bg-hover"
      >
        <MapPin aria-hidden size={15} />
        {strings.toNextHere}
      </button>
    </div>
  );
}

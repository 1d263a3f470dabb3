import { ChevronDown } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Menu } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { LiveItems, openMenuIn } from '../cards/live-items.tsx';
import { liveOf } from '../scene/forks.ts';
import { indexOfMessage, type Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';

interface OutlineLiveProps {
  readonly scene: Scene;
  /** The message the reader is at. */
  readonly selected: string | null;
  readonly onGo: (message: string) => void;
}

/** Above the outline where no bar is, while there is something: what is being written and where; one that is chosen is gone to. */
export function OutlineLive({ scene, selected, onGo }: OutlineLiveProps) {
  const part = useRef<HTMLSpanElement>(null);
  const live = useMemo(() => liveOf(scene), [scene]);
  const count = live.reduce((sum, { replies }) => sum + replies.length, 0);
  useErrand('live', () => openMenuIn(part.current));
  // What ends while its list is open is still in it.
  const [isListed, setListed] = useState(false);
  if (count === 0 && !isListed) return null;
  const here = selected === null ? -1 : (indexOfMessage(scene, selected) ?? -1);
  return (
    <div className="flex min-h-9 items-center justify-end border-line border-b px-2">
      <Menu
        label={strings.live}
        align="end"
        trigger={(props) => (
          <button
            {...props}
            type="button"
            aria-label={strings.liveSeveral(count)}
            data-tip={strings.repliesWritten}
            className="flex h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 font-medium text-warn text-xs hover:bg-hover"
          >
            <span aria-hidden className="size-2 rounded-full bg-warn" />
            <span ref={part} className="tabular-nums">
              {strings.liveSeveral(count)}
            </span>
            <ChevronDown size={12} aria-hidden className="text-muted" />
          </button>
        )}
      >
        <LiveItems {...{ scene, here, live }} onChoose={(_, reply) => onGo(reply)} onShown={setListed} />
      </Menu>
    </div>
  );
}

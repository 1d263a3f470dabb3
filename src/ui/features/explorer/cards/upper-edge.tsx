import type { Badges, Beside } from '../scene/diagram-model.ts';
import { TRUNK } from '../scene/geometry.ts';
import { LiveMark, NextMark, ReadingMark } from '../scene/marks.tsx';
import { CardBadges } from './badges.tsx';
import { VersionSteps } from './version-steps.tsx';

interface UpperEdgeProps {
  readonly id: string;
  readonly badges: Badges;
  /** How many of its replies are being written. */
  readonly live: number;
  /** One of them waits for the reader. Default: none does. */
  readonly asks?: boolean;
  readonly here: boolean;
  /** The next message goes here. Default: it does not. */
  readonly next?: boolean | undefined;
  readonly version: Beside | undefined;
}

/** To the right of the line that comes in from above. */
const LEFT = TRUNK + 17;

/**
 * What a card is, on its upper edge, where it covers no words: versions on the left, marks on the right. A label gives way first; what finds
 * no room even then stands out into the gap beside the card.
 */
export function UpperEdge({ id, badges, live, asks = false, here, next = false, version }: UpperEdgeProps) {
  return (
    <div
      className="-top-3.5 pointer-events-none absolute right-1 flex justify-between gap-1"
      style={{ left: LEFT }}
    >
      {version && <VersionSteps id={id} version={version} />}
      <div className="ml-auto flex min-w-0 gap-1">
        <CardBadges badges={badges} />
        {live > 0 && <LiveMark count={live} asks={asks} />}
        {here && !next && <ReadingMark />}
        {next && <NextMark brief={version !== undefined || live > 0 || badges.label !== undefined} />}
      </div>
    </div>
  );
}

import { useStore, ViewportPortal } from '@xyflow/react';
import type { Rect } from '../scene/grid.ts';

/** On the screen, in CSS pixels: the same at every zoom. */
const RING = { away: 4, cursor: 2, fork: 3 } as const;
/** Canvas pixels that are free around every card. */
const FREE = 18;

interface FrameProps {
  readonly box: Rect;
}

/** The focus, drawn around the card that the outline's focused row stands for. */
export function CursorFrame({ box }: FrameProps) {
  return <Frame box={box} line={RING.cursor} look="border-ink border-dashed" />;
}

/** Around the card at which the branches of the fork part that the bar shows. */
export function ForkFrame({ box }: FrameProps) {
  return <Frame box={box} line={RING.fork} look="border-leaf" />;
}

/** Under the cards: it is around its own, and strikes through nothing that opens beside it. */
function Frame({
  box: { left, top, right, bottom },
  line,
  look,
}: FrameProps & { readonly line: number; readonly look: string }) {
  const zoom = useStore(({ transform }) => transform[2]);
  const wide = Math.min(line / zoom, FREE / 2);
  const around = Math.min(RING.away / zoom, FREE / 2) + wide;
  return (
    <ViewportPortal>
      <div
        data-frame
        className={`-z-1 pointer-events-none absolute rounded-2xl ${look}`}
        style={{
          transform: `translate(${left - around}px, ${top - around}px)`,
          width: right - left + 2 * around,
          height: bottom - top + 2 * around,
          borderWidth: wide,
        }}
      />
    </ViewportPortal>
  );
}

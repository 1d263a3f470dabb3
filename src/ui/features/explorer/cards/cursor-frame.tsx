import { ViewportPortal } from '@xyflow/react';
import type { Rect } from '../scene/grid.ts';

const AROUND = 5;

interface FrameProps {
  readonly box: Rect;
}

/** The focus, drawn around the card that the outline's focused row stands for. */
export function CursorFrame({ box }: FrameProps) {
  return <Frame box={box} look="border-2 border-ink border-dashed" />;
}

/** Around the card at which the branches of the fork part that the bar shows. */
export function ForkFrame({ box }: FrameProps) {
  return <Frame box={box} look="border-3 border-leaf" />;
}

function Frame({ box: { left, top, right, bottom }, look }: FrameProps & { readonly look: string }) {
  return (
    <ViewportPortal>
      <div
        className={`pointer-events-none absolute rounded-2xl ${look}`}
        style={{
          transform: `translate(${left - AROUND}px, ${top - AROUND}px)`,
          width: right - left + 2 * AROUND,
          height: bottom - top + 2 * AROUND,
        }}
      />
    </ViewportPortal>
  );
}

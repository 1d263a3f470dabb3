import { ViewportPortal } from '@xyflow/react';
import type { Rect } from '../scene/grid.ts';

const AROUND = 5;

/** The focus, drawn around the card that the outline's focused row stands for. */
export function CursorFrame({ box: { left, top, right, bottom } }: { readonly box: Rect }) {
  return (
    <ViewportPortal>
      <div
        className="pointer-events-none absolute rounded-2xl border-2 border-ink border-dashed"
        style={{
          transform: `translate(${left - AROUND}px, ${top - AROUND}px)`,
          width: right - left + 2 * AROUND,
          height: bottom - top + 2 * AROUND,
        }}
      />
    </ViewportPortal>
  );
}

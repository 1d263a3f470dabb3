import { ViewportPortal } from '@xyflow/react';
import type { CardView } from './diagram-model.ts';
import { cornerOf, sizeOf } from './geometry.ts';

const AROUND = 5;

/** The focus, drawn around the card that the outline's focused row stands for. */
export function CursorFrame({ view }: { readonly view: CardView | undefined }) {
  if (!view) return null;
  const { x, y } = cornerOf(view.place, view.kind);
  const { width, height } = sizeOf(view.kind);
  return (
    <ViewportPortal>
      <div
        className="pointer-events-none absolute rounded-2xl border-2 border-ink border-dashed"
        style={{
          transform: `translate(${x - AROUND}px, ${y - AROUND}px)`,
          width: width + 2 * AROUND,
          height: height + 2 * AROUND,
        }}
      />
    </ViewportPortal>
  );
}

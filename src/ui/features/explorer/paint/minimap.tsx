import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { memo, type PointerEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Scene } from '../scene/scene.ts';
import * as strings from '../strings.ts';
import { type HitKind, sightOf } from './brush.ts';
import { type MinimapTree, minimapTree, paintMinimap } from './minimap-painter.ts';
import { fromMinimap, MINIMAP, type MinimapPlan, minimapPlan } from './minimap-plan.ts';
import { onPalette, paletteOf } from './palette.ts';

interface MinimapProps {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The card where the next message goes; -1: none. */
  readonly next: number;
  /** The card that Back leads to; -1: none. */
  readonly back: number;
  readonly hits: ReadonlyMap<number, HitKind>;
}

/** Around it in its column, in CSS pixels. */
const PAD = 6;

/**
 * The whole tree, small, in a column of its own beside the canvas. After the cards have moved: both within one frame would be a long one where
 * thousands are shown.
 */
export function Minimap({ scene, here, next, back, hits }: MinimapProps) {
  const shown = useMemo(() => ({ scene, here, next, back, hits }), [scene, here, next, back, hits]);
  return <SmallTree {...useDeferredValue(shown)} />;
}

/** What of the tree is in sight is marked; pressing or dragging moves there. One canvas: nothing is mounted for a card. */
const SmallTree = memo(function SmallTree({ scene, here, next, back, hits }: MinimapProps) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useStore(({ height }) => height - 2 * PAD);
  const plan = useMemo(() => minimapPlan(scene.extent, room), [scene, room]);
  const palette = usePalette(canvas);
  const painted = useRef<{ readonly tree: MinimapTree; readonly plan: MinimapPlan }>(undefined);

  useEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!ctx || !palette) return;
    const ratio = window.devicePixelRatio || 1;
    const draw = () => {
      if (!painted.current) return;
      const { tree, plan } = painted.current;
      const { transform, width, height } = store.getState();
      const view = { x: transform[0], y: transform[1], zoom: transform[2] };
      paintMinimap(ctx, tree, { plan, sight: sightOf(view, { width, height }), palette, ratio });
    };
    // Thousands of blocks: not in the frame in which a message comes. What was painted before stands until then.
    const cancel = whenIdle(() => {
      const tree = minimapTree({ scene, plan, here, next, back, hits }, palette, ratio);
      painted.current = { tree, plan };
      ctx.canvas.width = tree.canvas.width;
      ctx.canvas.height = tree.canvas.height;
      draw();
    });
    const stop = store.subscribe((state, was) => {
      if (state.transform !== was.transform || state.width !== was.width || state.height !== was.height)
        draw();
    });
    return () => {
      cancel();
      stop();
    };
  }, [store, scene, plan, here, next, back, hits, palette]);

  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = fromMinimap(plan, { x: event.clientX - left, y: event.clientY - top });
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div
      className="hidden shrink-0 flex-col items-center border-line border-l bg-paper @min-[40rem]/tree:flex"
      style={{ width: MINIMAP.width + 2 * PAD, paddingBlock: PAD }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={strings.minimap}
        className="nopan nowheel block cursor-crosshair touch-none"
        style={{ width: plan.width, height: plan.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          move(event);
        }}
        onPointerMove={(event) => event.buttons !== 0 && move(event)}
      />
    </div>
  );
});

/** At most so long it waits, in ms. */
const PATIENCE = 300;

/** Calls once nothing else is to be done; where a browser cannot tell (Safari), after a moment. Returns how to call it off. */
function whenIdle(call: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(call, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call, { timeout: PATIENCE });
  return () => cancelIdleCallback(handle);
}

function usePalette(canvas: { readonly current: HTMLCanvasElement | null }) {
  const [palette, setPalette] = useState<ReturnType<typeof paletteOf>>();
  useEffect(() => {
    const read = () => canvas.current && setPalette(paletteOf(canvas.current));
    read();
    return onPalette(read);
  }, [canvas]);
  return palette;
}

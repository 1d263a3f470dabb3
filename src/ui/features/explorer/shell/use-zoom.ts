import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { backInSight, wheelZoomed } from '../scene/opening-view.ts';
import type { Scene } from '../scene/scene.ts';
import { reducedMotion } from './motion.ts';

interface ZoomOptions {
  readonly pane: RefObject<HTMLElement | null>;
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  readonly least: number;
  readonly most: number;
  /** A hand moves the canvas. */
  readonly byHand: () => void;
}

/** How far a wheel's step zooms, by the unit it counts in: pixels, lines, pages. As React Flow's own. */
const STEP = [0.002, 0.05, 1] as const;
/** A pinch on a trackpad comes as a wheel with Ctrl, in small steps. */
const PINCH = 10;

/**
 * Zooms by a wheel with Ctrl or Cmd and by a pinch on a trackpad, about the reader's card or the pointer. What fingers on a screen
 * zoomed is React Flow's; where that ends in empty space, the nearest card comes back.
 */
export function useZoom({ pane, scene, here, least, most, byHand }: ZoomOptions) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const began = useRef<number>(undefined);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { transform, width, height } = store.getState();
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    const pinched = event.ctrlKey && Math.abs(event.deltaY) < 50 ? PINCH : 1;
    const step = -event.deltaY * (STEP[event.deltaMode] ?? STEP[0]) * pinched;
    const zoom = Math.min(most, Math.max(least, transform[2] * 2 ** Math.max(-1, Math.min(1, step))));
    const pointer = { x: event.clientX - left, y: event.clientY - top };
    const [x, y] = wheelZoomed(scene, here, transform, { width, height }, pointer, zoom);
    byHand();
    void flow.setViewport({ x, y, zoom });
  });
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const listener = (event: WheelEvent) => onWheel(event);
    element.addEventListener('wheel', listener, { capture: true, passive: false });
    return () => element.removeEventListener('wheel', listener, { capture: true });
  }, [pane]);

  return {
    /** React Flow's moves, by a hand and not. */
    onMoveStart: () => {
      began.current = store.getState().transform[2];
    },
    onMoveEnd: (event: unknown) => {
      const { transform, width, height } = store.getState();
      if (!event || transform[2] === began.current) return;
      const to = backInSight(scene, transform, { width, height });
      if (to)
        void flow.setViewport({ x: to[0], y: to[1], zoom: to[2] }, { duration: reducedMotion() ? 0 : 200 });
    },
  };
}

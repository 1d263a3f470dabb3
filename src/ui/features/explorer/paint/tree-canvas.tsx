import { useStoreApi } from '@xyflow/react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { type Picture, TreePainter } from './tree-painter.ts';

/** The canvas under the cards: lines at every zoom, boxes and words where no cards are. A picture: what it says, the outline says too. */
export function TreeCanvas(picture: Picture) {
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<TreePainter>(undefined);
  useEffect(() => {
    if (!canvas.current) return;
    painter.current = new TreePainter(canvas.current, store);
    return () => {
      painter.current?.dispose();
      painter.current = undefined;
    };
  }, [store]);
  // Before the browser paints: cards and lines change places in the same frame.
  useLayoutEffect(() => painter.current?.show(picture));
  useEffect(() => painter.current?.show(picture));
  return <canvas ref={canvas} aria-hidden className="pointer-events-none absolute inset-0 size-full" />;
}

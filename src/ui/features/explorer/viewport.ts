/** Where things of the canvas are on the screen. `transform` is React Flow's [x, y, zoom]. Pure. */
import type { Point } from './geometry.ts';
import type { Rect } from './grid.ts';
import { levelOf } from './zoom-level.ts';

export type Transform = readonly [number, number, number];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Is all of a box of the canvas on the screen? */
export function inSight(box: Rect, [x, y, zoom]: Transform, { width, height }: Size): boolean {
  return (
    box.left * zoom + x >= 0 &&
    box.top * zoom + y >= 0 &&
    box.right * zoom + x <= width &&
    box.bottom * zoom + y <= height
  );
}

/** Is a point of the canvas outside the middle 60 % of what is on the screen? */
export function outsideMiddle(point: Point, [x, y, zoom]: Transform, { width, height }: Size): boolean {
  const margin = 0.2;
  const across = (point.x * zoom + x) / width;
  const down = (point.y * zoom + y) / height;
  return across < margin || across > 1 - margin || down < margin || down > 1 - margin;
}

export const centreOfBox = ({ left, top, right, bottom }: Rect): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

const MARGIN = 28;
/** For the buttons below, and from afar for names on both sides. */
const BELOW = 64;
const NAMES = { most: 238, share: 0.27 } as const;
/** From afar a thin tree stands so much left of the middle: the signposts are in the corner above right. */
const ASIDE = 110;

/** The viewport that shows all of `extent` from the top, no larger than `most`. */
export function wholeView(extent: Rect, { width, height }: Size, most: number) {
  const [wide, high] = [extent.right - extent.left, extent.bottom - extent.top];
  const zoomWithin = (margin: number) =>
    Math.min(most, (width - 2 * margin) / wide, (height - MARGIN - BELOW) / high);
  const named = Math.min(NAMES.most, width * NAMES.share);
  const far = levelOf(zoomWithin(MARGIN)) === 'far';
  const margin = far ? named : MARGIN;
  const zoom = zoomWithin(margin);
  const x = Math.max(margin, (width - wide * zoom) / 2 - (far ? ASIDE : 0)) - extent.left * zoom;
  return { x, y: MARGIN - extent.top * zoom, zoom };
}

/** Where things of the canvas are on the screen. `transform` is React Flow's [x, y, zoom]. Pure. */
import type { Point } from './geometry.ts';
import type { Rect } from './grid.ts';
import { levelOf } from './zoom-level.ts';

export type Transform = readonly [number, number, number];

interface ViewportSize {
  readonly width: number;
  readonly height: number;
}

/** Is all of a box of the canvas on the screen? */
export function inSight(box: Rect, [x, y, zoom]: Transform, { width, height }: ViewportSize): boolean {
  return (
    box.left * zoom + x >= 0 &&
    box.top * zoom + y >= 0 &&
    box.right * zoom + x <= width &&
    box.bottom * zoom + y <= height
  );
}

/** What stands over the canvas: signposts above, buttons below. In CSS pixels; less where there is little room. */
const COVERED = { side: 24, top: 64, bottom: 80 } as const;
const MOST_COVERED = 0.2;

/** The part of the screen where nothing stands over the canvas, but for the minimap's corner. */
function clearOf({ width, height }: ViewportSize): Rect {
  const [side, top, bottom] = [
    Math.min(COVERED.side, width * MOST_COVERED),
    Math.min(COVERED.top, height * MOST_COVERED),
    Math.min(COVERED.bottom, height * MOST_COVERED),
  ];
  return { left: side, right: width - side, top, bottom: height - bottom };
}

/**
 * The transform that brings `box` where it is clear on the screen; undefined where it is already. What is close by moves no farther than
 * it must, with `around` if there is room for all of that; what is elsewhere comes into the middle.
 */
export function broughtIn(
  box: Rect,
  around: Rect,
  [x, y, zoom]: Transform,
  size: ViewportSize,
): Transform | undefined {
  const clear = clearOf(size);
  const onScreen = ({ left, right, top, bottom }: Rect): Rect => ({
    left: left * zoom + x,
    right: right * zoom + x,
    top: top * zoom + y,
    bottom: bottom * zoom + y,
  });
  const own = onScreen(box);
  const away = Math.max(Math.abs(shiftInto(own, clear)), Math.abs(shiftInto(turned(own), turned(clear))));
  // Less is the rounding of what moved it there.
  if (away < 1) return undefined;
  const all = onScreen(around);
  const wanted = fits(all, clear) ? all : own;
  const far = wanted.right < 0 || wanted.left > size.width || wanted.bottom < 0 || wanted.top > size.height;
  const shift = (rect: Rect, into: Rect) =>
    far ? (into.left + into.right - rect.left - rect.right) / 2 : shiftInto(rect, into);
  return [x + shift(wanted, clear), y + shift(turned(wanted), turned(clear)), zoom];
}

const turned = ({ left, right, top, bottom }: Rect): Rect => ({
  left: top,
  right: bottom,
  top: left,
  bottom: right,
});

const fits = (rect: Rect, into: Rect): boolean =>
  rect.right - rect.left <= into.right - into.left && rect.bottom - rect.top <= into.bottom - into.top;

/** How far to the right it must go to be inside; what is too wide begins where `into` does. */
function shiftInto({ left, right }: Rect, into: Rect): number {
  if (left < into.left || right - left > into.right - into.left) return into.left - left;
  return Math.min(0, into.right - right);
}

export const centreOfBox = ({ left, top, right, bottom }: Rect): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

const MARGIN = 28;
/** From afar for the legend above. */
const LEGEND = 40;
/** For the buttons below. */
const BELOW = 76;
/** From afar for names on both sides. */
const NAMES = { most: 238, share: 0.27 } as const;
/** From afar a thin tree stands so much left of the middle, and at any zoom as far as it must: the signposts are in the corner above right. */
const ASIDE = 110;
export const SIGNPOSTS = { width: 348, height: 164 } as const;

/** Beside a tree that is seen whole, in a pane of this width. */
export const roomForNames = (width: number): number => Math.min(NAMES.most, width * NAMES.share);

/** As `roomForNames`, and more where the tree, seen whole at a zoom, is thin. */
export function roomBeside({ left, right }: Rect, { width }: ViewportSize, zoom: number): number {
  const wide = (right - left) * zoom;
  return Math.max(roomForNames(width), Math.min((width - wide) / 2 - ASIDE, width - SIGNPOSTS.width - wide));
}

/** The viewport that shows all of `extent` from the top, no larger than `most`. */
export function wholeView(extent: Rect, { width, height }: ViewportSize, most: number) {
  const [wide, high] = [extent.right - extent.left, extent.bottom - extent.top];
  const zoomWithin = (margin: number, top: number) =>
    Math.min(most, (width - 2 * margin) / wide, (height - top - BELOW) / high);
  const far = levelOf(zoomWithin(MARGIN, MARGIN)) === 'far';
  const [margin, top] = far ? [roomForNames(width), LEGEND] : [MARGIN, MARGIN];
  const zoom = zoomWithin(margin, top);
  const centred = (width - wide * zoom) / 2;
  const clear = width - SIGNPOSTS.width - wide * zoom;
  const x = Math.max(margin, Math.min(far ? centred - ASIDE : centred, clear));
  return { x: x - extent.left * zoom, y: top - extent.top * zoom, zoom };
}

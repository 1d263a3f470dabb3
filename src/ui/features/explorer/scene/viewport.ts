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

/** Around what is brought in, in CSS pixels; less where there is little room. Below a card its buttons open. */
const AROUND = { side: 24, top: 24, bottom: 40 } as const;
const MOST_AROUND = 0.2;

/** The part of the canvas in which what is brought in is clear of the edges. Nothing stands over a canvas: bar, tools and minimap are beside it. */
function clearOf({ width, height }: ViewportSize): Rect {
  const [side, top, bottom] = [
    Math.min(AROUND.side, width * MOST_AROUND),
    Math.min(AROUND.top, height * MOST_AROUND),
    Math.min(AROUND.bottom, height * MOST_AROUND),
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

/** Smaller than this little of a card is read. */
export const READABLE = 0.5;

/** As `broughtIn`, and smaller where `around` has no room else, if it can then be read. */
export function broughtInWhole(
  box: Rect,
  around: Rect,
  transform: Transform,
  size: ViewportSize,
): Transform | undefined {
  const to = broughtIn(box, around, transform, size);
  const [x, y, zoom] = transform;
  const clear = clearOf(size);
  const fitting = Math.min(
    (clear.right - clear.left - 1) / (around.right - around.left),
    (clear.bottom - clear.top - 1) / (around.bottom - around.top),
  );
  if (!to || fitting >= zoom || fitting < READABLE) return to;
  const centre = centreOfBox(box);
  const smaller: Transform = [x + centre.x * (zoom - fitting), y + centre.y * (zoom - fitting), fitting];
  return broughtIn(around, around, smaller, size) ?? smaller;
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

/** Around a tree that is seen whole, in CSS pixels: marks stand on the edges of cards. */
const MARGIN = 28;
/** From afar for names on both sides. */
const NAMES = { most: 238, share: 0.27 } as const;

/** Beside a tree that is seen whole, in a pane of this width. */
const roomForNames = (width: number): number => Math.min(NAMES.most, width * NAMES.share);

/** As `roomForNames`, and more where the tree, seen whole at a zoom, is thin. */
export const roomBeside = ({ left, right }: Rect, { width }: ViewportSize, zoom: number): number =>
  Math.max(roomForNames(width), (width - (right - left) * zoom) / 2);

/** The viewport that shows all of `extent` from the top, no larger than `most`. */
export function wholeView(extent: Rect, { width, height }: ViewportSize, most: number) {
  const [wide, high] = [extent.right - extent.left, extent.bottom - extent.top];
  const zoomWithin = (side: number) =>
    Math.min(most, (width - 2 * side) / wide, (height - 2 * MARGIN) / high);
  const far = levelOf(zoomWithin(MARGIN)) === 'far';
  const zoom = zoomWithin(far ? roomForNames(width) : MARGIN);
  const x = (width - wide * zoom) / 2;
  return { x: x - extent.left * zoom, y: MARGIN - extent.top * zoom, zoom };
}

/** The viewport with all of `box` in its middle, as large as it can be between two zooms; undefined where it has no room at the smaller. */
export function framed(
  box: Rect,
  { width, height }: ViewportSize,
  { least, most }: { readonly least: number; readonly most: number },
): { readonly x: number; readonly y: number; readonly zoom: number } | undefined {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const zoom = Math.min(most, (width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high);
  if (zoom < least) return undefined;
  const { x, y } = centreOfBox(box);
  return { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom };
}

/** Around several boxes; there is at least one. */
export function aroundAll(boxes: readonly Rect[]): Rect {
  const edge = (side: keyof Rect, of: (...values: number[]) => number) =>
    of(...boxes.map((box) => box[side]));
  return {
    left: edge('left', Math.min),
    top: edge('top', Math.min),
    right: edge('right', Math.max),
    bottom: edge('bottom', Math.max),
  };
}

/** The transform with another zoom and a box where its middle was on the screen, so that no gap opens beside the tree where there need be none. */
export function zoomedAbout(
  box: Rect,
  extent: Rect,
  [x, y, from]: Transform,
  size: ViewportSize,
  zoom: number,
): Transform {
  const centre = centreOfBox(box);
  const keep = (at: number, shift: number) => at * from + shift - at * zoom;
  const next: Transform = [keep(centre.x, x), keep(centre.y, y), zoom];
  return [
    closed(next[0], extent.left * zoom, extent.right * zoom, size.width),
    closed(next[1], extent.top * zoom, extent.bottom * zoom, size.height),
    zoom,
  ];
}

/** A shift that leaves at most a margin free beside what is larger than the screen, and puts what is smaller in its middle. */
function closed(shift: number, from: number, to: number, room: number): number {
  if (to - from + 2 * MARGIN <= room) return (room - to - from) / 2;
  return Math.max(room - MARGIN - to, Math.min(MARGIN - from, shift));
}

/** The viewport after the pane got another size: whole where all of the tree was seen and had no room now, or was fitted to the pane; else with the box in sight that was. */
export function resizedView(
  {
    extent,
    box,
    around,
  }: { readonly extent: Rect; readonly box: Rect | undefined; readonly around: Rect | undefined },
  [x, y, zoom]: Transform,
  was: ViewportSize,
  is: ViewportSize,
): Transform | undefined {
  const before = wholeView(extent, was, 1);
  const isFitted =
    Math.max(Math.abs(before.x - x), Math.abs(before.y - y)) < 1 && Math.abs(before.zoom - zoom) < 0.001;
  const isCutOff = inSight(extent, [x, y, zoom], was) && !inSight(extent, [x, y, zoom], is);
  if (isFitted || isCutOff) {
    const whole = wholeView(extent, is, 1);
    return [whole.x, whole.y, whole.zoom];
  }
  if (!box || !around || !inSight(box, [x, y, zoom], was)) return undefined;
  return broughtInWhole(box, around, [x, y, zoom], is);
}

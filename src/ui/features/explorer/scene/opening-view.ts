/** Where a tree opens, and about which card it is zoomed. Pure. */
import type { Point } from './geometry.ts';
import type { Rect } from './grid.ts';
import { boxOf, type Scene } from './scene.ts';
import {
  aroundAll,
  broughtIn,
  centreOfBox,
  inSight,
  READABLE,
  type Transform,
  wholeView,
} from './viewport.ts';

/** Where a tree is too large to be read whole, the card stands low on the canvas and, off the first lane, to the right: what led there is above and left of it. */
const OPENING = { zoom: 0.85, down: 0.72, across: { first: 0.4, other: 0.62 } } as const;
/** Free on each side of the card and the one it follows, in CSS pixels. */
const SIDE = 24;

type Shown = Pick<Scene, 'boxes' | 'parent' | 'lane' | 'extent'>;

/** The whole tree where that can be read, else the card `index` with the one it follows, smaller where they have no room else. */
export function openingView(
  scene: Shown,
  index: number,
  size: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const whole = wholeView(scene.extent, size, 1);
  if (whole.zoom >= READABLE) return whole;
  const { width, height } = size;
  const [box, around] = [boxOf(scene, index), withParent(scene, index)];
  const centre = centreOfBox(box);
  const fitting = Math.min(OPENING.zoom, (width - 2 * SIDE - 1) / (around.right - around.left));
  const zoom = fitting >= READABLE ? fitting : OPENING.zoom;
  const across = scene.lane[index] === 0 ? OPENING.across.first : OPENING.across.other;
  const low: Transform = [width * across - centre.x * zoom, height * OPENING.down - centre.y * zoom, zoom];
  // First with what it follows; where both have no room, the card itself.
  const both = broughtIn(around, around, low, size) ?? low;
  const [x, y] = broughtIn(box, around, both, size) ?? both;
  return { x, y, zoom };
}

/** Around a card and the one it follows: there it forked, if it did. */
export function withParent(scene: Pick<Scene, 'boxes' | 'parent'>, index: number): Rect {
  const parent = scene.parent[index] as number;
  const own = boxOf(scene, index);
  return parent < 0 ? own : aroundAll([own, boxOf(scene, parent)]);
}

/** The reader's card where it is in sight, else the one nearest to the middle of what is, else the reader's all the same. */
export function cardToZoomAbout(
  scene: Pick<Scene, 'boxes' | 'grid'>,
  here: number,
  transform: Transform,
  size: { readonly width: number; readonly height: number },
): number {
  const [x, y, zoom] = transform;
  const own = Math.max(0, here);
  if (inSight(boxOf(scene, own), transform, size)) return own;
  const sight = {
    left: -x / zoom,
    top: -y / zoom,
    right: (size.width - x) / zoom,
    bottom: (size.height - y) / zoom,
  };
  const middle = centreOfBox(sight);
  let [nearest, away] = [own, Number.POSITIVE_INFINITY];
  for (const index of scene.grid.query(sight)) {
    const centre = centreOfBox(boxOf(scene, index));
    const distance = Math.hypot(centre.x - middle.x, centre.y - middle.y);
    if (distance < away) [nearest, away] = [index, distance];
  }
  return nearest;
}

type Size = { readonly width: number; readonly height: number };

/**
 * The transform after a wheel or a pinch: about the reader's card where that is in sight, else about the pointer (in CSS pixels of the pane),
 * so that at least one card stays in sight.
 */
export function wheelZoomed(
  scene: Pick<Scene, 'boxes' | 'grid' | 'count'>,
  here: number,
  transform: Transform,
  size: Size,
  pointer: Point,
  zoom: number,
): Transform {
  const [x, y, from] = transform;
  const about = (point: Point): Transform => [
    point.x * from + x - point.x * zoom,
    point.y * from + y - point.y * zoom,
    zoom,
  ];
  if (here >= 0 && inSight(boxOf(scene, here), transform, size))
    return about(centreOfBox(boxOf(scene, here)));
  const at = { x: (pointer.x - x) / from, y: (pointer.y - y) / from };
  const next = about(at);
  if (hasCard(scene, next, size)) return next;
  const box = boxOf(scene, nearestCard(scene, at));
  const kept = about(centreOfBox(box));
  return broughtIn(box, box, kept, size) ?? kept;
}

/** What brings the nearest card back where a zoom by fingers ended without any; undefined where some is in sight. */
export function backInSight(
  scene: Pick<Scene, 'boxes' | 'grid' | 'count'>,
  transform: Transform,
  size: Size,
): Transform | undefined {
  if (hasCard(scene, transform, size)) return undefined;
  const [x, y, zoom] = transform;
  const middle = { x: (size.width / 2 - x) / zoom, y: (size.height / 2 - y) / zoom };
  const box = boxOf(scene, nearestCard(scene, middle));
  return broughtIn(box, box, transform, size);
}

/** So much of a card must be on the screen to count, in CSS pixels. */
const SEEN = 12;

function hasCard({ grid }: Pick<Scene, 'grid'>, [x, y, zoom]: Transform, { width, height }: Size): boolean {
  const seen = {
    left: (SEEN - x) / zoom,
    top: (SEEN - y) / zoom,
    right: (width - SEEN - x) / zoom,
    bottom: (height - SEEN - y) / zoom,
  };
  for (const _ of grid.query(seen)) return true;
  return false;
}

function nearestCard(scene: Pick<Scene, 'boxes' | 'count'>, { x, y }: Point): number {
  let [nearest, away] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; index < scene.count; index += 1) {
    const { left, right, top, bottom } = boxOf(scene, index);
    const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    if (distance < away) [nearest, away] = [index, distance];
  }
  return nearest;
}

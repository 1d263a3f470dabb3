/** Where a tree opens, and about which card it is zoomed. Pure. */
import type { Rect } from './grid.ts';
import { boxOf, type Scene } from './scene.ts';
import { aroundAll, broughtIn, centreOfBox, inSight, type Transform, wholeView } from './viewport.ts';

/** Smaller than this little of a card is read: a tree that needs it opens at the reader's place instead of whole. */
const READABLE = 0.5;
/** Then the card stands low on the canvas and, off the first lane, to the right: what led there is above and left of it. */
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

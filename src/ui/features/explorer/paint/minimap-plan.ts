/** Where things of the diagram are on its minimap. Pure. */
import type { Point } from '../scene/geometry.ts';
import type { Rect } from '../scene/grid.ts';

/** The largest it gets, and the thinnest a tree is drawn, in CSS pixels. */
export const MINIMAP = { width: 100, height: 320 } as const;
const LEAST = 36;
/** A long thin tree is drawn wider than it is, so that lanes are told apart. */
const STRETCH = 12;

export interface MinimapPlan {
  readonly width: number;
  readonly height: number;
  readonly scale: Point;
  readonly origin: Point;
}

/** `room`: height of the canvas it stands beside. Default: as much as it wants. */
export function minimapPlan(
  { left, top, right, bottom }: Rect,
  room = Number.POSITIVE_INFINITY,
): MinimapPlan {
  const most = { width: MINIMAP.width, height: Math.max(LEAST, Math.min(MINIMAP.height, room)) };
  const [wide, high] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const scale = Math.min(most.width / wide, most.height / high);
  const x = Math.min(Math.max(scale, LEAST / wide), scale * STRETCH);
  const y = Math.min(Math.max(scale, LEAST / high), scale * STRETCH);
  return {
    width: Math.min(most.width, Math.ceil(wide * x)),
    height: Math.min(most.height, Math.ceil(high * y)),
    scale: { x, y },
    origin: { x: left, y: top },
  };
}

/** A rectangle of the diagram on the minimap. */
export function onMinimap({ scale, origin }: MinimapPlan, rect: Rect): Rect {
  return {
    left: (rect.left - origin.x) * scale.x,
    top: (rect.top - origin.y) * scale.y,
    right: (rect.right - origin.x) * scale.x,
    bottom: (rect.bottom - origin.y) * scale.y,
  };
}

/** The point of the diagram that a point of the minimap stands for. */
export function fromMinimap({ scale, origin }: MinimapPlan, { x, y }: Point): Point {
  return { x: x / scale.x + origin.x, y: y / scale.y + origin.y };
}

/** The middle of a rectangle of the diagram on the minimap, so far inside that a circle around it is whole. `radius` in CSS pixels. */
export function dotOnMinimap(plan: MinimapPlan, rect: Rect, radius: number): Point {
  const { left, top, right, bottom } = onMinimap(plan, rect);
  const inside = (at: number, size: number) => Math.max(radius, Math.min(size - radius, at));
  return { x: inside((left + right) / 2, plan.width), y: inside((top + bottom) / 2, plan.height) };
}

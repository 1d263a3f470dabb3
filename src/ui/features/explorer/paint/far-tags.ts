/**
 * Where labels and what is live are named from afar: each beside its own card where that covers no block, else on it, so that nobody takes
 * it for the name of another; the path stays clear. Pure.
 */

import type { Rect } from '../scene/grid.ts';
import { isOnPath, type Scene } from '../scene/scene.ts';
import { isClear } from './far-labels.ts';
import type { Tag } from './tags.ts';
import { TakenSpace } from './taken-space.ts';

export interface FarTag {
  readonly tag: Tag;
  /** In canvas pixels times the zoom. */
  readonly rect: Rect;
}

export const TAG = { height: 18, pad: 7, gap: 5, widest: 340 } as const;
/** Narrower ones are not read. */
const LEAST = 140;
/** Where others stand on the same card or close: so many heights lower or higher. */
const STEPS = [0, 1, -1, 2, -2, 3, -3];

interface TagOptions {
  readonly zoom: number;
  /** Width of a tag's words in CSS pixels. */
  readonly widthOf: (tag: Tag) => number;
  /** Where marks of the reader stand, in canvas pixels times the zoom. Default: nowhere. */
  readonly marks?: readonly Rect[];
  /** How far from the tree, in CSS pixels, all is in sight where the tree is seen whole. Default: however far. */
  readonly room?: number;
}

export function farTags(
  scene: Scene,
  tags: readonly Tag[],
  { zoom, widthOf, marks = [], room = Number.POSITIVE_INFINITY }: TagOptions,
): readonly FarTag[] {
  const taken = new TakenSpace(TAG.height / 2);
  for (const mark of marks) taken.take(mark);
  const placed: FarTag[] = [];
  const { extent } = scene;
  const [from, to] = [extent.left * zoom - room, extent.right * zoom + room];
  /** What of a spot is in sight; undefined where that is too little to read. */
  const clipped = (spot: Rect): Rect | undefined => {
    const [left, right] = [Math.max(from, spot.left), Math.min(to, spot.right)];
    return right - left < Math.min(LEAST, spot.right - spot.left) ? undefined : { ...spot, left, right };
  };
  for (const tag of tags) {
    const width = Math.min(TAG.widest, widthOf(tag)) + 2 * TAG.pad;
    const { beside, onto } = spotsOf(scene, tag.index, zoom, width);
    const free = onto.map(clipped).filter((spot) => spot !== undefined && taken.isFree(spot));
    const rect =
      beside
        .map(clipped)
        .find((spot) => spot && taken.isFree(spot) && isClear(scene.blocks, spot, zoom, false)) ??
      free.find((spot) => spot && isClear(scene.blocks, spot, zoom, true)) ??
      free[0];
    if (!rect) continue;
    taken.take(rect);
    placed.push({ tag, rect });
  }
  return placed;
}

/** Beside the card, where no block is; else, in this order, on it from its left edge on or up to its right edge: of the path beside it. */
function spotsOf(scene: Scene, index: number, zoom: number, width: number) {
  const edge = (edges: Float32Array) => (edges[index] as number) * zoom;
  const { boxes } = scene;
  const [left, right] = [edge(boxes.left), edge(boxes.right)];
  const middle = (edge(boxes.top) + edge(boxes.bottom)) / 2;
  const at = (steps: readonly number[], starts: readonly number[]): readonly Rect[] =>
    steps.flatMap((step) => {
      const top = middle + (step - 0.5) * TAG.height;
      return starts.map((start) => ({ left: start, right: start + width, top, bottom: top + TAG.height }));
    });
  const outside = [right + TAG.gap, left - TAG.gap - width];
  const inside = [left, right - width];
  return { beside: at([0], outside), onto: at(STEPS, isOnPath(scene, index) ? outside : inside) };
}

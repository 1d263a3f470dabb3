/**
 * Where labels and what is live are named from afar: each on its own card, whatever it covers, so that nobody takes it for the name of
 * another; only the path stays clear. Pure.
 */
import { isClear } from './far-labels.ts';
import type { Rect } from './grid.ts';
import { isOnPath, type Scene } from './scene.ts';
import type { Tag } from './tags.ts';
import { Taken } from './taken.ts';

export interface FarTag {
  readonly tag: Tag;
  /** In canvas pixels times the zoom. */
  readonly rect: Rect;
}

export const TAG = { height: 18, pad: 7, gap: 5, widest: 260 } as const;
/** Where others stand on the same card or close: so many heights lower or higher. */
const STEPS = [0, 1, -1, 2, -2, 3, -3];

interface Options {
  readonly zoom: number;
  /** Width of a tag's words in CSS pixels. */
  readonly widthOf: (tag: Tag) => number;
  /** Where "You are here" stands, in canvas pixels times the zoom. Default: nowhere. */
  readonly mark?: Rect | undefined;
}

export function farTags(
  scene: Scene,
  tags: readonly Tag[],
  { zoom, widthOf, mark }: Options,
): readonly FarTag[] {
  const taken = new Taken(TAG.height / 2);
  if (mark) taken.take(mark);
  const placed: FarTag[] = [];
  for (const tag of tags) {
    const spots = spotsOf(scene, tag.index, zoom, Math.min(TAG.widest, widthOf(tag)) + 2 * TAG.pad);
    const free = spots.filter((spot) => taken.isFree(spot));
    const rect = free.find((spot) => isClear(scene.blocks, spot, zoom, true)) ?? free[0];
    if (!rect) continue;
    taken.take(rect);
    placed.push({ tag, rect });
  }
  return placed;
}

/** On the card from its left edge on, or up to its right edge; beside it where it is on the path. */
function spotsOf(scene: Scene, index: number, zoom: number, width: number): readonly Rect[] {
  const edge = (edges: Float32Array) => (edges[index] as number) * zoom;
  const { boxes } = scene;
  const [left, right] = [edge(boxes.left), edge(boxes.right)];
  const middle = (edge(boxes.top) + edge(boxes.bottom)) / 2;
  const starts = isOnPath(scene, index) ? [right + TAG.gap, left - TAG.gap - width] : [left, right - width];
  return STEPS.flatMap((step) => {
    const top = middle + (step - 0.5) * TAG.height;
    return starts.map((start) => ({ left: start, right: start + width, top, bottom: top + TAG.height }));
  });
}

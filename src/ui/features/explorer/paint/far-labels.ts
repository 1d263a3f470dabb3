/**
 * Which blocks are named from afar, and where: the most telling first, none over another or over the path. Depends on the zoom alone, not on
 * what is in sight, so that names stay where they are while one pans. Pure.
 */
import type { Blocks } from '../scene/blocks.ts';
import type { Rect } from '../scene/grid.ts';
import { ON_PATH } from '../scene/scene-arrays.ts';
import { TakenSpace } from './taken-space.ts';

export interface FarLabel {
  readonly block: number;
  /** The card in it that is named, where that is not the first. */
  readonly card?: number;
  /** Left end and middle in canvas pixels times the zoom. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LABEL = { height: 16, gap: 5, widest: 300 } as const;
/** Looked at and placed at most: past that the screen is full many times over. */
const LOOKED_AT = 1_200;
const MOST = 400;
/** So many may stand over blocks, so that a crowded tree has names too. */
const TELLING = 12;

/** What must be named may stand a little higher or lower. */
const SHIFTS = [0, -5, 5, -10, 10, -15, 15];

/** A card that is named before all blocks. */
interface Spoken {
  readonly card: number;
  readonly block: number;
  /** Middle of the card, in canvas pixels. */
  readonly middle: number;
  readonly width: number;
}

interface LabelOptions {
  readonly zoom: number;
  /** Width of a block's words in CSS pixels, at most `LABEL.widest`. */
  readonly widthOf: (block: number) => number;
  /** Default: none. */
  readonly spoken?: readonly Spoken[];
  /** Where marks stand that no name may be under, in canvas pixels times the zoom. Default: nowhere. */
  readonly marks?: readonly Rect[];
}

export function farLabels(
  blocks: Blocks,
  { zoom, widthOf, spoken = [], marks = [] }: LabelOptions,
): readonly FarLabel[] {
  const { boxes, flags, ranked } = blocks;
  const names = new TakenSpace(LABEL.height / 2);
  for (const mark of marks) names.take(mark);
  const edge = (edges: Float32Array, at: number) => (edges[at] as number) * zoom;
  const isFree = (spot: Spot, overBlocks: boolean) =>
    names.isFree(around(spot)) && isClear(blocks, around(spot, 1), zoom, overBlocks);
  const labels: FarLabel[] = [];
  const name = (block: number, spot: Pick<Spot, 'y' | 'width'>, telling: boolean, card?: number) => {
    const right = { ...spot, x: edge(boxes.right, block) + LABEL.gap };
    const left = { ...spot, x: edge(boxes.left, block) - LABEL.gap - spot.width };
    const sides = (flags[block] as number) & ON_PATH ? [left, right] : [right, left];
    const shifted = (spots: readonly Spot[]) =>
      card === undefined ? spots : SHIFTS.flatMap((by) => spots.map((at) => ({ ...at, y: at.y + by })));
    // From its own right edge on: anywhere else it would seem to name what it covers.
    const free =
      shifted(sides).find((at) => isFree(at, false)) ??
      (telling ? shifted([right]).find((at) => isFree(at, true)) : undefined);
    if (!free) return;
    names.take(around(free));
    labels.push({ block, ...free, ...(card !== undefined && { card }) });
  };
  for (const { card, block, middle, width } of spoken) name(block, { y: middle * zoom, width }, true, card);
  const named = new Set(spoken.map(({ card }) => card));
  for (const [rank, block] of ranked.subarray(0, LOOKED_AT).entries()) {
    if (labels.length >= MOST) break;
    const width = named.has(blocks.first[block] as number) ? 0 : widthOf(block);
    if (width === 0) continue;
    const [top, bottom] = [edge(boxes.top, block), edge(boxes.bottom, block)];
    const y = Math.min(top + LABEL.height / 2, (top + bottom) / 2);
    name(block, { y, width }, rank < TELLING);
  }
  return labels;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function around({ x, y, width }: Spot, less = 0): Rect {
  const half = LABEL.height / 2 - less;
  return { left: x, right: x + width, top: y - half, bottom: y + half };
}

/** Whether no block is drawn there, or with `overBlocks` none of the path; in canvas pixels times the zoom. */
export function isClear(
  { grid, flags }: Pick<Blocks, 'grid' | 'flags'>,
  { left, right, top, bottom }: Rect,
  zoom: number,
  overBlocks: boolean,
): boolean {
  const found = grid.query({
    left: left / zoom,
    right: right / zoom,
    top: top / zoom,
    bottom: bottom / zoom,
  });
  return overBlocks ? !found.some((at) => ((flags[at] as number) & ON_PATH) !== 0) : found.length === 0;
}

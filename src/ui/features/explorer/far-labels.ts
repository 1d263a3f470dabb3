/**
 * Which blocks are named from afar, and where: the most telling first, none over another or over the path. Depends on the zoom alone, not on
 * what is in sight, so that names stay where they are while one pans. Pure.
 */
import type { Blocks } from './blocks.ts';
import type { Rect } from './grid.ts';
import { LABELLED, LIVE, ON_PATH, STARRED } from './scene-arrays.ts';

export interface FarLabel {
  readonly block: number;
  /** Left end and middle in canvas pixels times the zoom. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LABEL = { height: 16, gap: 5, widest: 220 } as const;
/** Looked at and placed at most: past that the screen is full many times over. */
const LOOKED_AT = 1_200;
const MOST = 400;
/** So many may stand over blocks. */
const TELLING = 12;

interface Options {
  readonly zoom: number;
  /** Width of a block's words in CSS pixels, at most `LABEL.widest`. */
  readonly widthOf: (block: number) => number;
  /** Where "You are here" stands, in canvas pixels times the zoom: no name is under it. Default: nowhere. */
  readonly mark?: Rect | undefined;
}

export function farLabels(blocks: Blocks, { zoom, widthOf, mark }: Options): readonly FarLabel[] {
  const { boxes, flags, ranked } = blocks;
  const names = new Rows();
  if (mark) names.take(mark.left, mark.right, mark.top, mark.bottom);
  const edge = (edges: Float32Array, at: number) => (edges[at] as number) * zoom;
  const isFree = (spot: Spot, overBlocks: boolean) => {
    const { x, y, width } = spot;
    return (
      names.isFree(x, x + width, y - LABEL.height / 2, y + LABEL.height / 2) &&
      isClear(blocks, spot, zoom, overBlocks)
    );
  };
  const labels: FarLabel[] = [];
  for (const [rank, block] of ranked.subarray(0, LOOKED_AT).entries()) {
    const width = widthOf(block);
    if (width === 0) continue;
    const bits = flags[block] as number;
    const y = edge(boxes.top, block) + LABEL.height / 2;
    const right = { x: edge(boxes.right, block) + LABEL.gap, y, width };
    const left = { x: edge(boxes.left, block) - LABEL.gap - width, y, width };
    const spots = bits & ON_PATH ? [left, right] : [right, left];
    // What tells most may cover blocks beside the path, so that a crowded tree has names too.
    const named = (bits & (LABELLED | LIVE | STARRED)) !== 0;
    const free =
      spots.find((spot) => isFree(spot, false)) ??
      (named || rank < TELLING ? spots.find((spot) => isFree(spot, true)) : undefined) ??
      (named ? beside(right).find((spot) => isFree(spot, true)) : undefined);
    if (!free) continue;
    names.take(free.x, free.x + width, free.y - LABEL.height / 2, free.y + LABEL.height / 2);
    labels.push({ block, ...free });
    if (labels.length === MOST) break;
  }
  return labels;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A little lower or higher: what is live or labelled keeps its name where several of them stand close together. */
const beside = (spot: Spot): Spot[] =>
  [1, -1, 2, -2].map((by) => ({ ...spot, y: spot.y + by * LABEL.height }));

/** Whether no block is drawn there; with `overBlocks`, none of the path. */
function isClear(blocks: Blocks, { x, y, width }: Spot, zoom: number, overBlocks: boolean): boolean {
  const half = LABEL.height / 2 - 1;
  const rect = {
    left: x / zoom,
    right: (x + width) / zoom,
    top: (y - half) / zoom,
    bottom: (y + half) / zoom,
  };
  const found = blocks.grid.query(rect);
  return overBlocks
    ? !found.some((at) => ((blocks.flags[at] as number) & ON_PATH) !== 0)
    : found.length === 0;
}

/** What is taken, in rows as high as half a label. */
class Rows {
  private readonly rows = new Map<number, [from: number, to: number][]>();

  take(left: number, right: number, top: number, bottom: number): void {
    for (let row = rowAt(top); row <= rowAt(bottom - 0.01); row += 1) {
      const spans = this.rows.get(row);
      if (spans) spans.push([left, right]);
      else this.rows.set(row, [[left, right]]);
    }
  }

  isFree(left: number, right: number, top: number, bottom: number): boolean {
    for (let row = rowAt(top); row <= rowAt(bottom - 0.01); row += 1) {
      if (this.rows.get(row)?.some(([from, to]) => from < right && to > left)) return false;
    }
    return true;
  }
}

const rowAt = (y: number): number => Math.floor(y / (LABEL.height / 2));

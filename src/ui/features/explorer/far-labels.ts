/**
 * Which blocks are named from afar, and where: the most telling first, none over another or over the path. Depends on the zoom alone, not on
 * what is in sight, so that names stay where they are while one pans. Pure.
 */
import type { Blocks } from './blocks.ts';
import { LABELLED, LIVE, ON_PATH, STARRED } from './scene-arrays.ts';

export interface FarLabel {
  readonly block: number;
  /** Left end and middle in canvas pixels times the zoom. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LABEL = { height: 16, gap: 5, widest: 200 } as const;
/** Looked at and placed at most: past that the screen is full many times over. */
const LOOKED_AT = 4_000;

interface Options {
  readonly zoom: number;
  /** Width of a block's words in CSS pixels, at most `LABEL.widest`. */
  readonly widthOf: (block: number) => number;
}

export function farLabels(blocks: Blocks, { zoom, widthOf }: Options): readonly FarLabel[] {
  const rows = new Rows();
  const { boxes, flags, ranked } = blocks;
  const edge = (edges: Float32Array, at: number) => (edges[at] as number) * zoom;
  for (let at = 0; at < blocks.count; at += 1) {
    if (((flags[at] as number) & ON_PATH) === 0) continue;
    rows.take(edge(boxes.left, at), edge(boxes.right, at), edge(boxes.top, at), edge(boxes.bottom, at));
  }
  const labels: FarLabel[] = [];
  for (const block of ranked.subarray(0, LOOKED_AT)) {
    const width = widthOf(block);
    if (width === 0) continue;
    const bits = flags[block] as number;
    const y = edge(boxes.top, block) + LABEL.height / 2;
    const right = { x: edge(boxes.right, block) + LABEL.gap, width };
    const left = { x: edge(boxes.left, block) - LABEL.gap - width, width };
    const sides = bits & ON_PATH ? [left] : [right];
    const tall = Math.max(y, Math.min(edge(boxes.bottom, block), y + 6 * LABEL.height) - LABEL.height / 2);
    const spots = (bits & (LABELLED | LIVE | STARRED)) !== 0 && tall > y ? [y, tall] : [y];
    const free = spots
      .flatMap((middle) => sides.map((side) => ({ ...side, y: middle })))
      .find((side) =>
        rows.isFree(side.x, side.x + width, side.y - LABEL.height / 2, side.y + LABEL.height / 2),
      );
    if (!free) continue;
    rows.take(free.x, free.x + width, free.y - LABEL.height / 2, free.y + LABEL.height / 2);
    labels.push({ block, x: free.x, y: free.y, width });
  }
  return labels;
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

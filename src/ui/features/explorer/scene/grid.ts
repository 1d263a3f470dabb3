/**
 * A grid over boxes in the plane: which boxes meet a rectangle, without looking at all of them. Built once, never changed; all in typed
 * arrays, so that tens of thousands of boxes cost no objects. Pure but for `query`, which reuses the array it returns.
 */

/** Edges of boxes, by index. */
export interface Boxes {
  readonly left: Float32Array;
  readonly top: Float32Array;
  readonly right: Float32Array;
  readonly bottom: Float32Array;
}

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Cells wanted per box at most: a long, wide and empty plane gets larger cells. */
const SPARSE = 4;

export class Grid {
  readonly count: number;
  private readonly boxes: Boxes;
  private readonly cell: { width: number; height: number };
  private readonly origin: { readonly x: number; readonly y: number };
  private readonly columns: number;
  private readonly rows: number;
  /** Boxes of cell c are `items[starts[c]]` up to `items[starts[c + 1] - 1]`. */
  private readonly starts: Uint32Array;
  private readonly items: Uint32Array;
  /** The query each box was last found by: a box in several cells is found once. */
  private readonly seen: Uint32Array;
  private readonly found: Uint32Array;
  private queries = 0;

  /** @param cell width and height wanted, in the boxes' unit */
  constructor(boxes: Boxes, cell: { readonly width: number; readonly height: number }) {
    this.boxes = boxes;
    this.count = boxes.left.length;
    const { left, top, right, bottom } = extentOf(boxes);
    this.origin = { x: left, y: top };
    this.cell = fitting(right - left, bottom - top, cell, this.count);
    this.columns = Math.floor((right - left) / this.cell.width) + 1;
    this.rows = Math.floor((bottom - top) / this.cell.height) + 1;
    this.starts = this.counted();
    this.items = this.filled();
    this.seen = new Uint32Array(this.count);
    this.found = new Uint32Array(this.count);
  }

  /** Indexes of the boxes that meet `rect`, borders included, in no order. Good until the next query. */
  query(rect: Rect): Uint32Array {
    this.queries += 1;
    let found = 0;
    if (this.count === 0) return this.found;
    const { from, to, first, last } = this.cellsOf(rect.left, rect.top, rect.right, rect.bottom);
    for (let row = first; row <= last; row += 1) {
      for (let column = from; column <= to; column += 1) {
        const cell = row * this.columns + column;
        const end = this.starts[cell + 1] as number;
        for (let at = this.starts[cell] as number; at < end; at += 1) {
          const index = this.items[at] as number;
          if (this.seen[index] === this.queries) continue;
          this.seen[index] = this.queries;
          if (this.meets(index, rect)) this.found[found++] = index;
        }
      }
    }
    return this.found.subarray(0, found);
  }

  /** The box a point lies in, or the nearest one within `slack`; -1 for none. Of several the one with the greatest index. */
  hit(x: number, y: number, slack = 0): number {
    let best = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (const index of this.query({
      left: x - slack,
      top: y - slack,
      right: x + slack,
      bottom: y + slack,
    })) {
      const away = this.distance(index, x, y);
      if (away > slack || away > nearest || (away === nearest && index < best)) continue;
      best = index;
      nearest = away;
    }
    return best;
  }

  private distance(index: number, x: number, y: number): number {
    const { left, top, right, bottom } = this.boxes;
    const across = Math.max((left[index] as number) - x, x - (right[index] as number), 0);
    const down = Math.max((top[index] as number) - y, y - (bottom[index] as number), 0);
    return Math.hypot(across, down);
  }

  private meets(index: number, rect: Rect): boolean {
    const { left, top, right, bottom } = this.boxes;
    return (
      (left[index] as number) <= rect.right &&
      (right[index] as number) >= rect.left &&
      (top[index] as number) <= rect.bottom &&
      (bottom[index] as number) >= rect.top
    );
  }

  private cellsOf(left: number, top: number, right: number, bottom: number) {
    const { origin, cell, columns, rows } = this;
    return {
      from: Math.max(0, Math.floor((left - origin.x) / cell.width)),
      to: Math.min(columns - 1, Math.floor((right - origin.x) / cell.width)),
      first: Math.max(0, Math.floor((top - origin.y) / cell.height)),
      last: Math.min(rows - 1, Math.floor((bottom - origin.y) / cell.height)),
    };
  }

  private counted(): Uint32Array {
    const starts = new Uint32Array(this.columns * this.rows + 1);
    this.eachCell((cell) => {
      starts[cell + 1] = (starts[cell + 1] as number) + 1;
    });
    for (let cell = 1; cell < starts.length; cell += 1) {
      starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number);
    }
    return starts;
  }

  private filled(): Uint32Array {
    const items = new Uint32Array(this.starts[this.starts.length - 1] as number);
    const next = this.starts.slice();
    this.eachCell((cell, index) => {
      const at = next[cell] as number;
      items[at] = index;
      next[cell] = at + 1;
    });
    return items;
  }

  private eachCell(visit: (cell: number, index: number) => void): void {
    const { left, top, right, bottom } = this.boxes;
    for (let index = 0; index < this.count; index += 1) {
      const { from, to, first, last } = this.cellsOf(
        left[index] as number,
        top[index] as number,
        right[index] as number,
        bottom[index] as number,
      );
      for (let row = first; row <= last; row += 1) {
        for (let column = from; column <= to; column += 1) visit(row * this.columns + column, index);
      }
    }
  }
}

/** The smallest rectangle around all boxes; empty at the origin where there are none. */
export function extentOf({ left, top, right, bottom }: Boxes): Rect {
  if (left.length === 0) return { left: 0, top: 0, right: 0, bottom: 0 };
  return { left: least(left), top: least(top), right: -least(right, -1), bottom: -least(bottom, -1) };
}

/** Of the values times `sign`. */
function least(values: Float32Array, sign = 1): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) least = Math.min(least, sign * (values[at] as number));
  return least;
}

function fitting(width: number, height: number, cell: { width: number; height: number }, count: number) {
  const cells = (width / cell.width + 1) * (height / cell.height + 1);
  const grow = Math.max(1, Math.sqrt(cells / (SPARSE * (count + 1))));
  return { width: cell.width * grow, height: cell.height * grow };
}

/** What is taken of a plane, in rows of a height: for names that must not stand over one another. */
import type { Rect } from '../scene/grid.ts';

export class TakenSpace {
  private readonly rows = new Map<number, [from: number, to: number][]>();
  private readonly height: number;

  /** `height` of a row: names a row or two high are found quickly. */
  constructor(height: number) {
    this.height = height;
  }

  take({ left, right, top, bottom }: Rect): void {
    for (let row = this.rowAt(top); row <= this.rowAt(bottom - 0.01); row += 1) {
      const spans = this.rows.get(row);
      if (spans) spans.push([left, right]);
      else this.rows.set(row, [[left, right]]);
    }
  }

  isFree({ left, right, top, bottom }: Rect): boolean {
    for (let row = this.rowAt(top); row <= this.rowAt(bottom - 0.01); row += 1) {
      if (this.rows.get(row)?.some(([from, to]) => from < right && to > left)) return false;
    }
    return true;
  }

  private rowAt(y: number): number {
    return Math.floor(y / this.height);
  }
}

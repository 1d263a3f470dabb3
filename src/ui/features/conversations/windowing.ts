/**
 * Which rows of a long list to mount, when every height is known beforehand. Pure. The list of conversations is in the first load, and what
 * a measuring virtualiser adds is not needed there (decision 0061).
 */

/** Where each row begins, and at the end where the last one ends: one more entry than heights. */
export function offsetsOf(heights: readonly number[]): readonly number[] {
  const offsets = [0];
  let sum = 0;
  for (const height of heights) {
    sum += height;
    offsets.push(sum);
  }
  return offsets;
}

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** The rows that touch the viewport, with `around` more on both sides. */
export function rangeAt(offsets: readonly number[], top: number, height: number, around: number): RowRange {
  const count = offsets.length - 1;
  const first = rowAt(offsets, top);
  const last = rowAt(offsets, top + height);
  return { first: Math.max(0, first - around), end: Math.min(count, last + 1 + around) };
}

/** The scroll position that shows row `index` whole, moved as little as possible; `margin` is kept free at the top. */
export function topFor(
  offsets: readonly number[],
  index: number,
  viewport: { readonly top: number; readonly height: number },
  margin = 0,
): number {
  const start = (offsets[index] ?? 0) - margin;
  const end = offsets[index + 1] ?? 0;
  if (start < viewport.top) return Math.max(0, start);
  return end > viewport.top + viewport.height ? end - viewport.height : viewport.top;
}

/** The last row that begins at or before `y`, by halving. */
function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

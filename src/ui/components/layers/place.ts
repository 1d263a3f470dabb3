/** Where something that opens beside another goes: pure, in CSS pixels of the viewport. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

export type Align = 'start' | 'center' | 'end';

const MARGIN = 8;

/**
 * The top left corner for `content` beside `anchor`: on the wanted side if it fits there or nowhere, else on the other; moved
 * sideways as far as the viewport needs.
 */
export function place(
  anchor: Box,
  content: BoxSize,
  viewport: BoxSize,
  {
    side = 'below',
    align = 'start',
    gap = 4,
  }: { side?: 'above' | 'below'; align?: Align; gap?: number } = {},
): { readonly left: number; readonly top: number } {
  const below = anchor.bottom + gap;
  const above = anchor.top - gap - content.height;
  const fitsBelow = below + content.height <= viewport.height - MARGIN;
  const fitsAbove = above >= MARGIN;
  const goesBelow = side === 'below' ? fitsBelow || !fitsAbove : !fitsAbove && fitsBelow;
  const left = {
    start: anchor.left,
    center: (anchor.left + anchor.right - content.width) / 2,
    end: anchor.right - content.width,
  }[align];
  return {
    left: clamp(left, MARGIN, viewport.width - content.width - MARGIN),
    top: clamp(goesBelow ? below : above, MARGIN, viewport.height - content.height - MARGIN),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max));
}

/** Between a notice and what it must not cover. */
const CLEAR = 6;

/**
 * The top of a box that stands as low as it can in the window without touching any of `taken`; undefined where there is no such place in the lower
 * two thirds.
 */
export function clearOfControls(
  { left, right, height }: { readonly left: number; readonly right: number; readonly height: number },
  taken: readonly Box[],
  viewport: BoxSize,
): number | undefined {
  const beside = taken.filter((box) => box.left < right + CLEAR && box.right > left - CLEAR);
  let top = viewport.height - 2 * CLEAR - height;
  while (top >= viewport.height / 3) {
    const under = beside.filter((box) => box.top < top + height + CLEAR && box.bottom > top - CLEAR);
    if (under.length === 0) return top;
    top = Math.min(...under.map((box) => box.top)) - CLEAR - height;
  }
  return undefined;
}

/** Reading an index over its segments (docs/protocol.md, "Roll-over"). */
import { counted, START } from '../../protocol/index.ts';

/** Where the fold of an index stands: a segment, and an offset in it. */
export interface FoldPosition {
  readonly segment: string;
  readonly position: string;
}

/** What counts of items read in `segment` up to `next`, and where the fold stands after them. */
export function advanced(
  segment: string,
  items: readonly unknown[],
  next: string,
): FoldPosition & { readonly items: readonly unknown[] } {
  const read = counted(items);
  return read.next === null
    ? { items, segment, position: next }
    : { items: read.items, segment: read.next, position: START };
}

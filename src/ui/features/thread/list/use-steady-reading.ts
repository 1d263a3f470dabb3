import { type RefObject, useEffect, useRef } from 'react';
import { findWordPlace, type WordPlace, wordPlace } from '../../../components/word-place.ts';
import { beforeReformatting } from '../../markdown/index.ts';
import { rowOfField } from './reader-holds.ts';
import type { ThreadEnd } from './thread-end.ts';
import { lineIn } from './use-steady-line.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

/** The line that is read while text of its row is formatted, which may write it anew. */
interface ReadLine {
  readonly row: Element;
  readonly place: WordPlace;
  range: Range;
  readonly node: Node;
  /** From the upper edge of its row, in px. */
  offset: number;
}

/**
 * Which changes of height move the scroll position: all above what is read; of a row that reaches into the window from above, those
 * that come with its text. What the reader unfolds there, or what a reply adds at its end, moves nothing above it. Where text of that row is
 * formatted, the line that is read stays, whatever is above and below it.
 */
export function useSteadyReading(
  virtualizer: ThreadVirtualizer,
  scroller: RefObject<HTMLElement | null>,
  end: ThreadEnd,
): void {
  const loaded = useRef(new Set<unknown>());
  const line = useRef<ReadLine>(undefined);
  useEffect(
    () =>
      beforeReformatting(() => {
        const element = scroller.current;
        const read = element && !end.follows() ? readLineIn(element) : undefined;
        line.current = read;
        // What changes later has other reasons.
        requestAnimationFrame(() =>
          setTimeout(() => {
            if (line.current === read) line.current = undefined;
          }),
        );
      }),
    [scroller, end],
  );
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (
    { key, index, start, end: foot },
    _delta,
    { elementsCache, measurementsCache, scrollOffset, scrollRect },
  ) => {
    const top = scrollOffset ?? 0;
    const before = loaded.current.has(key);
    const item = elementsCache.get(key);
    if (!item?.querySelector('[data-loading]')) loaded.current.add(key);
    // All of it is above the end.
    if (end.kind === 'following') return true;
    // A field that has the focus stays, not the line at the upper edge.
    const field = end.kind === 'editing' ? rowOfField() : undefined;
    const edited = field === undefined ? undefined : measurementsCache[field];
    if (edited && edited.end > top && edited.start < top + (scrollRect?.height ?? 0))
      return index < edited.index;
    if (foot <= top || start >= top) return foot <= top;
    const [read, element] = [line.current, scroller.current];
    if (!read || !element || !item?.contains(read.row)) return !before;
    // When all sizes are known, and before anything is painted.
    queueMicrotask(() => keep(read, element));
    return false;
  };
}

function readLineIn(scroller: HTMLElement): ReadLine | undefined {
  const { range, row } = lineIn(scroller) ?? {};
  if (!range || !row) return undefined;
  const { startContainer: node, startOffset } = range;
  return { row, range, node, place: wordPlace(row, node, startOffset), offset: offsetIn(row, range) };
}

function keep(read: ReadLine, scroller: HTMLElement): void {
  if (!read.row.isConnected) return;
  if (!read.row.contains(read.node)) {
    const found = findWordPlace(read.row, read.place, true);
    if (!found) return;
    read.range = document.createRange();
    read.range.setStart(found.node, found.offset);
    read.range.setEnd(found.node, Math.min(found.node.length, found.offset + 1));
  }
  const offset = offsetIn(read.row, read.range);
  scroller.scrollTop += Math.round(offset - read.offset);
  read.offset = offset;
}

const offsetIn = (row: Element, range: Range): number =>
  range.getBoundingClientRect().top - row.getBoundingClientRect().top;

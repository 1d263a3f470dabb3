import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useGrowing } from '../../../components/index.ts';
import { estimateHeight } from '../rows/estimate.ts';
import type { Row } from '../rows/rows.ts';
import { ThreadEnd } from './thread-end.ts';
import { virtualWindow } from './thread-windows.ts';
import { useEndEvents, useGoing } from './use-end-events.ts';
import { type LeftLine, leftLineIn, useReturnedLine } from './use-returned-line.ts';
import { useSteadyLine } from './use-steady-line.ts';
import { useSteadyReading } from './use-steady-reading.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

const SPACE = 24;
/** Conversations of which it is known where they were left. */
const KEPT = 30;
/** Farther down than any thread is long: the browser takes it to the end, and no rows of its beginning are drawn before. */
const BELOW_ALL = 1e9;

interface ThreadScrollOptions {
  readonly conversation: string;
  readonly rows: readonly Row[];
  /** A row that stays mounted wherever one reads: it is in the tab order. */
  readonly kept: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/**
 * The window over a thread. At the end it stays at the end, whatever grows; elsewhere what is read stays where it is, whatever is
 * measured above. It opens at the end, or where the conversation was left. Which of these it does is said by `end-machine.ts`.
 */
export function useThreadScroll({ conversation, rows, kept, scroller }: ThreadScrollOptions) {
  const [place] = useState(() => placeIn(conversation));
  const [width] = useState(() => Math.min(window.innerWidth, 736));
  const [far, setFar] = useState(false);
  const [end] = useState(() => new ThreadEnd(place?.atEnd ?? true, setFar));
  const [{ look, options }] = useState(() => virtualWindow(end));
  const instance = useRef<ThreadVirtualizer>(null);
  const near = useRef(0);
  // A few are there at once: what is said first in a chat goes over from its beginning without a flicker.
  const [step] = useState(rows.length > FEW ? ROWS : Number.POSITIVE_INFINITY);
  const drawn = useGrowing(step, () => near.current);
  // Before the virtualizer's own effects: it forgets when it is unmounted.
  useLayoutEffect(
    () => () => {
      const { current } = instance;
      if (!current) return;
      const [offset, sizes, atEnd] = [current.scrollOffset ?? 0, current.takeSnapshot(), end.follows()];
      const line = atEnd || !scroller.current ? undefined : leftLineIn(scroller.current);
      rememberPlace(conversation, { offset, atEnd, sizes, line });
    },
    [conversation, scroller, end],
  );
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => estimateHeight(rows[index] as Row, width),
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        near.current = indexes.length;
        return drawn < indexes.length ? lastInSight(range, drawn) : withKept(indexes, kept);
      },
      [kept, drawn],
    ),
    overscan: 4,
    paddingStart: SPACE,
    paddingEnd: SPACE,
    scrollPaddingStart: SPACE,
    scrollPaddingEnd: SPACE,
    // What is in sight stays there when more comes above it. Whether the end is kept is not the virtualizer's to say: nothing is that near to it.
    anchorTo: 'end',
    scrollEndThreshold: -1,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    initialOffset: !place || place.atEnd ? BELOW_ALL : place.offset,
    ...(place && { initialMeasurementsCache: place.sizes }),
    onChange: (changed) => {
      look(changed);
      lookForLine();
    },
    ...options,
  });
  instance.current = virtualizer;
  const lookForLine = useReturnedLine(place?.line, scroller, virtualizer, end);
  useSteadyReading(virtualizer, scroller, end);
  useGoing(conversation, rows, end);
  useEndEvents({ rows, scroller, end });
  useLayoutEffect(() => look(virtualizer));
  useSteadyLine(scroller, end);
  return { virtualizer, width, far, end };
}

/** Rows that are drawn in one go when a thread is opened: the last in sight first, and last of all those around. */
const ROWS = 2;
const FEW = 4;

function lastInSight({ startIndex, endIndex }: Range, most: number): number[] {
  const inSight = Array.from({ length: endIndex - startIndex + 1 }, (_, n) => startIndex + n);
  return most === 0 ? [] : inSight.slice(-most);
}

function withKept(indexes: number[], kept: number): number[] {
  if (kept < 0 || indexes.includes(kept)) return indexes;
  return [...indexes, kept].sort((a, b) => a - b);
}

interface ReadingPlace {
  /** Scroll position in px. */
  readonly offset: number;
  /** The reader was at the end, and will be again whatever has been added. */
  readonly atEnd: boolean;
  /** Heights as they were measured. */
  readonly sizes: VirtualItem[];
  readonly line: LeftLine | undefined;
}

/** Where each conversation was being read, for as long as the page lives. */
const places = new Map<string, ReadingPlace>();

const placeIn = (conversation: string): ReadingPlace | undefined => places.get(conversation);

function rememberPlace(conversation: string, place: ReadingPlace): void {
  places.delete(conversation);
  places.set(conversation, place);
  for (const oldest of places.keys()) {
    if (places.size <= KEPT) break;
    places.delete(oldest);
  }
}

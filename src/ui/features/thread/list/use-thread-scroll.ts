import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useGrowing } from '../../../components/index.ts';
import { estimateHeight } from '../rows/estimate.ts';
import type { Row } from '../rows/rows.ts';
import { placeIn, rememberPlace } from './scroll-memory.ts';
import { useSteadyLine } from './use-steady-line.ts';
import { useSteadyReading } from './use-steady-reading.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

/** Nearer to the end than this, in px, the reader is at the end and stays there. */
const AT_END = 24;
/** Farther from it, "Jump to latest" is offered. */
const FAR = 160;
const SPACE = 24;

interface ThreadScrollOptions {
  readonly conversation: string;
  readonly rows: readonly Row[];
  /** A row that stays mounted wherever one reads: it is in the tab order. */
  readonly kept: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/**
 * The window over a thread. At the end it stays at the end, whatever grows; elsewhere what is read stays where it is, whatever is
 * measured above. It opens at the end, or where the conversation was left.
 */
export function useThreadScroll({ conversation, rows, kept, scroller }: ThreadScrollOptions) {
  const [place] = useState(() => placeIn(conversation));
  const [width] = useState(() => Math.min(window.innerWidth, 736));
  const [far, setFar] = useState(false);
  const shown = useRef({ offset: 0, atEnd: true });
  const instance = useRef<ThreadVirtualizer>(null);
  const near = useRef(0);
  // A few are there at once: what is said first in a chat goes over from its beginning without a flicker.
  const [step] = useState(rows.length > FEW ? ROWS : Number.POSITIVE_INFINITY);
  const drawn = useGrowing(step, () => near.current);
  // Before the virtualizer's own effects: it forgets when it is unmounted.
  useLayoutEffect(
    () => () => {
      const sizes = instance.current?.takeSnapshot() ?? [];
      rememberPlace(conversation, { ...shown.current, sizes });
    },
    [conversation],
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
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    ...(place && { initialOffset: place.offset, initialMeasurementsCache: place.sizes }),
    onChange: (changed) => {
      const distance = changed.getDistanceFromEnd();
      shown.current = { offset: changed.scrollOffset ?? 0, atEnd: distance <= AT_END };
      setFar(distance > FAR);
    },
  });
  instance.current = virtualizer;
  useSteadyReading(virtualizer, scroller);
  useOpenedAtEnd(virtualizer, scroller, !place || place.atEnd);
  useFollowLast(virtualizer, rows[rows.length - 1], shown);
  useStayAtEnd(virtualizer, scroller);
  useSteadyLine(virtualizer, scroller);
  return { virtualizer, width, far };
}

/**
 * A thread that opens at the end stays there while it is drawn: a reply may grow by more than `AT_END` between two steps of that, most on slow
 * machines. Until a hand is on it, or something else is gone to.
 */
function useOpenedAtEnd(
  virtualizer: ThreadVirtualizer,
  scroller: RefObject<HTMLDivElement | null>,
  atEnd: boolean,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !atEnd) return;
    virtualizer.scrollToEnd();
    return stayUntilMoved(element, () => virtualizer.scrollToEnd());
  }, [virtualizer, scroller, atEnd]);
}

/** Calls `toEnd` when what `element` scrolls grows. Ends when it is scrolled up, or touched. Returns what ends it, too. */
export function stayUntilMoved(element: HTMLElement, toEnd: () => void): () => void {
  const over = new AbortController();
  const distance = () => element.scrollHeight - element.clientHeight - element.scrollTop;
  const grown = new ResizeObserver(() => {
    if (distance() > AT_END) toEnd();
  });
  for (const child of element.children) grown.observe(child);
  over.signal.addEventListener('abort', () => grown.disconnect());
  let before = element.scrollTop;
  const onScroll = () => {
    const isUp = element.scrollTop < before && distance() > AT_END;
    before = element.scrollTop;
    if (isUp) over.abort();
  };
  element.addEventListener('scroll', onScroll, { signal: over.signal });
  for (const touched of ['wheel', 'pointerdown', 'touchstart', 'keydown'])
    element.addEventListener(touched, () => over.abort(), { signal: over.signal, passive: true });
  return () => over.abort();
}

/** Frames a jump goes on for: a reply may grow by more than `AT_END` while it is laid out, and would not be followed then. */
const JUMP_FRAMES = 15;

/** Scrolls to the end, and with it for a moment. */
export function jumpToEnd(virtualizer: ThreadVirtualizer, frames = JUMP_FRAMES): void {
  if (virtualizer.getDistanceFromEnd() > 0) virtualizer.scrollToEnd();
  if (frames > 0) requestAnimationFrame(() => jumpToEnd(virtualizer, frames - 1));
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

/** Another last message, also another version of it: who was at the end is there again. So is who sent it, from anywhere. */
function useFollowLast(
  virtualizer: ThreadVirtualizer,
  last: Row | undefined,
  shown: RefObject<{ readonly atEnd: boolean }>,
): void {
  const before = useRef(last?.key);
  // As it was before this change was laid out.
  const follows = shown.current.atEnd || last?.entry.kind === 'pending';
  useLayoutEffect(() => {
    const changed = before.current !== last?.key;
    before.current = last?.key;
    if (changed && follows) virtualizer.scrollToEnd();
  }, [virtualizer, last, follows]);
}

/** The window changes height when the message box grows or a keyboard opens: the end stays in sight. */
function useStayAtEnd(virtualizer: ThreadVirtualizer, scroller: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const was = element.scrollHeight - element.scrollTop - height;
      height = element.clientHeight;
      if (was <= AT_END) virtualizer.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer, scroller]);
}

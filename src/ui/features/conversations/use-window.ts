import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { offsetsOf, type RowRange, rangeAt, topFor } from './windowing.ts';

const AROUND = 8;

/** Mounts only the rows near what `scroller` shows. Heights are in CSS pixels; a new array is new rows. */
export function useWindow(scroller: RefObject<HTMLElement | null>, heights: readonly number[]) {
  const offsets = useMemo(() => offsetsOf(heights), [heights]);
  const [range, setRange] = useState<RowRange>({ first: 0, end: 0 });
  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = rangeAt(offsets, element.scrollTop, element.clientHeight, AROUND);
    setRange((was) => (was.first === next.first && was.end === next.end ? was : next));
  }, [scroller, offsets]);

  useLayoutEffect(update, [update]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [scroller, update]);

  const reveal = useCallback(
    (index: number, margin: number) => {
      const element = scroller.current;
      if (!element) return;
      const viewport = { top: element.scrollTop, height: element.clientHeight };
      element.scrollTop = topFor(offsets, index, viewport, margin);
      update();
    },
    [scroller, offsets, update],
  );
  return { offsets, range, total: offsets.at(-1) ?? 0, reveal };
}

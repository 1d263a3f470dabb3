/** What one sees of replies side by side, of which not all have room. */
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { tell } from '../../../stores/whereabouts/index.ts';
import { useThread } from '../rows/thread-context.ts';

/**
 * The reply on the path is in sight, where not all of them have room: when it becomes the one, and when the room changes, as it does when the
 * tree opens beside them, unless one looks at others.
 */
export function useColumnInSight(list: RefObject<HTMLElement | null>, key: string): void {
  const isOut = useRef(false);
  useLayoutEffect(() => {
    if (list.current) showColumn(list.current, key);
    isOut.current = false;
  }, [list, key]);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let width = element.clientWidth;
    const onScroll = () => {
      if (element.clientWidth === width) isOut.current = !isInSight(element, key);
    };
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      if (!isOut.current) showColumn(element, key);
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [list, key]);
}

function showColumn(list: HTMLElement, key: string): void {
  const off = offCentre(list, key);
  if (off) list.scrollLeft += off.by;
}

/** Half of it at least. */
function isInSight(list: HTMLElement, key: string): boolean {
  const off = offCentre(list, key);
  return off === undefined || Math.abs(off.by) <= off.room;
}

/** How far the middle of a column is to the right of that of the list, and how far it may be. */
function offCentre(list: HTMLElement, key: string): { by: number; room: number } | undefined {
  const column = list.querySelector(`[data-column="${CSS.escape(key)}"]`);
  if (!column) return undefined;
  const [around, box] = [list.getBoundingClientRect(), column.getBoundingClientRect()];
  return { by: (box.left + box.right - around.left - around.right) / 2, room: around.width / 2 };
}

/** Frames in which columns are laid out: who was at the end of the thread would be taken to theirs. */
const SETTLING = 15;
/**
 * How much of the thread, in px, has to be left below its window where the columns begin at the top of it. Nearer to its end than half of that it
 * would be followed again (`list/end-machine.ts`).
 */
const OUTGROWN = 48;

/** What stands above the columns is in sight, however long they are, and stays. */
export function showFromTheirBeginning(list: HTMLElement, key: string): void {
  tell({ kind: 'walked', to: key });
  const settle = (frames: number) => {
    list.parentElement?.scrollIntoView({ block: 'start', behavior: 'instant' });
    if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
  };
  settle(SETTLING);
}

/** The same, and the message they stand in has the focus. */
export function focusFromTheirBeginning(list: HTMLElement | null, key: string): boolean {
  const article = list?.closest('article');
  if (!list || !article) return false;
  article.focus({ preventScroll: true });
  showFromTheirBeginning(list, key);
  return true;
}

/**
 * At the end of a thread one follows what is written. Of columns that is the end of the longest, which may be out of sight, and would take
 * the others away: once they outgrow the window while they are written, it stays at their beginning.
 */
export function useBeginningInSight(list: RefObject<HTMLElement | null>, isLive: boolean, key: string): void {
  const { leaveEnd } = useThread();
  const show = useEffectEvent((element: HTMLElement) => {
    if (leaveEnd?.()) showFromTheirBeginning(element, key);
  });
  useEffect(() => {
    const element = list.current;
    const log = element?.closest('[role="log"]');
    if (!element || !log || !isLive) return;
    // Much may have come before they are first measured.
    let fitted = true;
    const observer = new ResizeObserver(() => {
      const fits = toTheEnd(element.parentElement ?? element, log) < log.clientHeight + OUTGROWN;
      if (fitted && !fits) show(element);
      fitted = fits;
    });
    observer.observe(element);
    observer.observe(log);
    return () => observer.disconnect();
  }, [list, isLive]);
}

/** From the upper edge of something in a thread to the thread's end, in px. */
function toTheEnd(element: Element, log: Element): number {
  const top = element.getBoundingClientRect().top - log.getBoundingClientRect().top;
  return log.scrollHeight - log.scrollTop - top;
}

/** What one sees of replies side by side, of which not all have room. */
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { tell } from '../../../stores/whereabouts/index.ts';

/** Brings the reply on the path into sight, where not all of them have room: of those asked for beside older ones the first. */
export function showColumn(list: HTMLElement | null, key: string): void {
  const column = list?.querySelector(`[data-column="${CSS.escape(key)}"]`);
  if (!list || !column) return;
  const [around, box] = [list.getBoundingClientRect(), column.getBoundingClientRect()];
  list.scrollLeft += (box.left + box.right - around.left - around.right) / 2;
}

/** Frames in which columns are laid out: who was at the end of the thread would be taken to theirs. */
const SETTLING = 15;
/** What stands between the columns and the end of the thread, in px, and a line that has just come. */
const BELOW = 96;

/** What stands above the columns is in sight, however long they are, and stays. */
function showFromTheirBeginning(list: HTMLElement, key: string): void {
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
  const show = useEffectEvent((element: HTMLElement) => showFromTheirBeginning(element, key));
  useEffect(() => {
    const element = list.current;
    const log = element?.closest('[role="log"]');
    if (!element || !log || !isLive) return;
    let fitted = false;
    const observer = new ResizeObserver(() => {
      const group = element.parentElement ?? element;
      const fits = group.offsetHeight < log.clientHeight - BELOW;
      const isFollowed = log.scrollHeight - log.scrollTop - log.clientHeight <= BELOW;
      if (fitted && !fits && isFollowed) show(element);
      fitted = fits;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, isLive]);
}

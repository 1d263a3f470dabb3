import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { findWordPlace, type WordPlace, wordPlace } from '../../../components/word-place.ts';
import type { ThreadEnd } from './thread-end.ts';
import { lineIn } from './use-steady-line.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

/** The line that was read as a thread was left, told by its words: how high they stand is another matter until all are formatted. */
export interface LeftLine {
  /** Of the message. */
  readonly key: string;
  readonly place: WordPlace;
  /** From the upper edge of the thread, in px. */
  readonly offset: number;
}

/** Undefined where no words are in sight. */
export function leftLineIn(thread: HTMLElement): LeftLine | undefined {
  const { range, row, offset } = lineIn(thread) ?? {};
  const key = row instanceof HTMLElement ? row.dataset.key : undefined;
  if (!range || !row || key === undefined || offset === undefined) return undefined;
  return { key, place: wordPlace(row, range.startContainer, range.startOffset), offset };
}

/** So much of a message has to be there before a line of it is looked for: what is drawn later stands in no place yet. */
const MOST = 0.8;
/** Who waits longer for its text, in ms, reads elsewhere by then. */
const PATIENCE = 3000;
const PRESSES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * A thread that is opened again where it was left shows the line that was read, once its message is there, unless the reader is quicker.
 * @returns to be called when the thread may be higher or lower
 */
export function useReturnedLine(
  left: LeftLine | undefined,
  scroller: RefObject<HTMLElement | null>,
  virtualizer: ThreadVirtualizer,
  end: ThreadEnd,
): () => void {
  const wanted = useRef(left);
  const look = useCallback(() => {
    const [line, thread] = [wanted.current, scroller.current];
    if (!line || !thread) return;
    if (end.kind !== 'reading') wanted.current = undefined;
    else if (bringBack(line, thread, virtualizer)) wanted.current = undefined;
  }, [scroller, virtualizer, end]);
  useLayoutEffect(look);
  useEffect(() => {
    if (!wanted.current) return;
    const over = new AbortController();
    const giveUp = () => {
      wanted.current = undefined;
      over.abort();
    };
    const timer = setTimeout(giveUp, PATIENCE);
    over.signal.addEventListener('abort', () => clearTimeout(timer));
    for (const kind of PRESSES)
      window.addEventListener(kind, giveUp, { signal: over.signal, capture: true, passive: true });
    return () => over.abort();
  }, []);
  return look;
}

/** Whether the line was found. */
function bringBack(
  { key, place, offset }: LeftLine,
  thread: HTMLElement,
  { measurementsCache }: ThreadVirtualizer,
): boolean {
  const row = thread.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  // Not before it was measured as it is now: the end would seem to be elsewhere.
  const known = measurementsCache[Number(row?.dataset.index)]?.size ?? 0;
  if (!row || Math.abs(row.offsetHeight - known) > 1) return false;
  if ((row.textContent?.length ?? 0) < place.text.length * MOST) return false;
  const found = findWordPlace(row, place, true);
  if (!found) return false;
  const range = document.createRange();
  range.setStart(found.node, found.offset);
  range.setEnd(found.node, Math.min(found.node.length, found.offset + 1));
  const by = range.getBoundingClientRect().top - thread.getBoundingClientRect().top - offset;
  if (Math.abs(by) >= 1) thread.scrollTop += Math.round(by);
  return true;
}

import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { tell, useWhereabouts } from '../../stores/whereabouts/index.ts';
import { rowsInSight, scrollToMessage } from './scroll-to-message.ts';
import { onScrolledByHand } from './scrolled-by-hand.ts';

/** How far down the window one reads, of its height. */
const READING_LINE = 0.3;
const AT_END = 24;

/**
 * Says which message of the thread is being read, and takes the thread to where the tree wants it. What was asked for stays
 * the one being read until a hand scrolls the thread: a short message at the end can never reach the reading line, and whatever else is
 * pressed or written here, what is laid out anew then says nothing of where one reads.
 */
export function useReadingPlace(pane: RefObject<HTMLElement | null>, view: ConversationView): void {
  const { id, path } = view;
  const latest = useRef(path);
  latest.current = path;

  const report = useCallback(() => {
    const log = pane.current?.querySelector<HTMLElement>('[role="log"]');
    const message = log ? readIn(log) : undefined;
    if (message !== undefined) tell({ kind: 'read', message });
  }, [pane]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const stopWatching = onScrolledByHand(element, () => tell({ kind: 'moved' }));
    // A scroll does not bubble, but it is captured.
    element.addEventListener('scroll', report, { capture: true, passive: true });
    return () => {
      element.removeEventListener('scroll', report, { capture: true });
      stopWatching();
    };
  }, [pane, report]);

  useEffect(() => {
    if (path.length === 0) return;
    const frame = requestAnimationFrame(report);
    return () => cancelAnimationFrame(frame);
  }, [path, report]);

  const going = useWhereabouts(id, ({ mode }) => (mode.kind === 'going' ? mode : undefined));
  useEffect(() => {
    const element = pane.current;
    if (!going || !element) return;
    const indexOf = () => latest.current.findIndex(({ key }) => key === going.at);
    return scrollToMessage(element, going.at, indexOf, () => tell({ kind: 'arrived' }));
  }, [pane, going]);
}

/** The message at the reading line; at the end of the thread its last. */
function readIn(log: HTMLElement): string | undefined {
  const rows = rowsInSight(log);
  const { top, height } = log.getBoundingClientRect();
  if (log.scrollHeight - log.scrollTop - log.clientHeight <= AT_END) return rows.at(-1)?.dataset.key;
  const line = top + height * READING_LINE;
  const read = rows.find((row) => row.getBoundingClientRect().bottom > line) ?? rows.at(-1);
  return read?.dataset.key;
}

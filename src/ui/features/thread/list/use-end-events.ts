import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useWhereabouts } from '../../../stores/whereabouts/index.ts';
import type { Row } from '../rows/rows.ts';
import { lookForField, watchHolds } from './reader-holds.ts';
import type { ThreadEnd } from './thread-end.ts';

interface EndEventsOptions {
  readonly rows: readonly Row[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly end: ThreadEnd;
}

/** Tells the end of a thread what the reader does, and when own words go there. */
export function useEndEvents({ rows, scroller, end }: EndEventsOptions): void {
  const last = rows[rows.length - 1];
  const before = useRef(last?.key);
  const latest = useRef(last?.key);
  latest.current = last?.key;

  useLayoutEffect(() => {
    const element = scroller.current;
    return element ? watchHolds(element, end, (row) => row === latest.current) : undefined;
  }, [scroller, end]);

  useLayoutEffect(() => {
    // A field that was taken away with what was said of it.
    if (end.kind === 'editing' && scroller.current) lookForField(scroller.current, end);
    const isNew = before.current !== last?.key;
    before.current = last?.key;
    if (isNew && last?.entry.kind === 'pending') end.tell({ kind: 'sent' });
  });
}

/** Tells it when the conversation's page takes the thread to a message. */
export function useGoing(conversation: string, rows: readonly Row[], end: ThreadEnd): void {
  const latest = useRef(rows);
  latest.current = rows;
  const goingTo = useWhereabouts(conversation, ({ mode }) => (mode.kind === 'going' ? mode.at : undefined));
  useLayoutEffect(() => {
    if (goingTo === undefined) return;
    end.tell({ kind: 'led' });
    return () => {
      const atLast = latest.current.at(-1)?.key === goingTo;
      end.tell({ kind: 'arrived', distance: end.distance(), atLast });
    };
  }, [end, goingTo]);
}

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useWhereabouts } from '../../../stores/whereabouts/index.ts';
import type { Row } from '../rows/rows.ts';
import { lookForField, watchHolds } from './reader-holds.ts';
import type { ThreadEnd } from './thread-end.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

interface EndEventsOptions {
  readonly conversation: string;
  readonly rows: readonly Row[];
  readonly virtualizer: ThreadVirtualizer;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly end: ThreadEnd;
}

/** Tells the end of a thread what the page, the reader and the conversation do. */
export function useEndEvents({ conversation, rows, virtualizer, scroller, end }: EndEventsOptions): void {
  const last = rows[rows.length - 1];
  const before = useRef(last?.key);
  const latest = useRef(rows);
  latest.current = rows;

  useLayoutEffect(() => {
    const element = scroller.current;
    return element ? watchHolds(element, end, (row) => row === latest.current.length - 1) : undefined;
  }, [scroller, end]);

  useLayoutEffect(() => {
    // A field that was taken away with what was said of it.
    if (end.kind === 'editing' && scroller.current) lookForField(scroller.current, end);
    const isNew = before.current !== last?.key;
    before.current = last?.key;
    if (isNew && last?.entry.kind === 'pending') end.tell({ kind: 'sent' });
    end.look(virtualizer);
  });

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

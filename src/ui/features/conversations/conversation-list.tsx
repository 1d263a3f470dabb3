import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Conversation } from '../../../protocol/index.ts';
import { COARSE, useMedia } from '../../components/index.ts';
import { ConversationRow } from './conversation-row.tsx';
import { endOfDay, groupByDay, type ListRow } from './group-by-day.ts';
import { useRowEvents } from './use-row-events.ts';
import { useWindow } from './use-window.ts';
import type { RowRange } from './windowing.ts';

interface ConversationListProps {
  /** Newest activity first. */
  readonly list: readonly Conversation[];
  /** The conversation whose page is open. */
  readonly current: string | undefined;
}

/** The conversations by day. Only the rows near the viewport are mounted, and the one in the tab order. */
export function ConversationList({ list, current }: ConversationListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const today = useToday();
  const rows = useMemo(() => groupByDay(list, today), [list, today]);
  const ids = useMemo(() => list.map(({ id }) => id), [list]);
  const heights = useHeights(rows);
  const { offsets, range, total, reveal } = useWindow(scroller, heights);
  const { tabbable, focus, onFocus } = useRowFocus(scroller, ids, current);
  const goTo = useCallback(
    (id: string) => {
      reveal(indexOf(rows, id), heights[0] ?? 0);
      focus(id);
    },
    [rows, heights, reveal, focus],
  );
  const { events, renaming } = useRowEvents(ids, { goTo, onFocus });

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      <ul className="relative" style={{ height: total }}>
        {mounted(range, indexOf(rows, tabbable)).map((index) => {
          const row = rows[index];
          if (!row) return null;
          const place = { top: offsets[index], height: heights[index] };
          return row.kind === 'heading' ? (
            <li key={row.text} className="absolute inset-x-0 flex items-end px-2.5 pb-1" style={place}>
              <h3 className="font-medium text-muted text-xs">{row.text}</h3>
            </li>
          ) : (
            <li key={row.header.id} className="absolute inset-x-0 py-px" style={place}>
              <ConversationRow
                header={row.header}
                current={row.header.id === current}
                tabbable={row.header.id === tabbable}
                renaming={row.header.id === renaming}
                events={events}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function indexOf(rows: readonly ListRow[], id: string | undefined): number {
  return rows.findIndex((row) => row.kind === 'conversation' && row.header.id === id);
}

/** The rows of the range, and `also` when it is not among them (-1: none). */
function mounted({ first, end }: RowRange, also: number): number[] {
  const indices = Array.from({ length: end - first }, (_, n) => first + n);
  return also === -1 || (also >= first && also < end) ? indices : [...indices, also].sort((a, b) => a - b);
}

/** Heights in CSS pixels of the reader's font size; higher rows for fingers. */
function useHeights(rows: readonly ListRow[]): readonly number[] {
  const coarse = useMedia(COARSE);
  return useMemo(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const height = (coarse ? 2.75 : 2.25) * rem;
    return rows.map((row) => (row.kind === 'heading' ? 2.25 * rem : height));
  }, [rows, coarse]);
}

/**
 * One row of the list is in the tab order: the one last focused, else the open conversation, else the first. `focus` moves there,
 * also to a row that is mounted only with the next render.
 */
function useRowFocus(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  current: string | undefined,
) {
  const [last, setLast] = useState<string>();
  const wanted = useRef<string>(undefined);
  const known = (id: string | undefined) => (id !== undefined && ids.includes(id) ? id : undefined);
  const tabbable = known(last) ?? known(current) ?? ids[0];

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-conversation="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const [, render] = useState(0);
  const focus = useCallback((id: string) => {
    wanted.current = id;
    setLast(id);
    render((n) => n + 1);
  }, []);
  return { tabbable, focus, onFocus: setLast };
}

/** A time within today; changes at midnight and when a tab that slept over it comes back. */
function useToday(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const renew = () => Date.now() >= endOfDay(now) && setNow(Date.now());
    const timer = setTimeout(renew, endOfDay(now) - Date.now() + 50);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [now]);
  return now;
}

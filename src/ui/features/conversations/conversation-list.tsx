import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ChatFolder, Conversation } from '../../../protocol/index.ts';
import { COARSE, cx, useMedia } from '../../components/index.ts';
import { useToday } from '../../components/use-today.ts';
import { useChatList } from '../../stores/browser/chat-list.ts';
import { useChosenChats } from '../../stores/chosen-chats.ts';
import { ConversationRow } from './conversation-row.tsx';
import { FolderRow } from './folder-row.tsx';
import { type ListRow, rowsOf, sorted } from './list-rows.ts';
import { useFilingByDrag } from './use-filing-by-drag.ts';
import { useRowEvents } from './use-row-events.ts';
import { useWindow } from './use-window.ts';
import type { RowRange } from './windowing.ts';

interface ConversationListProps {
  /** Newest activity first. */
  readonly list: readonly Conversation[];
  /** The conversation whose page is open. */
  readonly current: string | undefined;
  readonly folders: readonly ChatFolder[];
  /** It is a part of the list, by words or because it was archived. Default: all of it. */
  readonly isPart?: boolean;
}

/** The conversations in folders and by day. Only the rows near the viewport are mounted, and the one in the tab order. */
export function ConversationList({ list, current, folders, isPart = false }: ConversationListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRows({ list, current, folders, isPart });
  const ids = useMemo(() => rows.flatMap((row) => rowId(row) ?? []), [rows]);
  const { choosing, ids: chosen } = useChosenChats();
  const { target, props: dragged } = useFilingByDrag(list, folders);
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
  const { events, renaming } = useRowEvents({ ids, folders }, { goTo, onFocus });

  return (
    <div ref={scroller} {...dragged} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      <ul className="relative" style={{ height: total }}>
        {mounted(range, indexOf(rows, tabbable)).map((index) => {
          const row = rows[index];
          if (!row) return null;
          const id = rowId(row);
          const isFocusable = id === tabbable;
          return (
            <li
              key={id ?? `heading ${row.kind === 'heading' ? row.text : ''}`}
              data-chat-folder={folderOf(row)}
              className={cx(
                'absolute inset-x-0',
                row.kind === 'heading' ? 'flex items-end px-2.5 pb-1' : 'py-px',
              )}
              style={{ top: offsets[index], height: heights[index] }}
            >
              {row.kind === 'heading' && <h3 className="font-medium text-muted text-xs">{row.text}</h3>}
              {row.kind === 'folder' && (
                <FolderRow
                  row={row}
                  tabbable={isFocusable}
                  renaming={id === renaming}
                  isTarget={id === target}
                  events={events}
                />
              )}
              {row.kind === 'conversation' && (
                <ConversationRow
                  header={row.header}
                  inFolder={row.inFolder}
                  of={row.of}
                  current={id === current}
                  tabbable={isFocusable}
                  renaming={id === renaming}
                  chosen={choosing ? chosen.has(row.header.id) : undefined}
                  events={events}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function useRows({ list, current, folders, isPart }: Required<ConversationListProps>): readonly ListRow[] {
  const now = useToday();
  const { sort, open } = useChatList();
  const before = useRef<readonly Conversation[]>([]);
  const inOrder = useMemo(() => {
    before.current = sorted(list, sort, before.current);
    return before.current;
  }, [list, sort]);
  return useMemo(
    () => rowsOf(inOrder, { folders, open, sort, now, current, isPart }),
    [inOrder, folders, open, sort, now, current, isPart],
  );
}

const rowId = (row: ListRow): string | undefined =>
  row.kind === 'heading' ? undefined : row.kind === 'folder' ? row.folder.id : row.header.id;

/** What is dropped on the row goes there. */
function folderOf(row: ListRow): string | undefined {
  if (row.kind === 'folder') return row.folder.id;
  return row.kind === 'conversation' && row.inFolder ? row.header.filed : undefined;
}

function indexOf(rows: readonly ListRow[], id: string | undefined): number {
  return id === undefined ? -1 : rows.findIndex((row) => rowId(row) === id);
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
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
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

import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationView } from '../../../../client/types.ts';
import { cx } from '../../../components/index.ts';
import { useErrand } from '../../../stores/errands.ts';
import { useTreeHits } from '../../../stores/tree-hits.ts';
import type { DiagramState } from '../scene/use-diagram.ts';
import * as strings from '../strings.ts';
import { OutlineItem } from './outline-item.tsx';
import { OutlineLive } from './outline-live.tsx';
import { type OutlineRow, outlineRows } from './outline-rows.ts';
import { isMarked } from './outline-text.ts';
import { hitsByRow } from './row-hits.ts';
import { useOutlineKeys } from './use-outline-keys.ts';

/** Heights of rows in px: those with marks have a second line for them. */
const ROW = { plain: 40, marked: 60 } as const;

interface OutlineProps {
  readonly view: ConversationView;
  readonly diagram: DiagramState;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** The message the next one follows, or takes the place of. */
  readonly next: string | null;
  readonly onSelect: (message: string, at?: string) => void;
  /** The message the focused row stands for; null when the focus leaves. */
  readonly onCursor: (message: string | null) => void;
  /** There is no diagram beside it, and no bar. Default: no. */
  readonly alone?: boolean;
  /** No thread is beside it: who is to have the focus on a message has it on its row. Default: no. */
  readonly inPlaceOfThread?: boolean;
  readonly className: string;
}

/** The tree as an outline: the phone's tree, the keyboard's and the screen reader's. Only rows near the window are mounted. */
export function Outline({ alone = false, inPlaceOfThread = false, className, ...props }: OutlineProps) {
  const { view, diagram, selected, next, onSelect, onCursor } = props;
  const { chosen, unfold } = diagram;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const said = useSaid(view, diagram, selected, next);
  const { turns } = said;
  const rows = useMemo(() => outlineRows({ ...said, chosen, open }), [said, chosen, open]);
  const found = useTreeHits(view.id);
  const hits = useMemo(() => hitsByRow(rows, turns, found), [rows, turns, found]);
  const heights = useMemo(
    () => rows.map((row) => (isMarked(row, hits.has(row.id)) ? ROW.marked : ROW.plain)),
    [rows, hits],
  );
  const toggle = useCallback(
    (id: string, run: string | undefined) => {
      if (run !== undefined) unfold(run, id);
      setOpen((was) => {
        const next = new Set(was);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [unfold],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const keys = useOutlineKeys({ rows, toggle, onSelect, onCursor });
  const { active } = keys;
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // With other heights it is another function, so that they are asked for anew.
    getItemKey: useCallback((index: number) => `${rows[index]?.id} ${heights[index]}`, [rows, heights]),
    estimateSize: (index) => heights[index] ?? ROW.plain,
    overscan: 8,
    initialOffset: useCallback(() => offsetAround(rows, heights), [rows, heights]),
    scrollPaddingStart: ROW.plain,
    scrollPaddingEnd: ROW.marked,
    rangeExtractor: useCallback(
      (range: Range) => [...new Set([...defaultRangeExtractor(range), active])].sort((a, b) => a - b),
      [active],
    ),
  });
  useRevealRow({ rows, virtualizer, keys });
  const isShown = said.selected === selected;
  useErrand('message', inPlaceOfThread ? () => isShown && keys.focusHere() : undefined);

  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col bg-paper', className)}>
      {alone && <OutlineLive scene={diagram.scene} selected={selected} onGo={onSelect} />}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div
          role="tree"
          aria-label={strings.outline}
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={keys.onKeyDown}
          onBlur={keys.onBlur}
        >
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <OutlineItem
                key={row.id}
                row={row}
                hits={hits.get(row.id)}
                top={start}
                height={size}
                tabbable={index === active}
                onGo={onSelect}
                onToggle={toggle}
                onFocus={keys.onFocus}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Where the reader's row is about in the middle, so that it opens with the rows around that and no others. */
function offsetAround(rows: readonly OutlineRow[], heights: readonly number[]): number {
  const here = rows.findIndex((row) => row.here);
  const above = heights.slice(0, Math.max(0, here)).reduce((sum, height) => sum + height, 0);
  return Math.max(0, above - window.innerHeight / 2);
}

/**
 * What the rows say, once the diagram shows it: both within one frame would be a long one where thousands are shown. What is folded
 * is not in it: a key acts on what the key before it did.
 */
function useSaid(
  { tree }: ConversationView,
  { turns, path }: DiagramState,
  selected: string | null,
  next: string | null,
) {
  return useDeferredValue(
    useMemo(() => ({ tree, turns, path, selected, next }), [tree, turns, path, selected, next]),
  );
}

interface RevealRowOptions {
  readonly rows: readonly OutlineRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
  readonly keys: ReturnType<typeof useOutlineKeys>;
}

/** Keeps in sight where the reader is, and moves the focus to the row that a key asked for once it is mounted. */
function useRevealRow({ rows, virtualizer, keys }: RevealRowOptions): void {
  const { wanted, active, focused } = keys;
  const here = rows.findIndex((row) => row.here);
  useEffect(() => {
    if (here >= 0 && focused === undefined) virtualizer.scrollToIndex(here, { align: 'auto' });
  }, [virtualizer, here, focused]);

  useLayoutEffect(() => {
    const id = wanted.current;
    if (id === undefined || rows[active]?.id !== id) return;
    virtualizer.scrollToIndex(active, { align: 'auto' });
    const row = virtualizer.scrollElement?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
}

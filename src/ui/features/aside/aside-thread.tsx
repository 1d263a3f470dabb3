import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { AsideView } from '../../../client/hooks/index.ts';
import { markOf } from '../../../tree/index.ts';
import { markWithUndo } from '../../actions/undo/steps.ts';
import { Button } from '../../components/index.ts';
import { asideDraft, type OpenAside, openAside, useAsides } from '../../stores/aside.ts';
import { currentPage } from '../../stores/page.ts';
import { toastFailure } from '../../stores/toasts.ts';
import {
  type FocusPlace,
  MessageRow,
  plainWindow,
  type Row,
  rowsOf,
  SelectionBar,
  ThreadContext,
  ThreadEnd,
  useEndEvents,
} from '../thread/later.ts';
import * as strings from './strings.ts';

interface AsideThreadProps {
  readonly aside: AsideView;
  readonly open: OpenAside;
  /** What the messages stand in. */
  readonly within: RefObject<HTMLElement | null>;
}

/** The messages of an aside. All are mounted: it is short. */
export function AsideThread({ aside, open, within }: AsideThreadProps) {
  const rows = useRows(aside);
  const log = useRef<HTMLDivElement>(null);
  const draft = asideDraft(open);
  const context = useContextOf(aside, rows, log, draft);
  useFollowing(log, rows);
  useWanted(log, open);
  const isDropped = open.head !== undefined && markOf(aside.tree, open.head).pruned;
  return (
    <div
      ref={log}
      role="log"
      aria-live="off"
      aria-label={strings.aside}
      className="thread min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain px-4 py-3"
    >
      {isDropped && <Dropped head={open.head as string} />}
      {rows.length === 0 && <p className="py-6 text-center text-muted text-sm">{strings.explains}</p>}
      <ThreadContext value={context}>
        {rows.map((row, index) => (
          <div key={row.key} data-key={row.key} className="pb-5">
            <MessageRow row={row} tabbable={index === rows.length - 1} last={index === rows.length - 1} />
          </div>
        ))}
      </ThreadContext>
      <SelectionBar within={within} draft={draft} />
    </div>
  );
}

/** As a thread has them, called after the aside. */
function useRows(aside: AsideView): readonly Row[] {
  const before = useRef<{ rows: readonly Row[]; named: readonly Row[] }>({ rows: [], named: [] });
  return useMemo(() => {
    const rows = rowsOf(aside, before.current.rows);
    const old = before.current;
    const named = rows.map((row, at) =>
      row === old.rows[at] ? (old.named[at] as Row) : { ...row, label: strings.label(row.label) },
    );
    before.current = { rows, named };
    return named;
  }, [aside]);
}

function useContextOf(
  { id, show }: AsideView,
  rows: readonly Row[],
  log: RefObject<HTMLElement | null>,
  draft: string,
) {
  const latest = useRef(rows);
  latest.current = rows;
  return useMemo(() => {
    const focusOn = (key: string, place: FocusPlace) => {
      // It may be about to be drawn.
      setTimeout(() => {
        const row = log.current?.querySelector(`[data-key="${CSS.escape(key)}"]`);
        const part = row?.querySelector<HTMLElement>(`[data-place="${place}"]`);
        (part ?? row?.querySelector<HTMLElement>('article'))?.focus();
      });
    };
    const showOn = (key: string, place: FocusPlace) => {
      show(key);
      focusOn(key, place);
    };
    return {
      conversation: id,
      draft,
      beside: ({ key }: Row, step: -1 | 1) =>
        latest.current[latest.current.findIndex((row) => row.key === key) + step],
      focusOn,
      focusBeside: (row: Row, step: -1 | 1) => {
        const at = latest.current.findIndex(({ key }) => key === row.key);
        const beside = latest.current[at + step];
        if (beside) focusOn(beside.key, 'article');
      },
      focusFork: () => {},
      showMade: (key: string, after: string | null) => {
        // Another wording of its first message is an aside beside it.
        const { open } = useAsides.getState();
        if (open && after === open.owner) openAside({ ...open, head: key, through: undefined });
        showOn(key, 'article');
      },
      jumpToVersion: showOn,
    };
  }, [id, show, log, draft]);
}

/** The end stays in sight while it grows, unless the reader is elsewhere: as in the conversation. */
function useFollowing(log: RefObject<HTMLDivElement | null>, rows: readonly Row[]): void {
  const [end] = useState(() => new ThreadEnd(true));
  useLayoutEffect(() => (log.current ? plainWindow(log.current, end) : undefined), [log, end]);
  useEndEvents({ rows, scroller: log, end });
  // Another aside in the same place.
  const first = rows[0]?.key;
  useLayoutEffect(() => {
    if (first !== undefined) end.tell({ kind: 'jumped', smoothly: false });
  }, [first, end]);
}

/** Frames in which messages come that were not loaded. */
const SETTLING = 20;

/** What led here is in sight: a hit of find, a quote's source. */
function useWanted(log: RefObject<HTMLElement | null>, open: OpenAside): void {
  useEffect(() => {
    const { through } = open;
    if (through === undefined) return;
    let frame = 0;
    const show = (left: number) => {
      const row = log.current?.querySelector(`[data-key="${CSS.escape(through)}"]`);
      row?.scrollIntoView({ block: 'nearest' });
      if (left > 0) frame = requestAnimationFrame(() => show(left - 1));
    };
    show(SETTLING);
    return () => cancelAnimationFrame(frame);
  }, [log, open]);
}

/** Dropped elsewhere, or gone by itself, while it was read. */
function Dropped({ head }: { readonly head: string }) {
  const restore = () => {
    const page = currentPage();
    if (page) markWithUndo(page, [{ message: head, pruned: false }], strings.restored).catch(toastFailure);
  };
  return (
    <div role="status" className="mb-3 flex items-center gap-3 rounded-xl bg-sunken py-1 pr-1.5 pl-4 text-sm">
      <p className="flex-1 text-muted">{strings.wasDropped}</p>
      <Button look="text" onClick={restore}>
        {strings.restore}
      </Button>
    </div>
  );
}

import { type FocusEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { breath } from '../../../client/kit/slices.ts';
import type { ConversationView } from '../../../client/types.ts';
import { useOfPage } from '../../stores/page.ts';
import { tell } from '../../stores/whereabouts/index.ts';
import { useFollowedMessage } from '../../stores/writing/next-message.ts';
import { preloadMarkdown } from '../markdown/index.ts';
import { ForksOnPath } from './list/forks-on-path.tsx';
import { PathEnd } from './list/path-end.tsx';
import { ReadAloud } from './list/read-aloud.tsx';
import { RestIsComing } from './list/rest-is-coming.tsx';
import { SelectionBar } from './list/selection-bar.tsx';
import { NextHere, WaysElsewhere } from './list/ways-elsewhere.tsx';
import { MessageRow } from './messages/message-row.tsx';
import { type Row, rowsOf } from './rows/rows.ts';
import './thread.css';
import type { ThreadEnd } from './list/thread-end.ts';
import { useShortening } from './list/use-shortening.ts';
import { useActiveRow, useThreadFocus } from './list/use-thread-focus.ts';
import { useThreadScroll } from './list/use-thread-scroll.ts';
import { ThreadContext, type ThreadContextValue } from './rows/thread-context.ts';
import { ThreadWidth } from './rows/thread-width.ts';
import * as strings from './strings.ts';

interface ThreadProps {
  readonly view: ConversationView;
  /** Stands in the line of the forks, where there are any. Default: nothing. */
  readonly besideForks?: ReactNode;
  /** The view shall go through this message, which was just made after the message `after`. */
  readonly onMade?: (message: string, after: string | null) => void;
  /** The reader jumps to this message: the view shall go through it, and Back away from it. */
  readonly onJump?: (message: string) => void;
}

/** The messages of the visible path. Only those near the window are mounted, however many there are. */
export function Thread(props: ThreadProps) {
  return <Log key={props.view.id} {...props} />;
}

function Log({ view, besideForks, onMade, onJump }: ThreadProps) {
  const rows = useRows(view);
  const left = useShortening(view.id, rows);
  const scroller = useRef<HTMLDivElement>(null);
  const { active, setActive } = useActiveRow(rows);
  const scroll = useThreadScroll({ conversation: view.id, rows, kept: active, scroller });
  const { virtualizer, width, far, end } = scroll;
  const focus = useThreadFocus({ rows, virtualizer: useLatest(virtualizer), setActive, end });
  const context = useThreadContext({ conversation: view.id, rows, onMade, onJump, end, ...focus });
  useEffect(() => void breath().then(preloadMarkdown), []);
  const reading = useOfPage((page) => page?.selected);
  const next = useFollowedMessage(view);
  const items = virtualizer.getVirtualItems();
  const nextAt = rows.findIndex(({ key }) => key === next);
  const elsewhere = nextAt >= 0 && rows.slice(nextAt + 1).some(isSettled);

  const onFocus = ({ target }: FocusEvent) => {
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (key !== undefined) setActive(key);
  };
  const goToFork = (key: string) => {
    onJump?.(key);
    focus.focusOn(key, 'article', 'come');
  };
  return (
    <div data-print="flow" className="relative flex min-h-0 flex-1 flex-col">
      {view.above === undefined ? (
        <ForksOnPath rows={rows} onGo={goToFork}>
          {besideForks}
        </ForksOnPath>
      ) : (
        <RestIsComing above={view.above} />
      )}
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={strings.messages}
        data-print="flow"
        onFocus={onFocus}
        className="thread min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div ref={virtualizer.containerRef} className="@container/thread relative w-full">
          <ThreadContext value={context}>
            <ThreadWidth value={width}>
              {items.map(({ key, index }) => {
                const row = rows[index] as Row;
                return (
                  <div
                    key={key as string}
                    ref={virtualizer.measureElement}
                    data-index={index}
                    data-key={row.key}
                    data-reading={row.key === reading || undefined}
                    className="absolute inset-x-0"
                  >
                    <div className="mx-auto max-w-prose px-4 pb-5">
                      <MessageRow row={row} tabbable={index === active} last={index === rows.length - 1} />
                      {elsewhere && index === nextAt && <NextHere />}
                      {index === rows.length - 1 && <PathEnd row={row} left={left} tree={view.tree} />}
                    </div>
                  </div>
                );
              })}
            </ThreadWidth>
          </ThreadContext>
        </div>
      </div>
      <SelectionBar within={scroller} />
      <ReadAloud conversation={view.id} rows={rows} live={view.live?.id} />
      <WaysElsewhere
        onNext={
          elsewhere && !items.some(({ index }) => index === nextAt)
            ? () => focus.focusOn(next as string, 'article', 'come')
            : undefined
        }
        onLatest={far ? () => jump(end, view.live !== undefined) : undefined}
        live={view.live !== undefined}
      />
    </div>
  );
}

function useRows(view: ConversationView): readonly Row[] {
  const before = useRef<readonly Row[]>([]);
  const rows = useMemo(() => rowsOf(view, before.current), [view]);
  before.current = rows;
  return rows;
}

/** What waits at the end of the path is not gone past: the next message follows it. One that was refused stands in nobody's way. */
const isSettled = ({ entry }: Row): boolean => entry.kind !== 'pending' || entry.pending.state === 'refused';

function useLatest<T>(value: T) {
  const ref = useRef(value);
  ref.current = value;
  return ref;
}

interface ContextOptions
  extends Omit<ThreadContextValue, 'showMade' | 'jumpToVersion' | 'beside' | 'leaveEnd'> {
  readonly end: ThreadEnd;
  readonly rows: readonly Row[];
  readonly onMade: ThreadProps['onMade'] | undefined;
  readonly onJump: ThreadProps['onJump'] | undefined;
}

function useThreadContext({
  conversation,
  rows,
  onMade,
  onJump,
  focusOn,
  focusBeside,
  focusFork,
  end,
}: ContextOptions): ThreadContextValue {
  const latest = useLatest({ rows, onMade, onJump });
  return useMemo(
    () => ({
      conversation,
      beside: ({ key }, step) => {
        const { rows } = latest.current;
        return rows[rows.findIndex((row) => row.key === key) + step];
      },
      focusOn,
      focusBeside,
      focusFork,
      showMade: (id, after) => {
        focusOn(id, 'article');
        latest.current.onMade?.(id, after);
      },
      jumpToVersion: (id, place) => {
        focusOn(id, place);
        latest.current.onJump?.(id);
      },
      leaveEnd: () => end.leave(),
    }),
    [conversation, focusBeside, focusFork, focusOn, latest, end],
  );
}

/**
 * Smoothly where the end is near, at once from afar: nobody wants to watch a thousand messages fly by. At once also while
 * a reply is written: a smooth way to an end that moves on does not arrive.
 */
function jump(end: ThreadEnd, live: boolean): void {
  tell({ kind: 'walked', to: null });
  const isNear = end.distance() < 3_000;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  end.tell({ kind: 'jumped', smoothly: isNear && !calm && !live });
}

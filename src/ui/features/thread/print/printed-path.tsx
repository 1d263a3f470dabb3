import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { ConversationView } from '../../../../client/types.ts';
import { setPrinting, usePrinting } from '../../../stores/printing.ts';
import { dismissToast, toast } from '../../../stores/toasts.ts';
import { AtOnce, loadMarkdown } from '../../markdown/index.ts';
import { MessageRow } from '../messages/message-row.tsx';
import { OnPaper } from '../rows/article-context.ts';
import { rowsOf } from '../rows/rows.ts';
import { ThreadContext, type ThreadContextValue } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';
import './print.css';
import { LANGUAGE } from '../../../../protocol/language.ts';

interface PrintedPathProps {
  readonly view: ConversationView;
  readonly title: string | undefined;
}

/**
 * The whole path as it goes on paper, beside the page and hidden on the screen: the thread mounts only what is near its window.
 * The page's own "Print" loads and draws all of it first. A print that begins elsewhere, in the browser's menu, cannot wait:
 * it gets what is loaded by then, and says what is missing.
 */
export function PrintedPath(props: PrintedPathProps) {
  const stage = usePrinting((state) => state.stage);
  useEffect(() => {
    const before = () => {
      if (usePrinting.getState().stage === 'off') flushSync(() => setPrinting('now'));
    };
    const after = () => setPrinting('off');
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
      after();
    };
  }, []);
  if (stage === 'off') return null;
  // All of it is asked for, and only its end is there yet.
  if (stage === 'preparing' && props.view.above !== undefined) return null;
  return createPortal(<Paper {...props} atOnce={stage === 'now'} />, document.body);
}

/** Messages that are drawn in one go: the page stays quick to answer meanwhile. */
const BATCH = 25;

function Paper({ view, title, atOnce }: PrintedPathProps & { readonly atOnce: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(view, []), [view]);
  const [unprepared] = useState(atOnce);
  const [drawn, setDrawn] = useState(BATCH);
  const shown = atOnce ? rows : rows.slice(0, drawn);
  const whole = shown.length === rows.length;
  const context = useMemo(() => onPaper(view.id), [view.id]);
  useEffect(() => {
    if (whole) return;
    const timer = setTimeout(() => setDrawn(drawn + BATCH));
    return () => clearTimeout(timer);
  }, [whole, drawn]);
  usePrintWhenThere(root, whole && !atOnce, rows.length);
  return (
    <div ref={root} className="paper" lang={LANGUAGE}>
      <h1>{title ?? strings.untitled}</h1>
      {unprepared && <Missing root={root} />}
      <ThreadContext value={context}>
        <OnPaper value>
          <AtOnce value>
            {shown.map((row, index) => (
              <MessageRow key={row.key} row={row} tabbable={false} last={index === rows.length - 1} />
            ))}
          </AtOnce>
        </OnPaper>
      </ThreadContext>
    </div>
  );
}

/** Only what is drawn already can tell what is not loaded: it is counted right after. */
function Missing({ root }: { readonly root: RefObject<HTMLDivElement | null> }) {
  const [count, setCount] = useState(0);
  useLayoutEffect(() => setCount(missingIn(root.current)), [root]);
  return count === 0 ? null : <p className="paper-note">{strings.notLoadedForPrint(count)}</p>;
}

/** Says that it takes a moment, with a way out; then prints. */
function usePrintWhenThere(root: RefObject<HTMLDivElement | null>, drawn: boolean, count: number): void {
  useEffect(() => {
    if (usePrinting.getState().stage !== 'preparing') return;
    const cancel = { name: strings.cancel, run: () => setPrinting('off') };
    const notice = toast(strings.preparingPrint(count), { action: cancel, stays: A_WHILE });
    return () => dismissToast(notice);
  }, [count]);
  useEffect(() => {
    const element = root.current;
    if (!drawn || !element) return;
    const away = new AbortController();
    const print = () => {
      setPrinting('now');
      window.print();
    };
    allThere(element, away.signal).then(print, () => {});
    return () => away.abort();
  }, [drawn, root]);
}

const A_WHILE = 10 * 60_000;

const nothing = () => {};

/** Nothing on paper moves the focus or goes anywhere. */
function onPaper(conversation: string): ThreadContextValue {
  const still = { focusBeside: nothing, focusOn: nothing, focusFork: nothing };
  return { conversation, ...still, showMade: nothing, jumpToVersion: nothing };
}

/** Messages that are being loaded, formulas that are not typeset and diagrams that are not drawn yet; what is still being written keeps its own. */
const MISSING = '[data-loading], [data-drawing], .md:not([data-growing]) .md-tex';
/** How often is looked, and how long without any progress, in ms. */
const LOOK = 50;
const PATIENCE = 10_000;

function missingIn(root: ParentNode | null): number {
  return root?.querySelectorAll('[data-loading]').length ?? 0;
}

/** Resolves when nothing is missing any more, or nothing comes any more. Rejects as the signal aborts. */
async function allThere(root: HTMLElement, signal: AbortSignal): Promise<void> {
  await loadMarkdown();
  let least = Number.POSITIVE_INFINITY;
  for (let since = Date.now(); Date.now() - since < PATIENCE; ) {
    const missing = root.querySelectorAll(MISSING).length;
    if (missing === 0) break;
    if (missing < least) since = Date.now();
    least = Math.min(least, missing);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    signal.throwIfAborted();
  }
  const images = [...root.querySelectorAll('img')];
  // What is not on the screen is not fetched by itself.
  for (const image of images) image.loading = 'eager';
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
  signal.throwIfAborted();
}

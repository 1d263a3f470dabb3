/**
 * Marks words in the thread without touching its elements: the browser paints ranges over the text (CSS Custom Highlight API). Rows come
 * and go as one scrolls; what is mounted is marked anew, once a frame at most.
 */
import { rangesIn, tellingTerm } from '../../../protocol/find.ts';

const ALL = 'found';
const CURRENT = 'found-here';

/** Marks `terms` in the log, those in `current` more strongly. Returns the way to take the marks away. */
export function highlight(terms: readonly string[], current: string | undefined): () => void {
  if (!('highlights' in CSS) || terms.length === 0) return () => {};
  let frame = 0;
  const paint = () => {
    frame = 0;
    const log = document.querySelector('[role="log"]');
    const all = new Highlight();
    const here = new Highlight();
    for (const row of log?.querySelectorAll<HTMLElement>('[data-key]') ?? [])
      for (const range of rangesOf(row, terms)) (row.dataset.key === current ? here : all).add(range);
    CSS.highlights.set(ALL, all);
    CSS.highlights.set(CURRENT, here);
  };
  const later = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const observer = new MutationObserver(later);
  observer.observe(document.querySelector('main') ?? document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  paint();
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
  };
}

/** The places of the terms in what a message says, also across elements. */
function rangesOf(row: HTMLElement, terms: readonly string[]): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  const article = row.querySelector('article') ?? row;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('button, [data-print="hide"], time')) continue;
    nodes.push({ node: node as Text, start: text.length });
    text += node.nodeValue ?? '';
  }
  return rangesIn(text, terms).flatMap(([start, end]) => {
    const from = nodes.findLast((one) => one.start <= start);
    const to = nodes.findLast((one) => one.start < end);
    if (!from || !to) return [];
    const range = document.createRange();
    range.setStart(from.node, start - from.start);
    range.setEnd(to.node, end - to.start);
    return [range];
  });
}

/** Brings the place that is shown of a hit into the window, once it is there: a long message may have it far down. Returns the way to stop. */
export function revealIn(message: string, terms: readonly string[]): () => void {
  const telling = tellingTerm(terms);
  let frames = 0;
  let frame = requestAnimationFrame(look);
  function look() {
    frames += 1;
    const log = document.querySelector<HTMLElement>('[role="log"]');
    const row = log?.querySelector<HTMLElement>(`[data-key="${CSS.escape(message)}"]`);
    const place = row && telling && rangesOf(row, [telling])[0]?.getBoundingClientRect();
    // The thread goes to the message first, frame by frame: what is far off is not there yet.
    if (log && place && frames > SETTLE) {
      const window = log.getBoundingClientRect();
      const inside = place.top > window.top + MARGIN && place.bottom < window.bottom - MARGIN;
      if (!inside) log.scrollTop += place.top - window.top - window.height / 3;
      return;
    }
    if (frames < PATIENCE) frame = requestAnimationFrame(look);
  }
  return () => cancelAnimationFrame(frame);
}

const SETTLE = 12;
const PATIENCE = 180;
/** So near to the edge it counts as out of sight. */
const MARGIN = 24;

/**
 * Marks words in the thread without touching its elements: the browser paints ranges over the text (CSS Custom Highlight API). Rows come
 * and go as one scrolls; what is mounted is marked anew, once a frame at most.
 */
import { closestIn, rangesIn } from '../../../protocol/find/find.ts';

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
      for (const range of rangesOf(row, terms, row.dataset.key === current))
        (row.dataset.key === current ? here : all).add(range);
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

/** What a message says, across its elements. */
class RowText {
  text = '';
  private readonly nodes: { node: Text; start: number }[] = [];

  constructor(row: HTMLElement) {
    const walker = document.createTreeWalker(row.querySelector('article') ?? row, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest('button, [data-print="hide"], time')) continue;
      this.nodes.push({ node: node as Text, start: this.text.length });
      this.text += node.nodeValue ?? '';
    }
  }

  range(start: number, end: number): Range[] {
    const from = this.nodes.findLast((one) => one.start <= start);
    const to = this.nodes.findLast((one) => one.start < end);
    if (!from || !to) return [];
    const range = document.createRange();
    range.setStart(from.node, start - from.start);
    range.setEnd(to.node, end - to.start);
    return [range];
  }
}

/** The places of the terms: the first of very many, and where one is led to in the row one is at. */
function rangesOf(row: HTMLElement, terms: readonly string[], isCurrent: boolean): Range[] {
  const said = new RowText(row);
  const ranges = rangesIn(said.text, terms).flatMap(([start, end]) => said.range(start, end));
  const [from, to] = (isCurrent && closestIn(said.text, terms)) || [0, 0];
  const led = rangesIn(said.text.slice(from, to), terms);
  return [...ranges, ...led.flatMap(([start, end]) => said.range(from + start, from + end))];
}

/**
 * Brings the place that is shown of a hit into the window, once it is there: a long message may have it far down, or folded, which is unfolded
 * then. Returns the way to stop.
 */
export function revealIn(message: string, terms: readonly string[]): () => void {
  let [frames, held, unfolded] = [0, 0, 0];
  let range: Range | undefined;
  let frame = requestAnimationFrame(look);
  function look() {
    frames += 1;
    const log = document.querySelector<HTMLElement>('[role="log"]');
    const row = log?.querySelector<HTMLElement>(`[data-key="${CSS.escape(message)}"]`);
    // The thread goes to the message first, frame by frame: what is far off is not there yet.
    if (log && row && frames > SETTLE) {
      if (!range?.startContainer.isConnected) range = closestRange(row, terms);
      if (unfolded < MOST_UNFOLDED && unfold(row, range)) {
        unfolded += 1;
        frames = 0;
        range = undefined;
      } else if (range) {
        held += 1;
        bring(log, range);
      }
    }
    if (frames < PATIENCE && held < HELD) frame = requestAnimationFrame(look);
  }
  return () => cancelAnimationFrame(frame);
}

function closestRange(row: HTMLElement, terms: readonly string[]): Range | undefined {
  const said = new RowText(row);
  const place = closestIn(said.text, terms);
  return place && said.range(...place)[0];
}

/** Where one looks: the first line of a place that goes over several. */
const lineOf = (range: Range): DOMRect => range.getClientRects()[0] ?? range.getBoundingClientRect();

/** Unfolds what the place is folded in, or a text of which a part is shown if it is nowhere else. False: there is no such thing. */
function unfold(row: HTMLElement, range: Range | undefined): boolean {
  const folded = range?.startContainer.parentElement?.closest('[data-folded]');
  if (range && !folded) return false;
  if (range && folded && lineOf(range).bottom < folded.getBoundingClientRect().bottom - FADING) return false;
  const button = (folded?.parentElement ?? row).querySelector<HTMLElement>(
    folded ? '[data-unfolds]' : '[data-unfolds="text"]',
  );
  button?.click();
  return button !== null;
}

function bring(log: HTMLElement, range: Range): void {
  const [window, place] = [log.getBoundingClientRect(), lineOf(range)];
  const inside = place.top > window.top + MARGIN && place.bottom < window.bottom - MARGIN;
  if (!inside) log.scrollTop += place.top - window.top - window.height / 3;
  bringSideways(log, range);
}

/** In what scrolls so: a wide line of code, a wide table. */
function bringSideways(log: HTMLElement, range: Range): void {
  for (let box = range.startContainer.parentElement; box && box !== log; box = box.parentElement) {
    if (box.scrollWidth <= box.clientWidth) continue;
    const [window, place] = [box.getBoundingClientRect(), lineOf(range)];
    if (place.left < window.left || place.right > window.right - MARGIN)
      box.scrollLeft += place.left - window.left - box.clientWidth / 3;
  }
}

const SETTLE = 12;
const PATIENCE = 180;
/** Frames in which it is held in sight: what is around it is laid out meanwhile. */
const HELD = 12;
const MOST_UNFOLDED = 4;
/** So near to the edge it counts as out of sight. */
const MARGIN = 24;
/** What is folded fades out over as much of its end. */
const FADING = 120;

import { type RefObject, useLayoutEffect } from 'react';
import type { ThreadEnd } from './thread-end.ts';

/** A line of text in the window: it stays where it is when all lines break elsewhere. */
interface SteadyLine {
  /** At its first letter; of a row without text the row alone counts. */
  readonly range: Range | undefined;
  readonly row: Element;
  /** From the upper edge of the thread, in px. */
  readonly offset: number;
}

/** How far down the window the line is taken, of its height. */
const READING_LINE = 0.3;
/** The thread is laid out in several steps after its width changed: so long it is kept to its line at least, in ms. */
const SETTLES = 400;
/** And until nothing has moved for so many frames: a busy machine lays out later. */
const CALM = 6;
/** Longest all the same, in ms: at the end of a reply that is written something always moves. */
const LONGEST = 3000;
const PRESSES = ['pointerdown', 'keydown', 'wheel'] as const;
/** A pause in scrolling after which what is read is looked up, in ms. */
const PAUSE = 120;

/**
 * The line that is read stays in its place when the width of the thread changes: a window, a split that is dragged, a phone that is
 * turned. Whoever is at the end stays there, without this.
 */
export function useSteadyLine(scroller: RefObject<HTMLElement | null>, end: ThreadEnd): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let width = element.clientWidth;
    let line: SteadyLine | undefined;
    // While it scrolls nobody can say what is read.
    let known = false;
    let settling = false;
    let began = 0;
    let calm = 0;
    /** Where the line was last kept: a scroll to there is nobody's. */
    let keptAt = -1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    const look = () => {
      if (settling) return;
      known = true;
      line = end.follows() ? undefined : lineIn(element);
    };
    const onScroll = () => {
      if (!settling && element.scrollTop !== keptAt) known = false;
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    };
    const put = () => {
      if (line) element.scrollTop += Math.round(topOf(line, element) - line.offset);
    };
    const keep = () => {
      const before = element.scrollTop;
      put();
      keptAt = element.scrollTop;
      calm = keptAt === before ? calm + 1 : 0;
      const passed = performance.now() - began;
      settling = passed < SETTLES || (calm < CALM && passed < LONGEST);
      if (settling) frame = requestAnimationFrame(keep);
      else onScroll();
    };
    // Whoever presses something then wants to be elsewhere, and is not taken back.
    const letGo = () => {
      if (!settling) return;
      settling = false;
      keptAt = -1;
      cancelAnimationFrame(frame);
      onScroll();
    };
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      if (!known || end.follows()) return;
      began = performance.now();
      calm = 0;
      cancelAnimationFrame(frame);
      keep();
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    for (const kind of PRESSES) window.addEventListener(kind, letGo, { capture: true, passive: true });
    onScroll();
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      for (const kind of PRESSES) window.removeEventListener(kind, letGo, { capture: true });
    };
  }, [scroller, end]);
}

function topOf({ range, row, offset }: SteadyLine, scroller: HTMLElement): number {
  const rect = range?.startContainer.isConnected ? range.getBoundingClientRect() : undefined;
  const box = rect && rect.height > 0 ? rect : row.isConnected ? row.getBoundingClientRect() : undefined;
  return box ? box.top - scroller.getBoundingClientRect().top : offset;
}

/** The line that is read; undefined where there is no row. */
export function lineIn(scroller: HTMLElement): SteadyLine | undefined {
  const { top, height } = scroller.getBoundingClientRect();
  const middle = top + height * READING_LINE;
  const rows = [...scroller.querySelectorAll('[data-key]')];
  const row = rows.find((one) => one.getBoundingClientRect().bottom > middle);
  if (!row) return undefined;
  const range = rangeAt(row, middle);
  const line: SteadyLine = { range, row, offset: 0 };
  return { ...line, offset: topOf(line, scroller) };
}

/** What ends above `y` is passed over as a whole: a row may hold thousands of texts, many of which are not even laid out. */
function isAbove(node: Node, y: number): number {
  if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
  const { height, bottom } = node.getBoundingClientRect();
  return height > 0 && bottom <= y ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
}

/** The first text of the row that reaches below `y`, at the letter whose line does. */
function rangeAt(row: Element, y: number): Range | undefined {
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    isAbove(node, y),
  );
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    range.selectNodeContents(node);
    if (range.getBoundingClientRect().bottom <= y) continue;
    const length = node.textContent?.length ?? 0;
    let [low, high] = [0, Math.max(0, length - 1)];
    while (low < high) {
      const at = (low + high) >> 1;
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      if (range.getBoundingClientRect().bottom > y) high = at;
      else low = at + 1;
    }
    range.setStart(node, low);
    range.setEnd(node, Math.min(length, low + 1));
    return range;
  }
  return undefined;
}

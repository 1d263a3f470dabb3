import { observeElementOffset, observeElementRect } from '@tanstack/react-virtual';
import { type EndEffect, type EndEvent, type EndState, isToEnd, openedAt, step } from './end-machine.ts';
import type { ThreadVirtualizer } from './virtualizer.ts';

type Observers = ThreadVirtualizer['options'];

/** Farther from the end than this, in px, "Jump to latest" is offered. */
const FAR = 160;
/** Between the upper edge of the window and the head of what was unfolded, in px. */
const MARGIN = 12;

/** What was unfolded, and where it stood in the window. */
interface Unfolded {
  readonly head: Element;
  readonly top: number;
}

/**
 * The end of one thread on the page: tells its machine what the virtualizer sees, and does what that says. Heights are those the virtualizer
 * knows: to ask the browser would have it lay out the page in the middle of a task.
 */
export class ThreadEnd {
  #state: EndState;
  readonly #onFar: (isFar: boolean) => void;
  #virtualizer: ThreadVirtualizer | undefined;
  #height = -1;
  #isFar = false;
  #unfolded: Unfolded | undefined;

  /** @param onFar called when the end goes out of reach, and when it is near again */
  constructor(atEnd: boolean, onFar: (isFar: boolean) => void) {
    this.#state = openedAt(atEnd);
    this.#onFar = onFar;
  }

  get kind(): EndState['kind'] {
    return this.#state.kind;
  }

  /** The end is in sight, or will be in a moment. */
  follows(): boolean {
    return isToEnd(this.#state);
  }

  /** How far it is to the end, in px; before the thread is laid out 0. */
  distance(offset = this.#virtualizer?.scrollOffset ?? 0): number {
    const virtualizer = this.#virtualizer;
    if (!virtualizer?.scrollRect) return 0;
    return Math.max(0, heightOf(virtualizer) - virtualizer.scrollRect.height - offset);
  }

  tell(event: EndEvent): void {
    const { state, effect } = step(this.#state, event);
    this.#state = state;
    if (effect) this.#do(effect);
    const distance = 'distance' in event ? event.distance : this.distance();
    const isFar = state.kind !== 'following' && distance > FAR;
    if (isFar === this.#isFar) return;
    this.#isFar = isFar;
    this.#onFar(isFar);
  }

  unfold(head: Element): void {
    this.#unfolded = { head, top: head.getBoundingClientRect().top };
    this.tell({ kind: 'unfolded' });
  }

  /** To be called when the virtualizer has changed, and after each rendering: what is in the thread may be higher or lower now. */
  look(virtualizer: ThreadVirtualizer): void {
    this.#virtualizer = virtualizer;
    if (!virtualizer.scrollElement) return;
    const height = heightOf(virtualizer);
    if (height === this.#height) return;
    this.#height = height;
    this.tell({ kind: 'grew', distance: this.distance() });
  }

  /** Options of the virtualizer, by which it says what happens to its window. */
  readonly observers: Pick<Observers, 'observeElementRect' | 'observeElementOffset'> = {
    observeElementRect: (virtualizer, found) =>
      observeElementRect(virtualizer, (rect) => {
        const isOther = virtualizer.scrollRect?.height !== rect.height;
        found(rect);
        if (isOther) this.tell({ kind: 'resized', distance: this.distance() });
      }),
    observeElementOffset: (virtualizer, found) =>
      observeElementOffset(virtualizer, (offset, isScrolling) => {
        this.#virtualizer = virtualizer;
        // First: what it mounts then must not be taken to the end that the reader has left.
        this.#scrolled(offset, isScrolling);
        found(offset, isScrolling);
      }),
  };

  #scrolled(offset: number, isScrolling: boolean): void {
    const distance = this.distance(offset);
    if (!isScrolling) return this.tell({ kind: 'settled', distance });
    // What became lower has taken the window along before it was measured: nobody has left the end.
    const isMoved = this.kind === 'following' && distance > 1 && !this.#isAtEndNow();
    this.tell({ kind: 'scrolled', distance: this.kind === 'following' && !isMoved ? 0 : distance });
  }

  #isAtEndNow(): boolean {
    const element = this.#virtualizer?.scrollElement;
    return !!element && element.scrollHeight - element.clientHeight - element.scrollTop <= 1;
  }

  #do(effect: EndEffect): void {
    const virtualizer = this.#virtualizer;
    const element = virtualizer?.scrollElement;
    if (!virtualizer || !element) return;
    switch (effect) {
      case 'to-end':
        return virtualizer.scrollToEnd();
      case 'to-end-smoothly':
        return virtualizer.scrollToEnd({ behavior: 'smooth' });
      case 'stop':
        virtualizer.cancelScroll();
        return element.scrollTo({ top: element.scrollTop, behavior: 'instant' });
      case 'reveal':
        return this.#reveal(element);
      case 'show-field':
        return document.activeElement?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
  }

  /** Only what hangs below its head: a button that stands under what it unfolds went away with the end of that. */
  #reveal(element: Element): void {
    const { head, top } = this.#unfolded ?? {};
    this.#unfolded = undefined;
    if (!head?.isConnected || top === undefined) return;
    const [now, window] = [head.getBoundingClientRect().top, element.getBoundingClientRect()];
    if (Math.abs(now - top) > 1) return;
    const end = (head.parentElement ?? head).getBoundingClientRect().bottom;
    const by = Math.min(this.distance(), end - window.bottom + MARGIN, now - window.top - MARGIN);
    if (by > 0) element.scrollTop += by;
  }
}

/** Of all that is in the thread, in px. */
function heightOf(virtualizer: ThreadVirtualizer): number {
  virtualizer.getTotalSize();
  const { count, paddingEnd } = virtualizer.options;
  return (virtualizer.measurementsCache[count - 1]?.end ?? 0) + paddingEnd;
}

import { type EndEffect, type EndEvent, type EndState, isToEnd, openedAt, step } from './end-machine.ts';

/** Farther from the end than this, in px, "Jump to latest" is offered. */
const FAR = 160;
/** Between the upper edge of the window and the head of what was unfolded, in px. */
const MARGIN = 12;

/** The window through which a thread is seen. */
export interface ThreadWindow {
  readonly element: HTMLElement;
  /** From its lower edge to the end, in px, by heights as they were measured last: to ask the browser would have it lay out the page. */
  readonly distance: (offset?: number) => number;
  readonly toEnd: (behavior: 'auto' | 'smooth') => void;
  /** Nothing takes it farther to the end. */
  readonly stop: () => void;
}

/** What was unfolded, and where it stood in the window. */
interface Unfolded {
  readonly head: Element;
  readonly top: number;
}

/** The end of one thread on the page: does what its machine says. What there is to tell it is told by those who see it happen. */
export class ThreadEnd {
  #state: EndState;
  readonly #onFar: (isFar: boolean) => void;
  #window: ThreadWindow | undefined;
  #isFar = false;
  #unfolded: Unfolded | undefined;

  /** @param onFar called when the end goes out of reach, and when it is near again. Default: nobody asks. */
  constructor(atEnd: boolean, onFar: (isFar: boolean) => void = () => {}) {
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

  /** What is in sight stays there from now on; false: it did already. */
  leave(): boolean {
    const followed = this.follows();
    this.tell({ kind: 'held', distance: this.distance() });
    return followed;
  }

  /** How far it is to the end, in px; before the thread is laid out 0. */
  distance(): number {
    return this.#window?.distance() ?? 0;
  }

  /** To be called before anything is told that scrolls. */
  seenThrough(window: ThreadWindow): void {
    this.#window = window;
  }

  tell(event: EndEvent): void {
    const { state, effect } = step(this.#state, event);
    this.#state = state;
    if (effect && this.#window) this.#do(effect, this.#window);
    const distance = 'distance' in event ? event.distance : this.distance();
    const isFar = state.kind !== 'following' && distance > FAR;
    if (isFar === this.#isFar) return;
    this.#isFar = isFar;
    this.#onFar(isFar);
  }

  /** The window was scrolled to `offset`, in px from the beginning of the thread. */
  scrolled(offset: number): void {
    const distance = this.#window?.distance(offset) ?? 0;
    // What became lower has taken the window along before it was measured: nobody has left the end.
    const isMoved = this.kind !== 'following' || (distance > 1 && !this.#isAtEndNow());
    this.tell({ kind: 'scrolled', distance: isMoved ? distance : 0 });
  }

  unfold(head: Element): void {
    this.#unfolded = { head, top: head.getBoundingClientRect().top };
    this.tell({ kind: 'unfolded' });
  }

  #isAtEndNow(): boolean {
    const element = this.#window?.element;
    return !!element && element.scrollHeight - element.clientHeight - element.scrollTop <= 1;
  }

  #do(effect: EndEffect, window: ThreadWindow): void {
    const { element } = window;
    switch (effect) {
      case 'to-end':
        return window.toEnd('auto');
      case 'to-end-smoothly':
        return window.toEnd('smooth');
      case 'stop':
        window.stop();
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

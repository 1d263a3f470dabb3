/**
 * Whether it is a hand that scrolls the thread: a wheel or a finger on it, a key that scrolls, its scrollbar, the middle button, or words
 * selected past its edge. A press on a button, or what is typed in the message box, lays the thread out anew, and is none; nor is what is
 * laid out, or comes to its end, while a button is down.
 */

const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' ']);
const MOVES = ['wheel', 'touchmove'] as const;
const MIDDLE = 1;
/** Some browsers say nothing of a scrollbar that is let go. */
const LIFTS = ['pointerup', 'pointercancel', 'keydown'] as const;

/** Calls `then` before the thread in `pane` says where it is scrolled to. Returns the way to stop. */
export function onScrolledByHand(pane: HTMLElement, then: () => void): () => void {
  let pressed: Element | null = null;
  let scrolls = false;
  const onMove = ({ target }: Event) => inThread(target) && then();
  const onKey = ({ key, target }: KeyboardEvent) =>
    SCROLL_KEYS.has(key) && inThread(target) && !takesKeys(target, key) && then();
  const onPress = ({ target, button }: PointerEvent) => {
    pressed = threadOf(target);
    // Its scrollbar is the thread itself, not something in it.
    scrolls = pressed !== null && (pressed === target || button === MIDDLE);
  };
  const onDrag = ({ clientY }: PointerEvent) => {
    if (!pressed || scrolls) return;
    const { top, bottom } = pressed.getBoundingClientRect();
    scrolls = clientY < top || clientY > bottom;
  };
  const onLift = () => {
    pressed = null;
    scrolls = false;
  };
  const onScroll = ({ target }: Event) => scrolls && target === pressed && then();
  for (const name of MOVES) pane.addEventListener(name, onMove, { passive: true });
  pane.addEventListener('keydown', onKey);
  pane.addEventListener('pointerdown', onPress);
  pane.addEventListener('scroll', onScroll, { capture: true, passive: true });
  window.addEventListener('pointermove', onDrag, { passive: true });
  for (const name of LIFTS) window.addEventListener(name, onLift);
  return () => {
    for (const name of MOVES) pane.removeEventListener(name, onMove);
    pane.removeEventListener('keydown', onKey);
    pane.removeEventListener('pointerdown', onPress);
    pane.removeEventListener('scroll', onScroll, { capture: true });
    window.removeEventListener('pointermove', onDrag);
    for (const name of LIFTS) window.removeEventListener(name, onLift);
  };
}

const threadOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('[role="log"]') : null;

const inThread = (target: EventTarget | null): boolean => threadOf(target) !== null;

/** It moves within a field, or presses a button. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const isField = target.closest('input, textarea, select, [contenteditable="true"]') !== null;
  return isField || (key === ' ' && target.closest('button, a, summary') !== null);
}

/**
 * Whether it is a hand that scrolls the thread: a wheel or a finger on it, a key that scrolls, its scrollbar, or words selected past its
 * edge. A press on a button, or what is typed in the message box, lays the thread out anew, and is none.
 */

const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' ']);
const MOVES = ['wheel', 'touchmove'] as const;
/** Some browsers say nothing of a scrollbar that is let go. */
const LIFTS = ['pointerup', 'pointercancel', 'keydown'] as const;

/** Calls `then` before the thread in `pane` says where it is scrolled to. Returns the way to stop. */
export function onScrolledByHand(pane: HTMLElement, then: () => void): () => void {
  let isPressed = false;
  const onMove = ({ target }: Event) => inThread(target) && then();
  const onKey = ({ key, target }: KeyboardEvent) =>
    SCROLL_KEYS.has(key) && inThread(target) && !takesKeys(target, key) && then();
  const onPress = ({ target }: Event) => {
    isPressed = inThread(target);
  };
  const onLift = () => {
    isPressed = false;
  };
  const onScroll = ({ target }: Event) => isPressed && isThread(target) && then();
  for (const name of MOVES) pane.addEventListener(name, onMove, { passive: true });
  pane.addEventListener('keydown', onKey);
  pane.addEventListener('pointerdown', onPress);
  pane.addEventListener('scroll', onScroll, { capture: true, passive: true });
  for (const name of LIFTS) window.addEventListener(name, onLift);
  return () => {
    for (const name of MOVES) pane.removeEventListener(name, onMove);
    pane.removeEventListener('keydown', onKey);
    pane.removeEventListener('pointerdown', onPress);
    pane.removeEventListener('scroll', onScroll, { capture: true });
    for (const name of LIFTS) window.removeEventListener(name, onLift);
  };
}

const isThread = (target: EventTarget | null): boolean =>
  target instanceof Element && target.getAttribute('role') === 'log';

const inThread = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="log"]') !== null;

/** It moves within a field, or presses a button. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const isField = target.closest('input, textarea, select, [contenteditable="true"]') !== null;
  return isField || (key === ' ' && target.closest('button, a, summary') !== null);
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onScrolledByHand } from './scrolled-by-hand.ts';

let pane: HTMLElement;
let log: HTMLElement;
let words: HTMLElement;
let copy: HTMLElement;
let box: HTMLElement;
let stop: () => void;
const then = vi.fn();

beforeEach(() => {
  document.body.innerHTML =
    '<main><div role="log"><article><p>Words</p><button>Copy</button></article></div><textarea></textarea></main>';
  const [main, thread, said, button, field] = ['main', '[role=log]', 'p', 'button', 'textarea'].map(
    (name) => document.querySelector(name) as HTMLElement,
  ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  [pane, log, words, copy, box] = [main, thread, said, button, field];
  log.getBoundingClientRect = () => ({ top: 100, bottom: 500 }) as DOMRect;
  then.mockClear();
  stop = onScrolledByHand(pane, then);
});
afterEach(() => stop());

const pointer = (name: string, on: EventTarget, more: MouseEventInit = {}) =>
  on.dispatchEvent(new MouseEvent(name, { bubbles: true, ...more }));
const key = (name: string, on: HTMLElement) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
/** The browser says so of every scroll, whoever did it. */
const scrolls = () => log.dispatchEvent(new Event('scroll'));

test.each<[string, () => unknown]>([
  ['a wheel', () => pointer('wheel', words)],
  ['a finger', () => pointer('touchmove', words)],
  ['a key', () => key('PageDown', words)],
  ['its scrollbar', () => [pointer('pointerdown', log), scrolls()]],
  ['the middle button', () => [pointer('pointerdown', words, { button: 1 }), scrolls()]],
  [
    'words selected past its edge',
    () => [pointer('pointerdown', words), pointer('pointermove', window, { clientY: 510 }), scrolls()],
  ],
])('%s scrolls it by hand', (_, move) => {
  move();
  expect(then).toHaveBeenCalledOnce();
});

test.each<[string, () => unknown]>([
  ['is laid out', () => scrolls()],
  ['is laid out while a button in it is down', () => [pointer('pointerdown', copy), scrolls()]],
  [
    'is laid out while words in it are selected',
    () => [pointer('pointerdown', words), pointer('pointermove', window, { clientY: 300 }), scrolls()],
  ],
  [
    'is laid out when the scrollbar is let go',
    () => [pointer('pointerdown', log), pointer('pointerup', window), scrolls()],
  ],
  ['stands still, and is pressed', () => [pointer('pointerdown', words), pointer('pointerup', words)]],
  ['is beside the message box, where one writes', () => [key('End', box), pointer('wheel', box)]],
  ['has a button with the focus', () => key(' ', copy)],
])('nothing is scrolled by hand where it %s', (_, change) => {
  change();
  expect(then).not.toHaveBeenCalled();
});

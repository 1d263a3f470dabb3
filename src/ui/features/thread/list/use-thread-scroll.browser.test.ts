import { afterEach, expect, test } from 'vitest';
import { stayUntilMoved } from './use-thread-scroll.ts';

afterEach(() => document.body.replaceChildren());

/** What scrolls, 200 px high, at the end of what is in it. */
function scrolled() {
  const element = document.createElement('div');
  element.style.cssText = 'height: 200px; overflow: auto; overflow-anchor: none';
  const content = document.createElement('div');
  content.style.height = '1000px';
  element.append(content);
  document.body.append(element);
  element.scrollTop = 800;
  const over = stayUntilMoved(element, () => {
    element.scrollTop = element.scrollHeight;
  });
  const grow = async (height: number) => {
    content.style.height = `${height}px`;
    await frames();
    return element.scrollHeight - element.clientHeight - element.scrollTop;
  };
  return { element, grow, over };
}

/** What is observed is told of after a frame, and what is scrolled then in the next. */
async function frames(): Promise<void> {
  for (let n = 0; n < 4; n += 1) await new Promise(requestAnimationFrame);
}

test('what opens at the end stays there however much it grows at once, and when it shrinks', async () => {
  const { grow, over } = scrolled();
  expect(await grow(1_900)).toBe(0);
  expect(await grow(1_200)).toBe(0);
  expect(await grow(5_000)).toBe(0);
  over();
  expect(await grow(5_300)).toBe(300);
});

test('whoever scrolls up is not taken back to the end', async () => {
  const { element, grow } = scrolled();
  await grow(1_900);
  element.scrollTop = 1_200;
  await frames();
  await grow(2_500);
  expect(element.scrollTop).toBe(1_200);
});

test.each(['wheel', 'pointerdown', 'touchstart', 'keydown'])(
  'after a hand was on it (%s) what grows is left to the thread',
  async (kind) => {
    const { element, grow } = scrolled();
    await grow(1_900);
    element.dispatchEvent(new Event(kind));
    expect(await grow(2_500)).toBe(600);
  },
);

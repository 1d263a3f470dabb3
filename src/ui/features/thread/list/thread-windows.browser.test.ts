import { afterEach, expect, test } from 'vitest';
import { ThreadEnd } from './thread-end.ts';
import { plainWindow } from './thread-windows.ts';

let over = () => {};

afterEach(() => {
  over();
  document.body.replaceChildren();
});

async function frames(): Promise<void> {
  for (let n = 0; n < 4; n += 1) await new Promise(requestAnimationFrame);
}

/** An element 200 px high with messages in it, at its end. */
async function seen(...heights: readonly number[]) {
  const element = document.createElement('div');
  element.style.cssText = 'height: 200px; overflow: auto; overflow-anchor: none';
  document.body.append(element);
  const add = async (height: number) => {
    const message = document.createElement('div');
    message.style.height = `${height}px`;
    element.append(message);
    await frames();
    return message;
  };
  const end = new ThreadEnd(true);
  over = plainWindow(element, end);
  for (const height of heights) await add(height);
  return { element, add, end, left: () => element.scrollHeight - element.clientHeight - element.scrollTop };
}

test('the end stays in sight when messages come, grow and shrink, and the window changes', async () => {
  const { element, add, left } = await seen(300, 500);
  expect(left()).toBe(0);
  const last = await add(700);
  for (const height of [1_500, 100, 900]) {
    last.style.height = `${height}px`;
    await frames();
    expect(left()).toBe(0);
  }
  element.style.height = '90px';
  await frames();
  expect(left()).toBe(0);
});

test('whoever scrolls up is left there, and follows again from the end', async () => {
  const { element, add, end, left } = await seen(300, 500);
  element.scrollTop -= 40;
  await frames();
  expect(end.kind).toBe('reading');
  const before = element.scrollTop;
  await add(400);
  expect(element.scrollTop).toBe(before);
  element.scrollTop = element.scrollHeight;
  await frames();
  await add(400);
  expect(left()).toBe(0);
});

test('the end goes out of reach and is near again', async () => {
  const told: boolean[] = [];
  const element = document.createElement('div');
  element.style.cssText = 'height: 200px; overflow: auto';
  const message = document.createElement('div');
  message.style.height = '2000px';
  element.append(message);
  document.body.append(element);
  over = plainWindow(element, new ThreadEnd(true, (isFar) => told.push(isFar)));
  for (const top of [1_700, 1_000, 900, 1_790]) {
    element.scrollTop = top;
    await frames();
  }
  expect(told).toEqual([true, false]);
});

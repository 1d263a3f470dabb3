import { createElement as h, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import type { Row } from '../rows/rows.ts';
import type { ThreadEnd } from './thread-end.ts';
import { useThreadScroll } from './use-thread-scroll.ts';

const WINDOW = 200;
let root: Root | undefined;
let end: ThreadEnd;
let opened = 0;

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

/** A row of a reply on its way, as far as it matters where it stands. */
const rowOf = (n: number, kind: 'generation' | 'pending' = 'generation') =>
  ({ key: `row ${n}`, role: 'assistant', entry: { kind } }) as unknown as Row;

interface ListProps {
  readonly rows: readonly Row[];
  readonly conversation: string;
}

function List({ rows, conversation }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const scroll = useThreadScroll({ conversation, rows, kept: -1, scroller });
  const { virtualizer } = scroll;
  end = scroll.end;
  const style = { position: 'absolute', left: 0, right: 0 } as const;
  return h(
    'div',
    { ref: scroller, role: 'log', style: { height: WINDOW, overflow: 'auto', overflowAnchor: 'none' } },
    h(
      'div',
      { ref: virtualizer.containerRef, style: { position: 'relative' } },
      virtualizer
        .getVirtualItems()
        .map(({ key, index }) =>
          h(
            'div',
            { key, ref: virtualizer.measureElement, 'data-index': index, 'data-key': key, style },
            h('article', { style: { height: heights.get(String(key)) ?? 120 } }, h('textarea', { rows: 1 })),
          ),
        ),
    ),
  );
}

const heights = new Map<string, number>();

/** A thread of so many rows at its end. */
async function shown(count: number) {
  heights.clear();
  opened += 1;
  const conversation = `chat ${opened}`;
  const rows = Array.from({ length: count }, (_, n) => rowOf(n));
  const box = document.createElement('div');
  document.body.append(box);
  root = createRoot(box);
  const draw = async (next: readonly Row[]) => {
    flushSync(() => root?.render(h(List, { rows: next, conversation })));
    await frames();
  };
  await draw(rows);
  // All rows around are drawn, piece by piece.
  await expect
    .poll(() => document.querySelectorAll('article').length)
    .toBeGreaterThan(Math.min(count, 6) - 1);
  await frames();
  const log = document.querySelector('[role="log"]') as HTMLElement;
  const article = (n: number) => log.querySelector(`[data-key="row ${n}"] article`) as HTMLElement;
  const grow = async (n: number, height: number) => {
    heights.set(`row ${n}`, height);
    article(n).style.height = `${height}px`;
    await frames();
  };
  return { rows, draw, log, article, grow, left: () => log.scrollHeight - log.clientHeight - log.scrollTop };
}

/** What is observed is told of after a frame, what is scrolled then in the next; and a command of the virtualizer lasts some. */
async function frames(): Promise<void> {
  for (let n = 0; n < 8; n += 1) await new Promise(requestAnimationFrame);
}

/** As a hand scrolls: what is written to the position in the same frame does not win. */
async function scrolled(log: HTMLElement, to: number): Promise<void> {
  const told = new Promise((done) => log.addEventListener('scroll', done, { once: true }));
  log.scrollTop = to;
  await Promise.race([told, frames()]);
  await frames();
}

/** The first message that is in the window. */
function firstIn(log: HTMLElement): Element {
  const { top } = log.getBoundingClientRect();
  const read = [...log.querySelectorAll('article')]
    .filter((article) => article.getBoundingClientRect().bottom > top)
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
  if (!read) throw new Error('Nothing is in sight.');
  return read;
}

test('what opens at the end stays there however much it grows at once, and when it shrinks', async () => {
  const { grow, left } = await shown(10);
  expect(left()).toBe(0);
  for (const height of [900, 300, 4_000, 4_010]) {
    await grow(9, height);
    expect(left()).toBe(0);
  }
  expect(end.kind).toBe('following');
});

test('rows that come and change above it leave the end in sight', async () => {
  const { rows, draw, grow, left } = await shown(10);
  await draw([...rows, rowOf(10), rowOf(11)]);
  expect(left()).toBe(0);
  await grow(10, 700);
  expect(left()).toBe(0);
  await draw([rowOf(-2), rowOf(-1), ...rows, rowOf(10), rowOf(11)]);
  expect(left()).toBe(0);
  await draw(rows.slice(0, 4));
  expect(left()).toBe(0);
});

test('whoever scrolls up, by however little, is left there, and follows again from the end', async () => {
  const { log, grow, left } = await shown(10);
  await scrolled(log, log.scrollTop - 3);
  const before = log.scrollTop;
  for (const height of [125, 140, 900]) {
    await grow(9, height);
    expect(log.scrollTop).toBe(before);
  }
  await scrolled(log, log.scrollHeight);
  await grow(9, 1_500);
  expect(left()).toBe(0);
});

test('own words lead to the end from wherever one reads', async () => {
  const { rows, draw, log, left } = await shown(20);
  await scrolled(log, 0);
  await draw([...rows, rowOf(20)]);
  expect(log.scrollTop).toBe(0);
  await draw([...rows, rowOf(20), rowOf(21, 'pending')]);
  expect(left()).toBe(0);
});

test('a field that has the focus stays where it is, whatever grows above and below it', async () => {
  const { article, grow, left } = await shown(10);
  await grow(7, 40);
  await grow(8, 60);
  await grow(9, 50);
  const field = article(8).querySelector('textarea') as HTMLElement;
  field.focus();
  const before = field.getBoundingClientRect().top;
  await grow(9, 400);
  expect(field.getBoundingClientRect().top).toBe(before);
  await grow(7, 90);
  expect(field.getBoundingClientRect().top).toBe(before);
  field.blur();
  await grow(9, 500);
  expect(end.kind).toBe('reading');
  expect(field.getBoundingClientRect().top).toBe(before);
  expect(left()).toBeGreaterThan(300);
});

test('a field that is taken away with the focus holds nothing any more', async () => {
  const { rows, draw, article, log, grow, left } = await shown(10);
  (article(9).querySelector('textarea') as HTMLElement).focus();
  expect(end.kind).toBe('editing');
  await draw(rows.slice(0, 9));
  expect(end.kind).not.toBe('editing');
  await scrolled(log, log.scrollHeight);
  await grow(8, 600);
  expect(left()).toBe(0);
});

test('words that are selected stay where they are', async () => {
  const { article, grow, log } = await shown(10);
  article(9).prepend('Words to be selected');
  getSelection()?.selectAllChildren(article(9));
  await frames();
  const before = log.scrollTop;
  await grow(9, 800);
  expect(log.scrollTop).toBe(before);
});

test('the window that becomes lower keeps the end in sight, and elsewhere the first line', async () => {
  const { log, left } = await shown(10);
  log.style.height = '120px';
  await frames();
  expect(left()).toBe(0);
  await scrolled(log, 300);
  const read = firstIn(log);
  const before = read.getBoundingClientRect().top;
  log.style.height = '200px';
  await frames();
  expect(read.getBoundingClientRect().top).toBe(before);
});

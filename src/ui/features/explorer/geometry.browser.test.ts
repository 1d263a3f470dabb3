/** What stands where in the tree's pane, at the widths it comes in: the reader's card is under nothing, and no control moves. */
import { cleanup, render } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../styles.css';
import { clearPicked, togglePicked } from '../../stores/picked.ts';
import { Conversation } from '../../testing/conversations.ts';
import { client } from '../../testing/fake-client.ts';
import { Explorer } from './shell/explorer.tsx';

vi.mock('../../../client/hooks/index.ts', async () => (await import('../../testing/fake-client.ts')).hooks);

const WIDTHS = [1280, 900, 480, 390];
const HEIGHT = 640;

const onSelect = vi.fn();
/** What the browser says that nobody caught: a card mounted while sizes are looked at, too. */
const faults: string[] = [];
addEventListener('error', ({ message }) => faults.push(message));
beforeEach(() => {
  client.forget();
  localStorage.clear();
  onSelect.mockClear();
});
afterEach(() => {
  cleanup();
  clearPicked();
  expect(faults.splice(0)).toEqual([]);
});

/** A line of turns; after every third reply another branch leaves. */
function talk(turns: number): Conversation {
  const said = new Conversation();
  let reply: string | null = null;
  for (let n = 1; n <= turns; n += 1) {
    said.say(`Question ${n}`, { role: 'user', parent: reply });
    if (n % 3 === 0) said.say(`Another question ${n}`, { role: 'user', aside: true, parent: reply });
    said.say(`Answer ${n} with a few more words than fit`, { role: 'assistant' });
    reply = said.view.tip;
  }
  return said;
}

/** Three turns; after each of the first two a branch of eight leaves, which is folded. */
function withLongBranches(): Conversation {
  const said = new Conversation();
  for (let n = 1; n <= 3; n += 1) {
    said.say(`Question ${n}`, { role: 'user' }).say(`Answer ${n}`, { role: 'assistant' });
    let parent = said.view.tip;
    for (let k = 1; n < 3 && k <= 16; k += 1) {
      const id = `branch-${n}-${k}`;
      said.say(`Words ${k}`, { id, parent, role: k % 2 ? 'user' : 'assistant', aside: true });
      parent = id;
    }
  }
  return said;
}

async function show({ view }: Conversation, width: number) {
  await page.viewport(width, HEIGHT);
  render(
    createElement(
      'div',
      { style: { width, height: HEIGHT, display: 'flex' } },
      createElement(Explorer, { view, selected: view.tip, onSelect, show: 'diagram' }),
    ),
  );
  await vi.waitFor(() => expect(viewport()).toBeTruthy(), { timeout: 8_000 });
  await still();
}

const button = (name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).element() as HTMLElement;
const boxOf = (element: Element) => element.getBoundingClientRect();
const canvas = () => document.querySelector('.react-flow') as HTMLElement;
const viewport = () => document.querySelector('.react-flow__viewport') as HTMLElement;
const cards = () => [...document.querySelectorAll('[data-card]')];

/** Until nothing has moved for so many frames: a machine that is busy draws fewer, and what moves does so with them. */
const STILL = 15;

async function still(): Promise<void> {
  let [before, same] = ['', 0];
  for (let frame = 0; same < STILL && frame < 1_000; frame += 1) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    const now = viewport().style.transform + cards().length;
    same = now === before ? same + 1 : 0;
    before = now;
  }
  expect(same).toBe(STILL);
}

function expectUncovered(card: Element): void {
  const { left, right, top, bottom } = boxOf(card);
  const pane = boxOf(canvas());
  expect(left).toBeGreaterThanOrEqual(pane.left);
  expect(right).toBeLessThanOrEqual(pane.right);
  expect(top).toBeGreaterThanOrEqual(pane.top);
  expect(bottom).toBeLessThanOrEqual(pane.bottom);
  const [across, down] = [(left + right) / 2, (top + bottom) / 2];
  const points = [
    [across, down],
    [left + 14, top + 14],
    [right - 14, top + 14],
    [left + 14, bottom - 8],
    [right - 14, bottom - 8],
  ] as const;
  for (const [x, y] of points) {
    const over = document.elementFromPoint(x, y);
    expect(over && card.contains(over), `${x}, ${y}: ${over?.outerHTML.slice(0, 120)}`).toBe(true);
  }
}

describe.each(WIDTHS)('in a pane of %i px', (width) => {
  test.each([1, 8, 60])('the card of the reader is whole and under nothing: %i turns', async (turns) => {
    const said = talk(turns);
    await show(said, width);
    const card = cards().find((one) => one.textContent?.includes(`Question ${turns}`)) as Element;
    expectUncovered(card);
  });

  test.each([2, 3, 60])(
    'nothing stands over the canvas, nor over any card of a tree seen whole: %i turns',
    async (turns) => {
      await show(talk(turns), width);
      button('Fit the whole tree').click();
      await still();
      for (const card of cards()) expectUncovered(card);
      const pane = boxOf(canvas());
      expect(pane.height).toBeGreaterThan(HEIGHT - 100);
      for (let x = pane.left + 3; x < pane.right; x += 40)
        for (let y = pane.top + 3; y < pane.bottom; y += 40)
          expect(canvas().contains(document.elementFromPoint(x, y)), `${x}, ${y}`).toBe(true);
      expect(document.querySelector('.react-flow__panel')).toBeNull();
    },
  );

  test('what is selected is counted below the tree, over none of it', async () => {
    const said = talk(8);
    await show(said, width);
    togglePicked('conversation-1', said.view.tip as string);
    await vi.waitFor(() =>
      expect(page.getByRole('toolbar', { name: 'Selected' }).elements()).toHaveLength(1),
    );
    await still();
    const bar = boxOf(page.getByRole('toolbar', { name: 'Selected' }).element());
    expect(bar.top).toBeGreaterThanOrEqual(boxOf(canvas()).bottom);
    expect(bar.bottom).toBeLessThanOrEqual(HEIGHT);
    expectUncovered(cards().find((one) => one.textContent?.includes('Question 8')) as Element);
  });

  test('no control of the bar moves while it is pressed, whatever it says; lists open inside the window', async () => {
    await show(talk(60), width);
    const bar = page.getByRole('group', { name: 'Forks and live replies' }).element();
    const places = () => [...bar.querySelectorAll('button')].map((one) => JSON.stringify(boxOf(one)));
    const before = places();
    for (const name of ['Fork above', 'Fork above', 'Fork above', 'Fork below', 'Fork above']) {
      button(name).click();
      await still();
      expect(places()).toEqual(before);
    }
    for (const one of bar.querySelectorAll('button')) {
      const { left, right, height, width: wide } = boxOf(one);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      expect(Math.min(height, wide)).toBeGreaterThanOrEqual(24);
    }
    button('Other branches').click();
    await vi.waitFor(() => expect(document.querySelector('[role="menu"]')).toBeTruthy());
    const list = page.getByRole('menu', { name: 'Other branches' }).element();
    expect(boxOf(list).right).toBeLessThanOrEqual(width);
    expect(list.textContent).toMatch(/Another question \d+1 turn/);
  });
});

/** Of what it says in words nothing is cut, and it is whole in the row it stands in. */
function expectWhole(control: Element): void {
  const row = boxOf(control.parentElement?.closest('div') as Element);
  const { left, right } = boxOf(control);
  expect(left, control.outerHTML).toBeGreaterThanOrEqual(row.left);
  expect(right, control.outerHTML).toBeLessThanOrEqual(row.right);
  for (const words of control.querySelectorAll('span')) {
    const { width, right: end } = boxOf(words);
    if (width === 0) continue;
    const uncut = document.createRange();
    uncut.selectNodeContents(words);
    expect(uncut.getBoundingClientRect().width, control.outerHTML).toBeLessThanOrEqual(width + 0.05);
    expect(end, control.outerHTML).toBeLessThanOrEqual(right);
  }
}

test('what controls do is said in words that are whole, and no row of them is cut, at every width', async () => {
  await show(withLongBranches(), 1280);
  // As far as one gets, with something unfolded: then every control is there.
  button('Fork above').click();
  await still();
  const folded = document.querySelector('[data-card] .lucide-chevrons-up-down') as Element;
  folded.closest('button')?.click();
  await still();
  for (const name of ['Zoom out', 'Zoom out']) {
    button(name).click();
    await still();
  }
  const pane = document.querySelector('section')?.parentElement as HTMLElement;
  const bar = page.getByRole('group', { name: 'Forks and live replies' }).element();
  const row = button('Fit the whole tree').parentElement as Element;
  for (const width of [1280, 1008, 960, 864, 576, 503, 496, 480, 448, 390, 330]) {
    pane.style.width = `${width}px`;
    await still();
    for (const name of ['Unfold everything', 'Fold again', 'What the marks mean'])
      expect(row.querySelector(`[aria-label="${name}"]`), name).toBeTruthy();
    for (const one of [...bar.querySelectorAll('button'), ...row.querySelectorAll('button')])
      expectWhole(one);
    expect(button('Back').innerText).toBe('Back');
    const next = button('Centre on where I write next');
    expect(next.innerText).toBe(width >= 496 ? 'Where I write next' : '');
  }
});

test('a press on any part of a card goes there, or is a button of its own', async () => {
  await show(talk(8), 900);
  const card = cards().find((one) => one.textContent?.includes('Question 8')) as Element;
  const { left, right, top, bottom } = boxOf(card);
  for (let x = left + 3; x < right; x += 11) {
    for (let y = top + 3; y < bottom; y += 9) {
      const under = document.elementFromPoint(x, y) as Element;
      expect(card.contains(under)).toBe(true);
      onSelect.mockClear();
      if (under.closest('button[aria-haspopup]')) continue;
      under.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      expect(onSelect, `${x - left}, ${y - top}`).toHaveBeenCalledOnce();
    }
  }
});

test('badges stand inside their card, in rows, and cut no word of how a reply ended', async () => {
  const said = talk(5);
  said.say('Question 6', { role: 'user' }).say('Half an ans', {
    role: 'assistant',
    finish: { reason: 'interrupted', at: 9 },
  });
  await show(said, 900);
  for (const card of cards()) {
    const { left, right, top, bottom } = boxOf(card);
    for (const badge of card.querySelectorAll('.rounded-full')) {
      const box = boxOf(badge);
      expect(box.left).toBeGreaterThan(left);
      expect(box.right).toBeLessThan(right);
      expect(box.top).toBeGreaterThan(top);
      expect(box.bottom).toBeLessThan(bottom);
    }
  }
  const ended = [...document.querySelectorAll('span')].find(
    (one) => one.textContent === 'Interrupted',
  ) as Element;
  expect(ended.scrollWidth).toBeLessThanOrEqual(ended.clientWidth);
});

/** Every part of a card is within its edges, and none of its words is drawn over another part. */
function expectAllInside(card: Element): void {
  const { left, right, top, bottom } = boxOf(card);
  for (const part of card.querySelectorAll('.rounded-full, button, span')) {
    if (part.closest('.group-hover\\/card\\:flex') || part.closest('.sr-only')) continue;
    const box = boxOf(part);
    if (box.width === 0) continue;
    expect(box.left, part.outerHTML).toBeGreaterThan(left);
    expect(box.right, part.outerHTML).toBeLessThan(right);
    expect(box.top, part.outerHTML).toBeGreaterThanOrEqual(top);
    expect(box.bottom, part.outerHTML).toBeLessThanOrEqual(bottom);
  }
}

interface MarkedCase {
  readonly replies: number;
  readonly live?: boolean;
  readonly label?: string;
  /** How the reply ended that is shown. Default: whole. */
  readonly ended?: 'stopped' | 'failed' | 'interrupted';
  /** Default: there is another question beside it. */
  readonly alone?: boolean;
}

const MARKED: readonly MarkedCase[] = [
  ...[false, true].flatMap((live) =>
    [{}, { label: 'A label in words' }].flatMap((more) => [
      { replies: 0, live, ...more },
      { replies: 2, live, ...more },
      { replies: 2, live, ...more, ended: 'interrupted' as const },
    ]),
  ),
  ...(['stopped', 'failed', 'interrupted'] as const).map((ended) => ({ replies: 1, ended, alone: true })),
];

test.each(MARKED)('where the next message goes all marks of a card stand inside: %o', async (marked) => {
  const { replies, live, label, ended, alone } = marked;
  const said = new Conversation();
  said.say('Question 1', { role: 'user' }).say('Answer 1', { role: 'assistant' });
  const above = said.view.tip;
  if (!alone) said.say('Another question', { role: 'user', aside: true, parent: above });
  said.say('Question 2, which is longer than its line has room for', { role: 'user', parent: above });
  const prompt = said.view.tip;
  for (let n = 0; n < replies; n += 1)
    said.say('An answer that takes all of the lines there are, and then some more of them, so it is cut.', {
      role: 'assistant',
      parent: prompt,
      aside: n < replies - 1,
      ...(ended && { finish: { reason: ended, at: 9 } }),
      author: { kind: 'model', model: { source: 'local', id: `m${n}` }, name: `Model ${n}` },
    });
  if (live) said.reply('reply-1', undefined, { aside: replies > 0 });
  if (label) said.mark(prompt, { label });
  await show(said, 900);
  const card = cards().find((one) => one.textContent?.includes('Question 2')) as Element;
  expect(card.textContent).toMatch(/You write here|Your next message goes here/);
  expectAllInside(card);
});

test('however much a card is marked with, all of it stands inside', async () => {
  const said = new Conversation();
  said.say('Question 1', { role: 'user' }).say('Answer 1', { role: 'assistant' });
  const reply = said.view.tip;
  said.say('Be brief', { role: 'system', parent: reply });
  const prompt = said.view.tip;
  said.say('Another question', { role: 'user', aside: true, parent: prompt });
  said.say('Question 2', { role: 'user', parent: prompt });
  said.say('Half an ans', { role: 'assistant', finish: { reason: 'stopped', at: 9 } });
  said.mark(said.view.tip, { label: 'A label of some length, in words', colour: 'blue', star: true });
  await show(said, 900);
  for (const card of cards()) expectAllInside(card);
  const stopped = [...document.querySelectorAll('span')].find(
    (one) => one.textContent === 'Stopped',
  ) as Element;
  expect(getComputedStyle(stopped).color).toBe(
    getComputedStyle(document.querySelector('.text-muted') as Element).color,
  );
});

test("three zooms by three presses, with the reader's card in sight at each", async () => {
  await show(talk(60), 900);
  const zoom = () => new DOMMatrix(getComputedStyle(viewport()).transform).a;
  const seen = [];
  for (const name of ['Zoom out', 'Zoom out', 'Zoom in', 'Zoom in']) {
    button(name).click();
    await still();
    seen.push(zoom());
  }
  expect(seen[0]).toBeCloseTo(0.5);
  expect(seen[1]).toBeLessThan(0.34);
  expect(seen[2]).toBeCloseTo(0.5);
  expect(seen[3]).toBeCloseTo(0.9);
  expectUncovered(cards().find((one) => one.textContent?.includes('Question 60')) as Element);
});

test('a wheel zooms about the card of the reader while that is in sight, else about the pointer, and never into empty space', async () => {
  await show(talk(60), 900);
  const zoom = () => new DOMMatrix(getComputedStyle(viewport()).transform).a;
  const mine = () => cards().find((one) => one.textContent?.includes('Question 60')) as Element;
  const pane = boxOf(canvas());
  const wheel = async (deltaY: number, clientX: number, clientY: number, times = 1) => {
    for (let n = 0; n < times; n += 1)
      canvas().dispatchEvent(
        new WheelEvent('wheel', { deltaY, clientX, clientY, ctrlKey: true, bubbles: true, cancelable: true }),
      );
    await still();
  };
  const middleOf = (box: DOMRect) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
  const before = middleOf(boxOf(mine()));
  await wheel(-8, pane.left + 10, pane.top + 10);
  expect(zoom()).toBeGreaterThan(0.9);
  const after = middleOf(boxOf(mine()));
  expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeLessThan(2);
  // In the corner, where there is nothing: as close as one comes, some card is there.
  button('Fit the whole tree').click();
  await still();
  await wheel(-8, pane.right - 5, pane.bottom - 5, 60);
  expect(zoom()).toBeCloseTo(1.5);
  const seen = cards().filter((card) => {
    const { left, right, top, bottom } = boxOf(card);
    return right > pane.left && left < pane.right && bottom > pane.top && top < pane.bottom;
  });
  expect(seen.length).toBeGreaterThan(0);
});

test('the pane gets another width: what was seen whole is seen whole, else the card of the reader is in sight', async () => {
  await show(talk(60), 1280);
  const box = document.querySelector('section')?.parentElement as HTMLElement;
  for (const width of [420, 900, 390]) {
    box.style.width = `${width}px`;
    await still();
    expectUncovered(cards().find((one) => one.textContent?.includes('Question 60')) as Element);
  }
});

test('"2 branches" on a card looks as what is pressed does, within the card', async () => {
  await show(talk(8), 900);
  const all = cards().flatMap((card) =>
    [...card.querySelectorAll('button[aria-haspopup]')].map((one) => ({ card: boxOf(card), one })),
  );
  const branches = all.filter(({ one }) => one.textContent === '2 branches');
  expect(branches.length).toBeGreaterThan(0);
  for (const { card, one } of branches) {
    const look = getComputedStyle(one.querySelector('.rounded-full') as Element);
    expect(Number.parseFloat(look.borderWidth)).toBeGreaterThan(0);
    expect(look.borderColor).not.toBe('rgba(0, 0, 0, 0)');
    expect(one.querySelector('svg')).toBeTruthy();
    const box = boxOf(one);
    const zoom = new DOMMatrix(getComputedStyle(viewport()).transform).a;
    expect(box.height / zoom).toBeGreaterThanOrEqual(24);
    expect(box.right).toBeLessThan(card.right);
    expect(box.bottom).toBeLessThanOrEqual(card.bottom);
  }
});

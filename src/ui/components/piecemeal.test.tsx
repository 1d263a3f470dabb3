import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { breath } from '../../client/kit/slices.ts';

/** As it is on a page: tests of other things have all of it drawn at once. */
let piecemeal: typeof import('./piecemeal.ts');
let clock = 0;

beforeEach(async () => {
  vi.resetModules();
  piecemeal = await import('./piecemeal.ts');
  clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});

afterEach(() => {
  vi.restoreAllMocks();
});

interface PartProps {
  readonly name: string;
  /** In ms. */
  readonly cost: number;
  readonly wanted?: boolean;
  readonly now?: boolean;
}

function Part({ name, cost, wanted = true, now = false }: PartProps) {
  const isDrawn = piecemeal.useSoon(wanted, now);
  if (!isDrawn) return <p>{name} waits</p>;
  clock += cost;
  return <p>{name} is there</p>;
}

const there = () => screen.queryAllByText(/is there$/).map(({ textContent }) => textContent?.split(' ')[0]);

test('what has room is drawn at once, the rest soon', async () => {
  render(['a', 'b', 'c'].map((name) => <Part key={name} name={name} cost={3} />));
  expect(there()).toEqual(['a', 'b']);
  expect(await screen.findByText('c is there')).toBeDefined();
});

test('what was asked for last comes first, each in a task of its own', async () => {
  const seen: (string | undefined)[][] = [];
  render(['a', 'b', 'c', 'd'].map((name) => <Part key={name} name={name} cost={20} />));
  const observer = new MutationObserver(() => seen.push(there()));
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  await screen.findByText('b is there');
  observer.disconnect();
  expect(seen).toEqual([
    ['a', 'd'],
    ['a', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
  ]);
});

/** What was there after each task, until all of them are. */
async function tasksOf(costs: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  const observer = new MutationObserver(() => counts.push(there().length));
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  render(
    costs.map((cost, n) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they stay where they are
      <Part key={n} name={`${n}`} cost={cost} />
    )),
  );
  await vi.waitFor(() => expect(there()).toHaveLength(costs.length));
  await new Promise((resolve) => setTimeout(resolve));
  observer.disconnect();
  // How many each of them drew.
  return counts.map((count, at) => count - (counts[at - 1] ?? 0));
}

test('on a fast machine pieces share a task, as many as find room in it', async () => {
  expect(await tasksOf([20, ...Array.from({ length: 14 }, () => 5)])).toEqual([1, 6, 6, 2]);
});

test('on a slow machine each has its own', async () => {
  expect(await tasksOf([20, 20, 20, 20])).toEqual([1, 1, 1, 1]);
});

test('after one that took long, those that follow are drawn alone for a while', async () => {
  // The last come first: four of 5 ms, then that of 40.
  expect(await tasksOf([20, 5, 5, 5, 5, 5, 5, 5, 40, 5, 5, 5, 5])).toEqual([1, 5, 1, 1, 1, 2, 2]);
});

test('what cannot wait is drawn at once, from the first or when it is said, and stays', () => {
  const draw = (now: readonly string[]) =>
    ['a', 'b', 'c'].map((name) => <Part key={name} name={name} cost={20} now={now.includes(name)} />);
  const { rerender } = render(draw(['b']));
  expect(there()).toEqual(['a', 'b']);
  rerender(draw(['c']));
  expect(there()).toEqual(['a', 'b', 'c']);
});

test('what is not wanted yet waits for that, and what is gone is not drawn', async () => {
  const shown = render(<Part name="a" cost={1} wanted={false} />);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(there()).toEqual([]);
  shown.rerender(<Part name="a" cost={1} />);
  shown.unmount();
  render(<Part name="b" cost={1} />);
  expect(await screen.findByText('b is there')).toBeDefined();
  expect(there()).toEqual(['b']);
});

function Rows({ count }: { count: number }) {
  const drawn = piecemeal.useGrowing(2, () => count);
  const names = Array.from({ length: Math.min(count, drawn) }, (_, n) => `Row ${n + 1}`);
  return names.map((name) => <p key={name}>{name}</p>);
}

test('what there is much of grows to all of it, and is never cut again', async () => {
  const { rerender } = render(<Rows count={5} />);
  expect(screen.queryAllByText(/^Row/)).toHaveLength(0);
  await screen.findByText('Row 2');
  await screen.findByText('Row 5');
  await vi.waitFor(() => {
    rerender(<Rows count={50} />);
    expect(screen.queryAllByText(/^Row/)).toHaveLength(50);
  });
});

function Words({ words }: { words: string }) {
  return (
    <p>
      {words} {piecemeal.useSoonValue(words)}
    </p>
  );
}

test('a value is followed by what is drawn after it, to where it is by then', async () => {
  const { rerender } = render(<Words words="one" />);
  rerender(<Words words="two" />);
  expect(screen.getByText('two one')).toBeDefined();
  rerender(<Words words="three" />);
  expect(await screen.findByText('three three')).toBeDefined();
});

/** What was drawn, by tasks. */
function drawnIn() {
  const tasks: string[] = [];
  let task = '';
  const draw = (name: string, cost: number) => () => {
    clock += cost;
    if (task === '') void breath().then(end);
    task += name;
  };
  const end = () => {
    tasks.push(task);
    task = '';
  };
  const all = (count: number) => vi.waitFor(() => expect(tasks.join('')).toHaveLength(count));
  return { draw, tasks, all };
}

test('what one reads and writes in comes before what stands in for itself, and that before the rest', async () => {
  const { draw, tasks, all } = drawnIn();
  piecemeal.drawSoon(draw('r', 40), 'rest');
  piecemeal.drawSoon(draw('s', 40), 'rest');
  piecemeal.drawSoon(draw('a', 40), 'standIn');
  piecemeal.drawSoon(draw('b', 40), 'standIn');
  piecemeal.drawSoon(draw('1', 40), 'first');
  piecemeal.drawSoon(draw('2', 40), 'first');
  await all(6);
  expect(tasks).toEqual(['1', '2', 'b', 'a', 'r', 's']);
});

test('what fills a frame shares no task, however short, and the rest goes by turns with it', async () => {
  const { draw, tasks, all } = drawnIn();
  const more = (n: number) => () => {
    draw('f', 1)();
    if (n > 1) piecemeal.drawSoon(more(n - 1), 'rest', true);
  };
  piecemeal.drawSoon(draw('a', 1), 'rest');
  piecemeal.drawSoon(more(3), 'rest', true);
  piecemeal.drawSoon(draw('b', 1), 'rest');
  piecemeal.drawSoon(draw('c', 1), 'rest');
  await all(6);
  expect(tasks).toEqual(['a', 'f', 'bc', 'f', 'f']);
});

test('what took long is laid out before more is drawn; what did not is not waited for', async () => {
  const frames: (() => void)[] = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((run) => frames.push(() => run(0)));
  const { draw, tasks, all } = drawnIn();
  for (const name of ['a', 'b']) piecemeal.drawSoon(draw(name, 15), 'rest');
  await all(2);
  for (const name of ['c', 'd']) piecemeal.drawSoon(draw(name, 40), 'rest');
  await all(3);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(tasks.join('')).toBe('abc');
  for (const frame of frames) frame();
  await all(4);
});

test('a page that has no frames draws all the same', async () => {
  vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(1);
  const { draw, all } = drawnIn();
  for (const name of ['a', 'b']) piecemeal.drawSoon(draw(name, 40), 'rest');
  await all(2);
});

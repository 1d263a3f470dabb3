import { expect, test } from 'vitest';
import { LAST_MOMENT, onSignal, SAME_PRESS } from './signals.ts';

function ending() {
  const seen = {
    closes: 0,
    exits: [] as number[],
    time: 0,
    timers: [] as { ms: number; task: () => void }[],
  };
  let closed = (): void => {};
  const signal = onSignal({
    close: () => {
      seen.closes += 1;
      return new Promise((resolve) => {
        closed = resolve;
      });
    },
    exit: (code) => seen.exits.push(code),
    now: () => seen.time,
    after: (ms, task) => seen.timers.push({ ms, task }),
  });
  return { seen, signal, closed: () => closed() };
}

test('the first signal closes, then the process ends well', async () => {
  const { seen, signal, closed } = ending();
  signal();
  expect(seen).toMatchObject({ closes: 1, exits: [] });
  closed();
  await Promise.resolve();
  expect(seen.exits).toEqual([0]);
});

test('whatever hangs, it ends in time', () => {
  const { seen, signal } = ending();
  signal();
  expect(seen.timers.map(({ ms }) => ms)).toEqual([LAST_MOMENT]);
  seen.timers[0]?.task();
  expect(seen.exits).toEqual([1]);
});

test('a second Ctrl+C ends it at once; the same one handed on by npm does not', () => {
  const { seen, signal } = ending();
  signal();
  seen.time += SAME_PRESS;
  signal();
  expect(seen).toMatchObject({ closes: 1, exits: [] });
  seen.time += 1;
  signal();
  expect(seen).toMatchObject({ closes: 1, exits: [1] });
});

import { afterEach, expect, it, vi } from 'vitest';
import { bySteps, inSlices } from './slices.ts';

afterEach(() => vi.restoreAllMocks());

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

it('takes all of it in order', async () => {
  const taken: number[] = [];
  const lengths: number[] = [];
  await inSlices(numbers(25), 10, (part) => {
    taken.push(...part);
    lengths.push(part.length);
  });
  expect(taken).toEqual(numbers(25));
  expect(lengths).toEqual([10, 10, 5]);
});

it('lets others run once a piece has lasted', async () => {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
  const seen: string[] = [];
  const done = inSlices(numbers(3), 1, ([n]) => {
    seen.push(`part ${n}`);
    clock += n === 0 ? 4 : 20;
  });
  setImmediate(() => seen.push('other'));
  await done;
  expect(seen.slice(0, 2)).toEqual(['part 0', 'part 1']);
  expect(seen.indexOf('part 2')).toBeGreaterThan(1);
});

it('takes steps until they come to something, and lets others run once a piece of them has lasted', async () => {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
  const seen: string[] = [];
  function* work() {
    for (const n of numbers(3)) {
      seen.push(`step ${n}`);
      clock += n === 0 ? 4 : 20;
      yield;
    }
    return 'done';
  }
  const done = bySteps(work());
  setImmediate(() => seen.push('other'));
  expect(await done).toBe('done');
  expect(seen.slice(0, 2)).toEqual(['step 0', 'step 1']);
  expect(seen.indexOf('step 2')).toBeGreaterThan(seen.indexOf('other'));
});

it('gives on what goes wrong in a step', async () => {
  function* work(): Generator<void, void> {
    yield;
    throw new Error('No more.');
  }
  await expect(bySteps(work())).rejects.toThrow('No more.');
});

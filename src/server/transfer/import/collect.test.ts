import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepSmall } from './collect.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const megabytes = (count: number): readonly number[][] =>
  Array.from({ length: count }, () => Array.from({ length: 125_000 }, (_, at) => at + 0.5));

it('collects once much has come, and no more once it is over', () => {
  const stop = new AbortController();
  const collect = vi.fn();
  keepSmall(stop.signal, collect);
  vi.advanceTimersByTime(1_000);
  expect(collect).not.toHaveBeenCalled();
  const much = megabytes(64);
  vi.advanceTimersByTime(1_000);
  expect(collect).toHaveBeenCalledTimes(1);
  stop.abort();
  const more = megabytes(64);
  vi.advanceTimersByTime(1_000);
  expect(collect).toHaveBeenCalledTimes(1);
  expect(much.length + more.length).toBe(128);
});

it('has something to collect with', () => {
  const stop = new AbortController();
  let held: unknown = megabytes(64);
  keepSmall(stop.signal);
  held = undefined;
  expect(held).toBeUndefined();
  const before = process.memoryUsage().heapUsed;
  // More garbage than may gather.
  const more = megabytes(64);
  vi.advanceTimersByTime(200);
  expect(process.memoryUsage().heapUsed).toBeLessThan(before + 32_000_000);
  stop.abort();
  expect(more.length).toBe(64);
});

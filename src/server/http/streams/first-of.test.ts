import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { firstOf } from './first-of.ts';

const controllers = () => [new AbortController(), new AbortController()] as const;

test('the first to abort aborts it', () => {
  const [a, b] = controllers();
  const first = firstOf([a.signal, b.signal]);
  expect(first.signal.aborted).toBe(false);
  b.abort();
  expect(first.signal.aborted).toBe(true);
});

test('one that aborted before aborts it at once', () => {
  expect(firstOf([AbortSignal.abort()]).signal.aborted).toBe(true);
});

test('so does the time limit, and the hand', async () => {
  const timed = firstOf([], 1);
  await vi.waitFor(() => expect(timed.signal.aborted).toBe(true), { timeout: 10_000 });
  const byHand = firstOf([]);
  byHand.abort();
  expect(byHand.signal.aborted).toBe(true);
});

test('aborted by hand it leaves nothing behind: who would release it may never have begun', () => {
  const [a, b] = controllers();
  firstOf([a.signal, b.signal], 60_000).abort();
  expect([a, b].flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([]);
});

test('released it leaves nothing behind', () => {
  const [a, b] = controllers();
  const first = firstOf([a.signal, b.signal], 60_000);
  first.release();
  a.abort();
  expect(first.signal.aborted).toBe(false);
  expect([a, b].flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([]);
});

import { beforeEach, expect, test } from 'vitest';
import { begun, isUnfinished, takeNote } from './unfinished.ts';

beforeEach(() => sessionStorage.clear());

test('a diagram at which the page ended without a word is known by the next page', () => {
  takeNote();
  begun('endless');
  expect(isUnfinished('endless')).toBe(false);
  takeNote();
  expect(isUnfinished('endless')).toBe(true);
  expect(isUnfinished('another')).toBe(false);
  takeNote();
  expect(isUnfinished('endless')).toBe(true);
});

test('one that was drawn, or was left by a reload in order, is none', () => {
  takeNote();
  begun('drawn');
  begun(undefined);
  takeNote();
  begun('left');
  dispatchEvent(new Event('pagehide'));
  takeNote();
  expect([isUnfinished('drawn'), isUnfinished('left')]).toEqual([false, false]);
});

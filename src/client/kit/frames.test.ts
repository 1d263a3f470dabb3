import { expect, it, vi } from 'vitest';
import { createFrames } from './frames.ts';

it('runs each work once a frame, and at once when the tab is shown', () => {
  const asked: (() => void)[] = [];
  const frames = createFrames((callback) => asked.push(callback));
  const [one, two] = [vi.fn(), vi.fn()];
  frames.request(one);
  frames.request(one);
  frames.request(two);
  expect(asked).toHaveLength(1);
  expect(one).not.toHaveBeenCalled();
  asked.shift()?.();
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1]);

  frames.request(one);
  frames.flush();
  expect(one).toHaveBeenCalledTimes(2);
  asked.shift()?.();
  expect(one).toHaveBeenCalledTimes(2);
});

import { expect, it } from 'vitest';
import { Pace } from './timing.ts';

it('is half a frame for one reply, more for more, and never more than a tenth of a second', () => {
  const pauses = [1, 2, 3, 4, 8, 12, 16, 20, 1000].map((running) => new Pace().pause(running));
  expect(pauses).toEqual([8, 13, 19, 25, 50, 75, 100, 100, 100]);
});

it('follows what an append costs, and forgets what it cost once', () => {
  const pace = new Pace();
  for (let n = 0; n < 50; n += 1) pace.took(5);
  expect(pace.pause(1)).toBe(8);
  for (let n = 0; n < 50; n += 1) pace.took(30);
  expect(pace.pause(1)).toBe(45);
  pace.took(5_000);
  expect(pace.pause(1)).toBe(100);
  for (let n = 0; n < 50; n += 1) pace.took(1);
  expect(pace.pause(1)).toBe(8);
});

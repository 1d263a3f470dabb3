import { expect, test } from 'vitest';
import { noTimes, timeParts } from './part-times.ts';

const begun = 1_000;
const see = (times: typeof noTimes, count: number, now: number, writing = true) =>
  timeParts(times, { count, writing, now, begun });

test('a part takes from its beginning until something follows', () => {
  let times = see(noTimes, 0, 1_100);
  times = see(times, 1, 2_000);
  times = see(times, 2, 13_000);
  expect(times.seconds).toEqual([12]);
  times = see(times, 2, 16_000, false);
  expect(times.seconds).toEqual([12, 3]);
});

test('nothing new gives the same object', () => {
  const times = see(see(noTimes, 1, 2_000), 2, 3_000);
  expect(see(times, 2, 9_000)).toBe(times);
});

test('a first part that is met while it is written began with the reply', () => {
  expect(see(see(noTimes, 1, 9_000), 2, 11_000).seconds).toEqual([10]);
});

test('parts that were there before are not timed', () => {
  expect(see(see(noTimes, 2, 9_000), 3, 11_000).seconds).toEqual([undefined, undefined]);
  expect(see(noTimes, 2, 9_000, false).seconds).toEqual([undefined, undefined]);
});

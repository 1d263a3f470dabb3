import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetsOf, rangeAt, topFor } from './windowing.ts';

test('offsets are the running sum', () => {
  expect(offsetsOf([])).toEqual([0]);
  expect(offsetsOf([10, 20, 5])).toEqual([0, 10, 30, 35]);
});

test('an empty list mounts nothing', () => {
  expect(rangeAt([0], 0, 500, 4)).toEqual({ first: 0, end: 0 });
});

test('ten thousand rows mount as many as fit', () => {
  const offsets = offsetsOf(Array.from({ length: 10_000 }, () => 36));
  expect(rangeAt(offsets, 180_000, 720, 5)).toEqual({ first: 4995, end: 5026 });
});

const list = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 200 });

test('every row that touches the viewport is mounted', () => {
  fc.assert(
    fc.property(list, fc.nat(4000), fc.integer({ min: 1, max: 900 }), (heights, top, height) => {
      const offsets = offsetsOf(heights);
      const { first, end } = rangeAt(offsets, top, height, 0);
      heights.forEach((_, index) => {
        const touches = (offsets[index] ?? 0) < top + height && (offsets[index + 1] ?? 0) > top;
        if (touches) expect(index >= first && index < end).toBe(true);
      });
    }),
  );
});

test('scrolling to a row shows it whole, and does not move when it is', () => {
  fc.assert(
    fc.property(list, fc.nat(4000), fc.nat(199), (heights, top, wanted) => {
      const offsets = offsetsOf(heights);
      const index = Math.min(wanted, heights.length - 1);
      const viewport = { top, height: 120 };
      const next = topFor(offsets, index, viewport);
      expect(offsets[index]).toBeGreaterThanOrEqual(next);
      expect(offsets[index + 1]).toBeLessThanOrEqual(next + 120);
      expect(topFor(offsets, index, { ...viewport, top: next })).toBe(next);
    }),
  );
});

import { expect, test } from 'vitest';
import { place } from './place.ts';

const viewport = { width: 400, height: 600 };
const content = { width: 160, height: 120 };
const anchor = (left: number, top: number) => ({ left, top, right: left + 30, bottom: top + 30 });

test('opens below, aligned with the start', () => {
  expect(place(anchor(50, 100), content, viewport)).toEqual({ left: 50, top: 134 });
});

test('turns over where there is no room', () => {
  expect(place(anchor(50, 560), content, viewport).top).toBe(560 - 4 - 120);
  expect(place(anchor(50, 20), content, viewport, { side: 'above' }).top).toBe(54);
});

test('stays in the viewport sideways', () => {
  expect(place(anchor(380, 100), content, viewport).left).toBe(400 - 160 - 8);
  expect(place(anchor(0, 100), content, viewport, { align: 'end' }).left).toBe(8);
});

test('larger than the viewport: its beginning stays in view', () => {
  expect(place(anchor(50, 300), { width: 500, height: 900 }, viewport)).toEqual({ left: 8, top: 8 });
});

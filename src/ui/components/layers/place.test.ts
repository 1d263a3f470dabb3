import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearOfControls, place } from './place.ts';

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

test('a notice stands as low as it can on none of what can be pressed', () => {
  const viewport = { width: 400, height: 900 };
  const notice = { left: 50, right: 350, height: 40 };
  expect(clearOfControls(notice, [], viewport)).toBe(848);
  const box = { left: 0, right: 400, top: 780, bottom: 880 };
  expect(clearOfControls(notice, [box], viewport)).toBe(734);
  const beside = { left: 360, right: 390, top: 600, bottom: 900 };
  expect(clearOfControls(notice, [beside], viewport)).toBe(848);
  const rows = Array.from({ length: 20 }, (_, n) => ({ ...box, top: n * 45, bottom: n * 45 + 44 }));
  expect(clearOfControls(notice, rows, viewport)).toBeUndefined();
  const any = fc.integer({ min: 0, max: 900 });
  const boxes = fc.array(
    fc
      .record({ left: any, top: any })
      .map(({ left, top }) => ({ left, top, right: left + 90, bottom: top + 30 })),
  );
  fc.assert(
    fc.property(boxes, (taken) => {
      const top = clearOfControls(notice, taken, viewport);
      const covers = (at: number) =>
        taken.some((one) => one.left < 350 && one.right > 50 && one.top < at + 40 && one.bottom > at);
      expect(top !== undefined && covers(top)).toBe(false);
    }),
  );
});

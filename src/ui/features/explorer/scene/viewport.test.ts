import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broughtIn, inSight, resizedView, type Transform, wholeView, zoomedAbout } from './viewport.ts';

const size = { width: 1000, height: 500 };

test('a box is in sight when all of it is on the screen', () => {
  const box = { left: 700, top: 300, right: 900, bottom: 400 };
  expect(inSight(box, [0, 0, 1], size)).toBe(true);
  expect(inSight(box, [101, 0, 1], size)).toBe(false);
  expect(inSight(box, [0, -301, 1], size)).toBe(false);
  expect(inSight(box, [0, 0, 2], size)).toBe(false);
});

const card = (left: number, top: number) => ({ left, top, right: left + 200, bottom: top + 80 });

test('a card that is clear on the screen stays where it is', () => {
  expect(broughtIn(card(400, 200), card(400, 200), [0, 0, 1], size)).toBeUndefined();
  expect(broughtIn(card(776, 200), card(0, 0), [0, 0, 1], size)).toBeUndefined();
});

test('one at the edge comes in no farther than it must, with what it follows', () => {
  expect(broughtIn(card(900, 200), card(900, 200), [0, 0, 1], size)).toEqual([-124, 0, 1]);
  expect(broughtIn(card(400, 420), card(400, 420), [0, 0, 1], size)).toEqual([0, -40, 1]);
  const around = { left: -50, top: 20, right: 1_000, bottom: 200 };
  // Both have no room: the card alone.
  expect(broughtIn(card(800, 120), around, [0, 0, 1], size)).toEqual([-24, 0, 1]);
  // Both have: the one above left is not left out.
  expect(broughtIn(card(800, 120), { ...around, left: 60, top: -80 }, [0, 0, 1], size)).toEqual([
    -24, 104, 1,
  ]);
});

test('one that is elsewhere comes into the middle of what is clear', () => {
  expect(broughtIn(card(5_000, 4_000), card(5_000, 4_000), [0, 0, 1], size)).toEqual([-4_600, -3_798, 1]);
});

test('however small the canvas, what is brought in is in sight after it, and then stays', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 300, max: 2_000 }),
    height: fc.integer({ min: 300, max: 2_000 }),
  });
  const places = fc.integer({ min: -5_000, max: 5_000 });
  fc.assert(
    fc.property(sizes, places, places, places, (screen, x, y, above) => {
      const around = {
        left: Math.min(x, above),
        top: y - 200,
        right: Math.max(x, above) + 200,
        bottom: y + 80,
      };
      const from: Transform = [0, 0, 0.85];
      const to = broughtIn(card(x, y), around, from, screen) ?? from;
      expect(inSight(card(x, y), to, screen)).toBe(true);
      const rounded: Transform = [Math.fround(to[0]), Math.fround(to[1]), to[2]];
      expect(broughtIn(card(x, y), around, rounded, screen)).toBeUndefined();
    }),
  );
});

const extent = { left: 0, top: 0, right: 4_000, bottom: 9_000 };

test('a zoom goes about a card, and ends nowhere beside the tree', () => {
  const box = card(1_900, 4_000);
  const [x, y, zoom] = zoomedAbout(box, extent, [-1_500, -3_800, 1], size, 0.5);
  expect(2_000 * zoom + x).toBe(500);
  expect(4_040 * zoom + y).toBe(240);
  const any = fc.integer({ min: -9_000, max: 9_000 });
  const zooms = fc.double({ min: 0.02, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(any, any, zooms, zooms, (left, top, from, to) => {
      const [x, y] = zoomedAbout(box, extent, [left, top, from], size, to);
      expect(extent.left * to + x).toBeLessThanOrEqual(Math.max(30, (size.width - 4_000 * to) / 2 + 1));
      expect(extent.bottom * to + y).toBeGreaterThan(Math.min(size.height - 30, size.height / 2));
    }),
  );
});

test('after a new size a tree that was seen whole is seen whole, a card that was in sight is in sight', () => {
  const small = { extent: { left: 0, top: 0, right: 800, bottom: 600 }, box: card(0, 0), around: card(0, 0) };
  const { x, y, zoom } = wholeView(small.extent, size, 1);
  const narrow = { width: 420, height: 500 };
  const whole = wholeView(small.extent, narrow, 1);
  expect(resizedView(small, [x, y, zoom], size, narrow)).toEqual([whole.x, whole.y, whole.zoom]);
  const large = { extent, box: card(700, 100), around: card(700, 100) };
  const to = resizedView(large, [0, 0, 1], size, narrow) as Transform;
  expect(inSight(large.box, to, narrow)).toBe(true);
  expect(resizedView({ ...large, box: card(3_000, 0) }, [0, 0, 1], size, narrow)).toBeUndefined();
});

test('a tree that was in sight, wherever a hand had moved it, is fitted when it has no room, and again when there is more', () => {
  const tree = { extent: { left: 0, top: 0, right: 800, bottom: 300 }, box: card(0, 0), around: card(0, 0) };
  const moved: Transform = [150, 120, 1];
  const [narrow, large] = [
    { width: 420, height: 500 },
    { width: 1_100, height: 500 },
  ];
  const fitted = (to: typeof narrow) => {
    const { x, y, zoom } = wholeView(tree.extent, to, 1);
    return [x, y, zoom];
  };
  expect(resizedView(tree, moved, size, narrow)).toEqual(fitted(narrow));
  expect(resizedView(tree, fitted(narrow) as unknown as Transform, narrow, size)).toEqual(fitted(size));
  expect(resizedView(tree, moved, size, large)).toBeUndefined();
});

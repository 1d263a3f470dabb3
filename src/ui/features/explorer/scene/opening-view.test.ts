import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneFor } from '../testing/painted.ts';
import { cornerOf, sizeOf } from './geometry.ts';
import { backInSight, openingView, wheelZoomed, withParent } from './opening-view.ts';
import { boxOf, type Scene } from './scene.ts';
import { broughtInWhole, inSight, type Transform } from './viewport.ts';

/** A card under another `lanes` to the left, in a tree too large to be seen whole. */
function scene(lanes: number, rows: number): Scene {
  const places = [
    { lane: 0, row: rows },
    { lane: lanes, row: rows + 1 },
  ];
  const corners = places.map((place) => cornerOf(place, 'turn'));
  const { width, height } = sizeOf('turn');
  const edges = (of: (corner: { x: number; y: number }) => number) => Float32Array.from(corners.map(of));
  const boxes = {
    left: edges(({ x }) => x),
    right: edges(({ x }) => x + width),
    top: edges(({ y }) => y),
    bottom: edges(({ y }) => y + height),
  };
  const extent = { left: 0, top: 0, right: 90_000, bottom: 90_000 };
  return { boxes, extent, lane: Int32Array.from([0, lanes]), parent: Int32Array.from([-1, 0]) } as never;
}

test('the card is whole in sight wherever a tree opens, and the one it follows with it where both have room', () => {
  const width = fc.integer({ min: 300, max: 2_000 });
  const height = fc.integer({ min: 320, max: 1_400 });
  fc.assert(
    fc.property(width, height, fc.integer({ min: 0, max: 6 }), fc.nat(500), (wide, high, lanes, rows) => {
      const [tree, size] = [scene(lanes, rows), { width: wide, height: high }];
      const { x, y, zoom } = openingView(tree, 1, size);
      expect(inSight(boxOf(tree, 1), [x, y, zoom], size)).toBe(true);
      const around = withParent(tree, 1);
      if ((around.right - around.left) * 0.5 <= wide - 50)
        expect(inSight(around, [x, y, zoom], size)).toBe(true);
    }),
  );
});

test('a card that is brought in has the one it follows with it, smaller where both have no room', () => {
  const width = fc.integer({ min: 430, max: 1_400 });
  const from = fc.tuple(fc.integer({ min: -3_000, max: 3_000 }), fc.integer({ min: -3_000, max: 3_000 }));
  const zoom = fc.double({ min: 0.5, max: 1.5, noNaN: true });
  fc.assert(
    fc.property(
      width,
      fc.integer({ min: 420, max: 1_000 }),
      fc.nat(3),
      from,
      zoom,
      (wide, high, lanes, [x, y], was) => {
        const [tree, size] = [scene(lanes, 3), { width: wide, height: high }];
        const [box, around] = [boxOf(tree, 1), withParent(tree, 1)];
        const to = broughtInWhole(box, around, [x, y, was], size);
        expect(inSight(box, to ?? [x, y, was], size)).toBe(true);
        if (!to) return;
        expect(to[2]).toBeLessThanOrEqual(was);
        const [across, down] = [around.right - around.left, around.bottom - around.top];
        if (across * 0.5 <= wide - 50 && down * 0.5 <= high - 70)
          expect(inSight(around, to, size)).toBe(true);
      },
    ),
  );
});

describe('a wheel zooms', () => {
  const size = { width: 800, height: 600 };
  const tree = sceneFor(1_000);
  const onScreen = (card: number, [x, y, zoom]: Transform) => {
    const { left, top } = boxOf(tree, card);
    return [left * zoom + x, top * zoom + y];
  };

  test('about the card of the reader while that is in sight', () => {
    const here = 5;
    const { left, right, top, bottom } = boxOf(tree, here);
    const before: Transform = [400 - (left + right) / 2, 300 - (top + bottom) / 2, 1];
    const after = wheelZoomed(tree, here, before, size, { x: 0, y: 0 }, 0.5);
    expect(after[0] + ((left + right) / 2) * 0.5).toBeCloseTo(400);
    expect(after[1] + ((top + bottom) / 2) * 0.5).toBeCloseTo(300);
  });

  test('else about the pointer: what it is on stays under it', () => {
    const [x, y] = onScreen(3, [0, 0, 0.5]) as [number, number];
    const before: Transform = [200 - x, 200 - y, 0.5];
    const after = wheelZoomed(tree, -1, before, size, { x: 200, y: 200 }, 1);
    expect(onScreen(3, after)).toEqual([expect.closeTo(200), expect.closeTo(200)]);
  });

  test('never into empty space', () => {
    const { left, top } = tree.extent;
    // Above and left of all cards, of which some are in sight.
    const before: Transform = [700 - left * 0.2, 500 - top * 0.2, 0.2];
    const after = wheelZoomed(tree, -1, before, size, { x: 5, y: 5 }, 1.5);
    expect(backInSight(tree, after, size)).toBeUndefined();
    const away: Transform = [5_000, 5_000, 1];
    const back = backInSight(tree, away, size);
    expect(back && backInSight(tree, back, size)).toBeUndefined();
    expect(back?.[2]).toBe(1);
  });
});

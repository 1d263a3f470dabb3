import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cornerOf, sizeOf } from './geometry.ts';
import { openingView, withParent } from './opening-view.ts';
import { boxOf, type Scene } from './scene.ts';
import { inSight } from './viewport.ts';

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

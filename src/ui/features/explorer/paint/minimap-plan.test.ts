import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotOnMinimap, fromMinimap, minimapPlan, onMinimap } from './minimap-plan.ts';

const side = fc.integer({ min: 1, max: 3_000_000 });
const extent = fc.record({ left: fc.constant(0), top: fc.constant(-88), right: side, bottom: side });

test('any tree fits, and none is too thin to point at', () => {
  fc.assert(
    fc.property(extent, (tree) => {
      const { width, height } = minimapPlan(tree);
      expect(width).toBeLessThanOrEqual(100);
      expect(height).toBeLessThanOrEqual(320);
      expect(Math.min(width, height)).toBeGreaterThan(0);
    }),
  );
  expect(minimapPlan({ left: 0, top: 0, right: 248, bottom: 4_000 }).width).toBeGreaterThanOrEqual(36);
});

test('a point on it is the place it shows', () => {
  fc.assert(
    fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (tree, at) => {
      const plan = minimapPlan(tree);
      const point = { x: tree.right * at, y: tree.bottom * at };
      const { left, top } = onMinimap(plan, { left: point.x, top: point.y, right: point.x, bottom: point.y });
      const back = fromMinimap(plan, { x: left, y: top });
      expect(back.x).toBeCloseTo(point.x, 3);
      expect(back.y).toBeCloseTo(point.y, 3);
    }),
  );
});

test('a dot is whole wherever it stands, and in the middle of what it marks where there is room', () => {
  const plan = minimapPlan({ left: 0, top: 0, right: 3_000, bottom: 3_000 });
  const at = (x: number, y: number) =>
    dotOnMinimap(plan, { left: x - 100, top: y - 40, right: x + 100, bottom: y + 40 }, 5);
  expect(at(1_500, 1_500)).toEqual({ x: 50, y: 50 });
  expect(at(1_500, 2_990)).toEqual({ x: 50, y: 95 });
  expect(at(20, 20)).toEqual({ x: 5, y: 5 });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelOf } from './zoom-level.ts';

const ORDER = ['far', 'middle', 'near'];

test('nearer never says less', () => {
  const zoom = fc.double({ min: 0.001, max: 2, noNaN: true });
  fc.assert(
    fc.property(zoom, zoom, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(ORDER.indexOf(levelOf(less))).toBeLessThanOrEqual(ORDER.indexOf(levelOf(more)));
    }),
  );
});

test('there are three levels', () => {
  expect([1, 0.5, 0.1].map(levelOf)).toEqual(['near', 'middle', 'far']);
});

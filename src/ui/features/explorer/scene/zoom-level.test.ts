import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelOf, stopBeside } from './zoom-level.ts';

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

test('the buttons stop at three zooms, from any other at the next; a large tree is far at all of it', () => {
  const zoomIn = (zoom: number, whole = 0.6) => stopBeside(zoom, 'in', whole)?.zoom;
  const zoomOut = (zoom: number, whole = 0.6) => stopBeside(zoom, 'out', whole)?.zoom;
  expect([zoomIn(0.01), zoomIn(0.25), zoomIn(0.5), zoomIn(0.9)]).toEqual([0.25, 0.5, 0.9, undefined]);
  expect([zoomOut(1.2), zoomOut(0.9), zoomOut(0.5), zoomOut(0.25)]).toEqual([0.9, 0.5, 0.25, undefined]);
  expect(zoomOut(0.501)).toBe(0.25);
  expect([zoomOut(0.5, 0.01), zoomOut(0.01, 0.01), zoomIn(0.01, 0.01)]).toEqual([0.01, undefined, 0.5]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Boxes, Grid } from './grid.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const at = fc.integer({ min: -2_000, max: 5_000 });
const size = fc.integer({ min: 0, max: 900 });
const box = fc.record({ x: at, y: at, width: size, height: size });
const boxes = fc.array(box, { maxLength: 60 });

function boxesOf(list: readonly Box[]): Boxes {
  return {
    left: Float32Array.from(list, ({ x }) => x),
    top: Float32Array.from(list, ({ y }) => y),
    right: Float32Array.from(list, ({ x, width }) => x + width),
    bottom: Float32Array.from(list, ({ y, height }) => y + height),
  };
}

const gridOf = (list: readonly Box[], cell = 400) => new Grid(boxesOf(list), { width: cell, height: cell });

const rectOf = ({ x, y, width, height }: Box) => ({ left: x, top: y, right: x + width, bottom: y + height });

function meets(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && a.x + a.width >= b.x && a.y <= b.y + b.height && a.y + a.height >= b.y;
}

test('a rectangle finds the boxes that meet it, each once, whatever the cells', () => {
  fc.assert(
    fc.property(boxes, box, fc.integer({ min: 1, max: 3_000 }), (list, rect, cell) => {
      const found = [...gridOf(list, cell).query(rectOf(rect))].sort((a, b) => a - b);
      expect(found).toEqual(list.flatMap((one, index) => (meets(one, rect) ? [index] : [])));
    }),
  );
});

test('the same question again has the same answer', () => {
  fc.assert(
    fc.property(boxes, box, box, (list, one, other) => {
      const grid = gridOf(list);
      const first = [...grid.query(rectOf(one))];
      grid.query(rectOf(other));
      expect([...grid.query(rectOf(one))]).toEqual(first);
    }),
  );
});

test('a point hits a box it lies in, else the nearest within the slack', () => {
  fc.assert(
    fc.property(boxes, at, at, fc.integer({ min: 0, max: 200 }), (list, x, y, slack) => {
      const away = ({ x: left, y: top, width, height }: Box) =>
        Math.hypot(Math.max(left - x, x - left - width, 0), Math.max(top - y, y - top - height, 0));
      const hit = gridOf(list).hit(x, y, slack);
      const nearest = Math.min(...list.map(away));
      if (nearest > slack) expect(hit).toBe(-1);
      else expect(away(list[hit] as Box)).toBe(nearest);
    }),
  );
});

test('a plane that is long, wide and empty has no more cells than it needs', () => {
  const far = [
    { x: 0, y: 0, width: 1, height: 1 },
    { x: 4_000_000, y: 4_000_000, width: 1, height: 1 },
  ];
  expect([...gridOf(far, 1).query({ left: 3e6, top: 3e6, right: 5e6, bottom: 5e6 })]).toEqual([1]);
});

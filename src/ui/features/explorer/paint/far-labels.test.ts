import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Blocks } from '../scene/blocks.ts';
import { Grid } from '../scene/grid.ts';
import { ON_PATH } from '../scene/scene-arrays.ts';
import { farLabels, LABEL } from './far-labels.ts';
import { markBeside } from './paint-marks.ts';

interface Block {
  readonly lane: number;
  readonly row: number;
  readonly rows: number;
  readonly path: boolean;
}

const block = fc.record({
  lane: fc.integer({ min: 0, max: 12 }),
  row: fc.integer({ min: 0, max: 60 }),
  rows: fc.integer({ min: 1, max: 9 }),
  path: fc.boolean(),
});

function blocksOf(list: readonly Block[]): Blocks {
  const boxes = {
    left: Float32Array.from(list, ({ lane }) => lane * 288),
    top: Float32Array.from(list, ({ row }) => row * 144),
    right: Float32Array.from(list, ({ lane }) => lane * 288 + 248),
    bottom: Float32Array.from(list, ({ row, rows }) => (row + rows) * 144 - 48),
  };
  const indexes = Uint32Array.from(list.keys());
  return {
    count: list.length,
    boxes,
    first: indexes,
    last: indexes,
    heads: new Uint8Array(list.length),
    flags: Uint16Array.from(list, ({ path }) => (path ? ON_PATH : 0)),
    turns: new Uint32Array(list.length),
    grid: new Grid(boxes, { width: 2_000, height: 2_000 }),
    ranked: indexes,
  };
}

const zooms = fc.double({ min: 0.01, max: 0.34, noNaN: true });

test('no name stands over another or over the path', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 40 }), zooms, (list, zoom) => {
      const blocks = blocksOf(list);
      const labels = farLabels(blocks, { zoom, widthOf: () => 90 });
      for (const [at, { x, y, width }] of labels.entries()) {
        for (const other of labels.slice(at + 1)) {
          const apart =
            Math.abs(other.y - y) >= LABEL.height - 0.01 ||
            other.x >= x + width ||
            other.x + other.width <= x;
          expect(apart).toBe(true);
        }
        const under = {
          left: x / zoom,
          right: (x + width) / zoom,
          top: (y - 7) / zoom,
          bottom: (y + 7) / zoom,
        };
        for (const index of blocks.grid.query(under)) expect(list[index]?.path).toBe(false);
      }
    }),
  );
});

test('what the bar speaks of is named before all others, and once', () => {
  const list = [0, 1, 2].map((lane) => ({ lane, row: 0, rows: 1, path: lane === 0 }));
  const blocks = blocksOf(list);
  const spoken = [{ card: blocks.first[2] as number, block: 2, middle: 60, width: 90 }];
  const labels = farLabels(blocks, { zoom: 0.05, widthOf: () => 90, spoken });
  expect(labels[0]).toMatchObject({ block: 2, card: blocks.first[2] });
  expect(labels.filter(({ block }) => block === 2)).toHaveLength(1);
});

test('the first is named first, and nothing that has no words', () => {
  const list = [0, 1, 2].map((lane) => ({ lane, row: 0, rows: 1, path: lane === 0 }));
  const labels = farLabels(blocksOf(list), { zoom: 0.05, widthOf: (at) => (at === 1 ? 0 : 90) });
  expect(labels.map((label) => label.block)).toEqual([0, 2]);
});

test('no name stands under a mark of the reader', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 40 }), zooms, (list, zoom) => {
      const blocks = blocksOf(list);
      const { boxes } = blocks;
      const mark = markBeside({ boxes }, 0, zoom, 74);
      for (const { x, y, width } of farLabels(blocks, { zoom, widthOf: () => 90, marks: [mark] })) {
        const [above, below] = [y + LABEL.height / 2 <= mark.top, y - LABEL.height / 2 >= mark.bottom];
        expect(above || below || x >= mark.right || x + width <= mark.left).toBe(true);
      }
    }),
  );
});

test('no name stands left of its block over another, which it would seem to name', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 40 }), zooms, (list, zoom) => {
      const blocks = blocksOf(list);
      for (const { block: own, x, y, width } of farLabels(blocks, { zoom, widthOf: () => 90 })) {
        if (x >= (blocks.boxes.left[own] as number) * zoom) continue;
        const half = LABEL.height / 2 - 1;
        const under = {
          left: x / zoom,
          right: (x + width) / zoom,
          top: (y - half) / zoom,
          bottom: (y + half) / zoom,
        };
        expect(blocks.grid.query(under)).toHaveLength(0);
      }
    }),
  );
});

import { beforeAll, describe, expect, test } from 'vitest';
import '../../../styles.css';
import { boxOf, indexOfMessage } from '../scene/scene.ts';
import { centreOfBox } from '../scene/viewport.ts';
import { LEVELS, type Painted, painted, sceneFor, size } from '../testing/painted.ts';
import { cardOnScreen } from './brush.ts';
import type { PaletteName } from './palette.ts';

/** How much of the picture has a colour of the palette, as parts of all its pixels. */
function share({ ctx, palette }: Painted, name: PaletteName): number {
  const { data } = ctx.getImageData(0, 0, size.width, size.height);
  const [r, g, b] = rgbOf(palette[name]);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const away =
      Math.abs((data[at] as number) - r) +
      Math.abs((data[at + 1] as number) - g) +
      Math.abs((data[at + 2] as number) - b);
    if ((data[at + 3] as number) > 200 && away < 24) count += 1;
  }
  return (count * 4) / data.length;
}

function rgbOf(colour: string): [number, number, number] {
  const ctx = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = ctx.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  beforeAll(() => {
    document.documentElement.classList.toggle('dark', scheme === 'dark');
  });

  test.each(Object.entries(LEVELS))('%s shows the path, words and where one is', (_, zoom) => {
    for (const limit of [0, 1_000]) {
      const picture = painted(sceneFor(limit), { zoom });
      expect(share(picture, 'leaf')).toBeGreaterThan(0.002);
      expect(share(picture, 'ink') + share(picture, 'muted')).toBeGreaterThan(0.0003);
    }
  });

  test.each(Object.entries(LEVELS))('%s shows what is live and what was found', (_, zoom) => {
    const scene = sceneFor(0);
    const live = indexOfMessage(scene, 'live') as number;
    const found = painted(scene, {
      zoom,
      hits: new Map([[indexOfMessage(scene, 'r20') as number, 'current' as const]]),
    });
    expect(share(found, 'warn')).toBeGreaterThan(0.00002);
    expect(share(found, 'hit')).toBeGreaterThan(0.0002);
    expect(share(painted(scene, { zoom }), 'hit')).toBe(0);
    expect(scene.kind[live]).toBe(3);
  });
});

test('words from the right stand at the right end of their card', () => {
  const inkSide = (words: string) => {
    const scene = sceneFor(1_000, () => words);
    const { ctx, view, palette } = painted(scene, { zoom: 0.6 });
    const { left, right, top, bottom } = boxOf(scene, indexOfMessage(scene, 'q21') as number);
    const [x, y] = [left * view.zoom + view.x, top * view.zoom + view.y + 3];
    const width = (right - left) * view.zoom;
    const [r] = rgbOf(palette.ink);
    const ink = (from: number) => {
      const { data } = ctx.getImageData(x + from, y, width / 3, (bottom - top) * view.zoom - 6);
      return data.filter((value, at) => at % 4 === 0 && Math.abs(value - r) < 40).length;
    };
    return ink(6) - ink((width * 2) / 3 - 6);
  };
  document.documentElement.classList.remove('dark');
  expect(inkSide('מים')).toBeLessThan(0);
  expect(inkSide('Eau')).toBeGreaterThan(0);
});

test('what one points at is what is drawn there, at every zoom', () => {
  const scene = sceneFor(1_000);
  for (const zoom of [0.8, 0.4, 0.05]) {
    for (let index = 1; index < scene.count; index += 7) {
      const { x, y } = centreOfBox(boxOf(scene, index));
      const [screenX, screenY] = [Math.round(x * zoom), Math.round(y * zoom)];
      expect(scene.grid.hit(screenX / zoom, screenY / zoom, 4 / zoom)).toBe(index);
    }
  }
});

test.each([0.34, 0.5, 0.69])('marks of cards stand inside them, at a zoom of %d', (zoom) => {
  const context = CanvasRenderingContext2D.prototype;
  const pills: DOMRect[] = [];
  const draw = context.roundRect;
  context.roundRect = function (x, y, width, height, radius) {
    if (height === 15) pills.push(new DOMRect(x, y, width, height));
    draw.call(this, x, y, width, height, radius);
  };
  try {
    const scene = sceneFor(1_000);
    const marked = painted(scene, { zoom, back: indexOfMessage(scene, 'r7') as number });
    const boxes = Array.from({ length: scene.count }, (_, index) =>
      cardOnScreen({ scene, view: marked.view }, index),
    );
    expect(pills.length).toBeGreaterThan(0);
    for (const { left, right, top, bottom } of pills) {
      const own = boxes.filter(
        (box) =>
          box.left < left && box.left + box.width > right && box.top < top && box.top + box.height > bottom,
      );
      expect(own, `${left} to ${right}, ${top} to ${bottom}`).toHaveLength(1);
    }
  } finally {
    context.roundRect = draw;
  }
});

test('what is out of sight is named at the edge of the canvas where no card stands over it', () => {
  const context = CanvasRenderingContext2D.prototype;
  const draw = context.roundRect;
  const pills: DOMRect[] = [];
  context.roundRect = function (x, y, width, height, radius) {
    if (radius === height / 2 && width > 100) pills.push(new DOMRect(x, y, width, height));
    draw.call(this, x, y, width, height, radius);
  };
  try {
    const scene = sceneFor(1_000);
    for (const zoom of [0.7, 0.75, 0.8, 0.85, 0.9]) {
      const all = new Set(Array.from({ length: scene.count }, (_, index) => index));
      // The cards that are named are out of sight, and not mounted.
      all.delete(indexOfMessage(scene, 'r39') as number);
      pills.length = 0;
      const { view } = painted(scene, { zoom, mounted: all });
      expect(pills).toHaveLength(1);
      const [pill] = pills as [DOMRect];
      expect(pill.bottom).toBeLessThanOrEqual(size.height);
      for (const card of all) {
        const { left, top, width, height } = cardOnScreen({ scene, view }, card);
        const apart =
          pill.right <= left || pill.left >= left + width || pill.bottom <= top || pill.top >= top + height;
        expect(apart, `${zoom}, ${card}`).toBe(true);
      }
    }
  } finally {
    context.roundRect = draw;
  }
});

test('selected cards are filled, and a reply one stopped oneself is not red', () => {
  const scene = sceneFor(1_000);
  const picked = new Set([indexOfMessage(scene, 'r20') as number]);
  const filled = (some: ReadonlySet<number>) =>
    share(painted(scene, { zoom: LEVELS.middle, picked: some }), 'hit-soft');
  expect(filled(picked)).toBeGreaterThan(filled(new Set()) + 0.002);
  const ended = (reason: 'stopped' | 'failed') =>
    share(painted(sceneFor(1_000, undefined, reason), { zoom: LEVELS.middle }), 'danger');
  expect(ended('failed')).toBeGreaterThan(0);
  expect(ended('stopped')).toBe(0);
});

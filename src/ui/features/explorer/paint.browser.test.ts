import { beforeAll, describe, expect, test } from 'vitest';
import '../../styles.css';
import {
  emptyTree,
  foldOutline,
  type MessageHeader,
  type OutlineChange,
  turnsOf,
} from '../../../tree/index.ts';
import type { HitKind } from './brush.ts';
import { TextFitter } from './canvas-text.ts';
import { farPlaces } from './far-places.ts';
import { paint } from './paint.ts';
import { type Palette, type PaletteName, paletteOf } from './palette.ts';
import { boxOf, indexOfMessage, type Scene, sceneOf } from './scene.ts';
import { tagsOf } from './tags.ts';
import { centreOfBox, wholeView } from './viewport.ts';

const size = { width: 900, height: 600 };

/** A line of 40 turns; at every fourth reply another way of three turns leaves, and in one of them a reply is being written. */
function treeChanges(words: (n: number) => string): OutlineChange[] {
  const changes: OutlineChange[] = [];
  let time = 0;
  const say = (id: string, parent: string | null, role: 'user' | 'assistant') => {
    time += 1;
    const place = { branch: 'b', start: '0', end: '1', origin: { kind: 'send' }, time } as const;
    const message = {
      id,
      parent,
      role,
      author: { kind: 'user' },
      preview: words(time),
      ...place,
    } as MessageHeader;
    changes.push({ kind: 'message', message });
  };
  for (let n = 0; n < 40; n += 1) {
    say(`q${n}`, n === 0 ? null : `r${n - 1}`, 'user');
    say(`r${n}`, `q${n}`, 'assistant');
    if (n % 4 !== 3) continue;
    for (let m = 0; m < 3; m += 1) {
      say(`side-q${n}-${m}`, m === 0 ? `r${n}` : `side-r${n}-${m - 1}`, 'user');
      if (n !== 19 || m !== 2) say(`side-r${n}-${m}`, `side-q${n}-${m}`, 'assistant');
    }
  }
  const live = { id: 'live', parent: 'side-q19-2', branch: 'b', at: '1', started: 9_000 };
  changes.push({ kind: 'generation', generation: live as never });
  changes.push({
    kind: 'mark',
    mark: { id: 'side-q7-0', at: 1, label: 'Cheap', colour: 'blue', star: true },
  });
  return changes;
}

function sceneFor(
  stubLimit: number,
  words = (n: number) => `Words of message ${n} that say something`,
): Scene {
  const turns = turnsOf(foldOutline(emptyTree, treeChanges(words)));
  const line = Array.from({ length: 40 }, (_, n) => [`q${n}`, `r${n}`]).flat();
  const path = new Set(line.map((id) => turns.turnOf.get(id) as string));
  const folding = { path, selected: null, stubLimit, pathLimit: stubLimit };
  return sceneOf({ turns, title: 'The tree', path: new Set(line), folding });
}

interface Painted {
  readonly ctx: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly view: { readonly x: number; readonly y: number; readonly zoom: number };
}

function painted(scene: Scene, zoom: number, hits: ReadonlyMap<number, HitKind> = new Map()): Painted {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
  const palette = { ...paletteOf(document.documentElement), font: 'sans-serif' };
  const here = indexOfMessage(scene, 'r20') as number;
  const whole = wholeView(scene.extent, size, 1);
  const { x, y } = centreOfBox(boxOf(scene, here));
  const view = zoom === 0 ? whole : { x: size.width / 2 - x * zoom, y: size.height / 2 - y * zoom, zoom };
  const fitter = new TextFitter();
  const tags = tagsOf(scene);
  const named = { scene, here, palette, fitter, tags };
  const places = (at: number) => farPlaces(ctx, { ...named, zoom: at });
  paint(ctx, { ...named, view, size, ratio: 1, over: -1, mounted: new Set(), hits, places });
  return { ctx, palette, view };
}

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

const LEVELS = { near: 0.8, middle: 0.5, far: 0.15, whole: 0 } as const;

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  beforeAll(() => {
    document.documentElement.classList.toggle('dark', scheme === 'dark');
  });

  test.each(Object.entries(LEVELS))('%s shows the path, words and where one is', (_, zoom) => {
    for (const limit of [0, 1_000]) {
      const picture = painted(sceneFor(limit), zoom);
      expect(share(picture, 'leaf')).toBeGreaterThan(0.002);
      expect(share(picture, 'ink') + share(picture, 'muted')).toBeGreaterThan(0.0003);
    }
  });

  test.each(Object.entries(LEVELS))('%s shows what is live and what was found', (_, zoom) => {
    const scene = sceneFor(0);
    const live = indexOfMessage(scene, 'live') as number;
    const found = painted(
      scene,
      zoom,
      new Map([[indexOfMessage(scene, 'r20') as number, 'current' as const]]),
    );
    expect(share(found, 'warn')).toBeGreaterThan(0.00002);
    expect(share(found, 'hit')).toBeGreaterThan(0.0002);
    expect(share(painted(scene, zoom), 'hit')).toBe(0);
    expect(scene.kind[live]).toBe(3);
  });
});

test('words from the right stand at the right end of their card', () => {
  const inkSide = (words: string) => {
    const scene = sceneFor(1_000, () => words);
    const { ctx, view, palette } = painted(scene, 0.6);
    const { left, right, top } = boxOf(scene, indexOfMessage(scene, 'q21') as number);
    const [x, y] = [left * view.zoom + view.x, top * view.zoom + view.y + 8];
    const width = (right - left) * view.zoom;
    const [r] = rgbOf(palette.ink);
    const ink = (from: number) => {
      const { data } = ctx.getImageData(x + from, y, width / 3, 24);
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

/**
 * Pictures of the levels beside this file, light and dark, against what is painted now. Without words, so that they are the same
 * wherever they are made. After a change that is meant: delete the pictures, run the test twice, and look at them.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import '../../styles.css';
import { LEVELS, painted, sceneFor, size } from './testing/painted.ts';

/** Kept half as large: lines of a pixel are still seen. */
const small = { width: size.width / 2, height: size.height / 2 };
/** A channel may be so far off, and so large a part of the pixels: edges are smoothed differently from browser to browser. */
const OFF = 32;
const PART = 0.002;

const known = import.meta.glob<string>('./testing/levels/*.png', {
  eager: true,
  import: 'default',
  query: '?url',
});

function shrunk(source: CanvasImageSource, background?: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, small);
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
  ctx.fillStyle = background ?? '#000';
  ctx.fillRect(0, 0, small.width, small.height);
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(source, 0, 0, small.width, small.height);
  return canvas;
}

const pixels = (canvas: HTMLCanvasElement) =>
  (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, small.width, small.height).data;

async function pictureAt(url: string): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  expect([image.width, image.height]).toEqual([small.width, small.height]);
  return shrunk(image);
}

/** The part of the pixels in which two pictures differ. */
function difference(one: HTMLCanvasElement, other: HTMLCanvasElement): number {
  const [a, b] = [pixels(one), pixels(other)];
  let differ = 0;
  for (let at = 0; at < a.length; at += 4) {
    const away = [0, 1, 2].map((channel) =>
      Math.abs((a[at + channel] as number) - (b[at + channel] as number)),
    );
    if (Math.max(...away) > OFF) differ += 1;
  }
  return (differ * 4) / a.length;
}

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  beforeAll(() => {
    document.documentElement.classList.toggle('dark', scheme === 'dark');
  });

  test.each(Object.entries(LEVELS))('%s looks as it did', async (level, zoom) => {
    const { ctx, palette } = painted(sceneFor(zoom === 0 ? 0 : 1_000), { zoom, wordless: true });
    const now = shrunk(ctx.canvas, palette.paper);
    const file = `./testing/levels/${level}-${scheme}.png`;
    const url = known[file];
    if (!url) {
      const path = `src/ui/features/explorer/${file.slice(2)}`;
      await commands.writeFile(path, now.toDataURL('image/png').split(',')[1] as string, 'base64');
      throw new Error(`There was no picture ${path}: it is made now. Look at it, and run the test again.`);
    }
    expect(difference(now, await pictureAt(url))).toBeLessThan(PART);
  });
});

test('a picture without its lines, without a mark, or moved by a card is another', async () => {
  const { ctx, palette } = painted(sceneFor(1_000), { zoom: LEVELS.middle, wordless: true });
  const before = shrunk(ctx.canvas, palette.paper);
  const moved = painted(sceneFor(1_000), { zoom: LEVELS.middle * 1.02, wordless: true });
  expect(difference(before, shrunk(moved.ctx.canvas, palette.paper))).toBeGreaterThan(PART);
  ctx.fillStyle = palette.paper;
  ctx.fillRect(size.width - 180, size.height - 32, 180, 32);
  expect(difference(before, shrunk(ctx.canvas, palette.paper))).toBeGreaterThan(PART);
});

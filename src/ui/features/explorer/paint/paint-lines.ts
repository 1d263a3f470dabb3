/** The lines from card to card: a few long paths, one for each look. Those of the path come last, on top. */

import { TRUNK } from '../scene/geometry.ts';
import { ASIDE, isOnPath } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';
import type { Brush } from './brush.ts';

const RADIUS = 10;
/** Of lines to asides, in CSS pixels. */
const DASH = [4, 3];
/** So much lower the line to what is live goes across, in CSS pixels: another may go there. */
const BESIDE = 2;

export function paintLines(brush: Brush): void {
  const { ctx, scene, palette, view, sight } = brush;
  const far = levelOf(view.zoom) === 'far';
  // A block has no lines inside.
  const drawn = (index: number) => !far || scene.blocks.heads[index] === 1;
  const isAside = (index: number) => ((scene.flags[index] as number) & ASIDE) !== 0;
  const found = scene.lines.query(sight).filter(drawn);
  const width = Math.max(1, 1.6 * Math.min(1, view.zoom * 1.4));
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  ctx.globalAlpha = far ? 0.55 : 0.8;
  stroke(
    brush,
    found,
    palette['line-strong'],
    width,
    (index) => !isOnPath(scene, index) && !scene.colour[index] && !isAside(index),
  );
  ctx.setLineDash(DASH);
  stroke(brush, found, palette['line-strong'], width, (index) => !isOnPath(scene, index) && isAside(index));
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  for (const [at, colour] of palette.branches.entries()) {
    stroke(
      brush,
      found,
      colour,
      width + 0.5,
      (index) => scene.colour[index] === at + 1 && !isOnPath(scene, index) && !isAside(index),
    );
  }
  stroke(brush, found, palette.leaf, Math.max(2, 2.6 * Math.min(1, view.zoom * 1.4)), (index) =>
    isOnPath(scene, index),
  );
  const toLive = liveLines(brush).filter(drawn);
  if (toLive.length > 0) stroke(brush, Uint32Array.from(toLive), palette.warn, 2, () => true, BESIDE);
}

/** Cards between what is live and the path: by their lines it is found from there. */
function liveLines({ scene, tags }: Brush): number[] {
  const cards = new Set<number>();
  for (const { kind, index } of tags) {
    if (kind !== 'live') continue;
    for (let at = index; at > 0 && !isOnPath(scene, at) && !cards.has(at); at = scene.parent[at] as number)
      cards.add(at);
  }
  return [...cards];
}

function stroke(
  brush: Brush,
  found: Uint32Array,
  colour: string,
  width: number,
  wanted: (index: number) => boolean,
  lower = 0,
): void {
  const { ctx, scene } = brush;
  ctx.beginPath();
  for (const index of found) {
    if ((scene.parent[index] as number) >= 0 && wanted(index)) trace(brush, index, lower);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** Down, across in the gap between the rows or so much lower, down. */
function trace({ ctx, scene, view }: Brush, index: number, lower: number): void {
  const { boxes, parent, exit } = scene;
  const { x, y, zoom } = view;
  const fromX = (exit[index] as number) * zoom + x;
  const toX = ((boxes.left[index] as number) + TRUNK) * zoom + x;
  const fromY = (boxes.bottom[parent[index] as number] as number) * zoom + y;
  const toY = (boxes.top[index] as number) * zoom + y;
  ctx.moveTo(fromX, fromY);
  const across = toX - fromX;
  if (Math.abs(across) < 1) {
    ctx.lineTo(toX, toY);
    return;
  }
  const middle = (fromY + toY) / 2 + lower;
  const radius = Math.min(RADIUS * zoom, Math.abs(across) / 2, (toY - fromY) / 2);
  if (radius < 2) {
    ctx.lineTo(fromX, middle);
    ctx.lineTo(toX, middle);
    ctx.lineTo(toX, toY);
    return;
  }
  const turn = radius * Math.sign(across);
  ctx.lineTo(fromX, middle - radius);
  ctx.quadraticCurveTo(fromX, middle, fromX + turn, middle);
  ctx.lineTo(toX - turn, middle);
  ctx.quadraticCurveTo(toX, middle, toX, middle + radius);
  ctx.lineTo(toX, toY);
}

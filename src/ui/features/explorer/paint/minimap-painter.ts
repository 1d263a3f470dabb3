/** Paints the minimap: the tree once for each change of it, the frame around what is in sight for each move. */

import { liveOf } from '../scene/forks.ts';
import type { Point } from '../scene/geometry.ts';
import type { Rect } from '../scene/grid.ts';
import { boxOf, isOnPath, type Scene } from '../scene/scene.ts';
import type { HitKind } from './brush.ts';
import { dotOnMinimap, type MinimapPlan, onMinimap } from './minimap-plan.ts';
import type { Palette } from './palette.ts';

export interface MinimapPicture {
  readonly scene: Scene;
  readonly plan: MinimapPlan;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The card where the next message goes; -1: none. */
  readonly next: number;
  /** The card that Back leads to; -1: none. */
  readonly back: number;
  readonly hits: ReadonlyMap<number, HitKind>;
}

export interface MinimapTree {
  readonly canvas: HTMLCanvasElement;
  /** Where the reader was and is and what is live: over all else. */
  readonly dots: readonly Dot[];
}

interface Dot extends Point {
  readonly radius: number;
  readonly fill: string;
  readonly line: string;
}

const DOT = { here: 4, live: 3, back: 3, edge: 1.5 } as const;

export function minimapTree(picture: MinimapPicture, palette: Palette, ratio: number): MinimapTree {
  const { scene, plan, hits } = picture;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(plan.width * ratio);
  canvas.height = Math.ceil(plan.height * ratio);
  const tree = { canvas, dots: dotsOf(picture, palette) };
  const ctx = canvas.getContext('2d');
  if (!ctx) return tree;
  ctx.scale(ratio, ratio);
  const { blocks } = scene;
  for (const part of ['side', 'path'] as const) {
    ctx.fillStyle = { side: palette['line-strong'], path: palette.leaf }[part];
    ctx.globalAlpha = part === 'side' ? 0.5 : 1;
    for (let at = 0; at < blocks.count; at += 1) {
      if (isOnPath(blocks, at) !== (part === 'path')) continue;
      fill(ctx, onMinimap(plan, boxOf(blocks, at)), part === 'side' ? 1 : 2);
    }
  }
  ctx.fillStyle = palette.hit;
  for (const index of hits.keys()) fill(ctx, onMinimap(plan, boxOf(scene, index)), 3);
  return tree;
}

export function paintMinimap(
  ctx: CanvasRenderingContext2D,
  tree: MinimapTree,
  { plan, sight, palette, ratio }: { plan: MinimapPlan; sight: Rect; palette: Palette; ratio: number },
): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.drawImage(tree.canvas, 0, 0);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { left, top, right, bottom } = onMinimap(plan, sight);
  const [x, y] = [Math.max(1, left), Math.max(1, top)];
  const width = Math.max(4, Math.min(plan.width - 1, right) - x);
  const height = Math.max(4, Math.min(plan.height - 1, bottom) - y);
  ctx.globalAlpha = 0.12;
  ctx.fillStyle = palette.ink;
  ctx.fillRect(x, y, width, height);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x, y, width, height);
  for (const dot of tree.dots) paintDot(ctx, dot);
}

/** What is live over the reader's place: that has a frame and a path that lead to it. Where Back leads and what is read are rings, under both. */
function dotsOf({ scene, plan, here, next, back }: MinimapPicture, palette: Palette): Dot[] {
  const dots: Dot[] = [];
  const add = (index: number, radius: number, fill: string, line = palette.paper) =>
    dots.push({ ...dotOnMinimap(plan, boxOf(scene, index), radius + DOT.edge / 2), radius, fill, line });
  if (back >= 0) add(back, DOT.back, palette.paper, palette.ink);
  if (here >= 0 && here !== next) add(here, DOT.here, palette.surface, palette.leaf);
  if (next >= 0) add(next, DOT.here, palette.leaf);
  for (const { index } of liveOf(scene)) add(index, DOT.live, palette.warn);
  return dots;
}

function fill(ctx: CanvasRenderingContext2D, { left, top, right, bottom }: Rect, least: number): void {
  ctx.fillRect(left, top, Math.max(least, right - left), Math.max(least, bottom - top));
}

function paintDot(ctx: CanvasRenderingContext2D, { x, y, radius, fill, line }: Dot): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = line;
  ctx.lineWidth = DOT.edge;
  ctx.stroke();
}

/** Paints the minimap: the tree once for each change of it, the frame around what is in sight for each move. */
import type { HitKind } from './brush.ts';
import type { Rect } from './grid.ts';
import { type MinimapPlan, onMinimap } from './minimap-plan.ts';
import type { Palette } from './palette.ts';
import { boxOf, LIVE, ON_PATH, type Scene } from './scene.ts';

export interface MinimapPicture {
  readonly scene: Scene;
  readonly plan: MinimapPlan;
  /** The reader's card; -1: none. */
  readonly here: number;
  readonly hits: ReadonlyMap<number, HitKind>;
}

export function minimapTree({ scene, plan, here, hits }: MinimapPicture, palette: Palette, ratio: number) {
  const tree = document.createElement('canvas');
  tree.width = Math.ceil(plan.width * ratio);
  tree.height = Math.ceil(plan.height * ratio);
  const ctx = tree.getContext('2d');
  if (!ctx) return tree;
  ctx.scale(ratio, ratio);
  const { blocks } = scene;
  for (const part of ['side', 'path', 'live'] as const) {
    ctx.fillStyle = { side: palette['line-strong'], path: palette.leaf, live: palette.warn }[part];
    ctx.globalAlpha = part === 'side' ? 0.5 : 1;
    for (let at = 0; at < blocks.count; at += 1) {
      if (partOf(blocks.flags[at] as number) !== part) continue;
      fill(ctx, onMinimap(plan, boxOf(blocks, at)), part === 'side' ? 1 : 2);
    }
  }
  ctx.fillStyle = palette.hit;
  for (const index of hits.keys()) fill(ctx, onMinimap(plan, boxOf(scene, index)), 3);
  if (here >= 0) dot(ctx, onMinimap(plan, boxOf(scene, here)), palette);
  return tree;
}

export function paintMinimap(
  ctx: CanvasRenderingContext2D,
  tree: HTMLCanvasElement,
  { plan, sight, palette, ratio }: { plan: MinimapPlan; sight: Rect; palette: Palette; ratio: number },
): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.drawImage(tree, 0, 0);
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
}

function partOf(flags: number): 'side' | 'path' | 'live' {
  if (flags & LIVE) return 'live';
  return flags & ON_PATH ? 'path' : 'side';
}

function fill(ctx: CanvasRenderingContext2D, { left, top, right, bottom }: Rect, least: number): void {
  ctx.fillRect(left, top, Math.max(least, right - left), Math.max(least, bottom - top));
}

function dot(ctx: CanvasRenderingContext2D, { left, top, right, bottom }: Rect, palette: Palette): void {
  ctx.beginPath();
  ctx.arc((left + right) / 2, (top + bottom) / 2, 4, 0, Math.PI * 2);
  ctx.fillStyle = palette.leaf;
  ctx.fill();
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

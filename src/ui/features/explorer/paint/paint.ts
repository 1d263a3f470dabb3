/**
 * Draws a scene on a canvas, the same transform as React Flow's: lines and boxes at every zoom, words where no card stands for them.
 * Everything is drawn in CSS pixels of the screen, so that words and marks keep their size. Costs what is in sight.
 */

import { levelOf } from '../scene/zoom-level.ts';
import { type PaintFrame, sightOf } from './brush.ts';
import { paintBlocks } from './paint-blocks.ts';
import { paintCards } from './paint-cards.ts';
import { paintLines } from './paint-lines.ts';
import { paintHits, paintReader } from './paint-marks.ts';

export function paint(ctx: CanvasRenderingContext2D, frame: PaintFrame): void {
  const { view, size, ratio, scene } = frame;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, size.width, size.height);
  if (scene.count === 0) return;
  const brush = { ...frame, ctx, sight: sightOf(view, size) };
  paintLines(brush);
  if (levelOf(view.zoom) === 'far') paintBlocks(brush);
  else paintCards(brush);
  paintHits(brush);
  paintReader(brush);
}

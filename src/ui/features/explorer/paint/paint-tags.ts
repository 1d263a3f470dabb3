/** Labels, what is live and where Back leads from afar: tags with the words they stand for. */

import type { Rect } from '../scene/grid.ts';
import { type Brush, onScreen } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { TAG } from './far-tags.ts';
import type { Palette } from './palette.ts';
import type { Tag } from './tags.ts';

export const tagFont = ({ font }: Pick<Palette, 'font'>): string => `600 11px ${font}`;

export function paintFarTags(brush: Brush): void {
  const { ctx, view, size, fitter, places } = brush;
  ctx.font = tagFont(brush.palette);
  for (const { tag, rect } of places(view.zoom).tags) {
    const [left, top] = [rect.left + view.x, rect.top + view.y];
    const [right, bottom] = [rect.right + view.x, rect.bottom + view.y];
    if (left > size.width || right < 0 || top > size.height || bottom < 0) continue;
    const words = `${tag.lead}: ${tag.words.title}`;
    const text = fitter.withTail(ctx, words, tag.words.amount, right - left - 2 * TAG.pad);
    const card = onScreen(brush, brush.scene.boxes, tag.index);
    // What was cut is given back on the side that is away from its card.
    const wide = fitter.width(ctx, text) + 2 * TAG.pad;
    const toTheLeft = right < card.left + card.width + 1;
    const own = toTheLeft
      ? { left: right - wide, top, right, bottom }
      : { left, top, right: left + wide, bottom };
    leader(brush, tag, own);
    paintTag(brush, tag, own, text);
  }
}

/** From its card to a tag that had to stand higher or lower. */
function leader(brush: Brush, tag: Tag, rect: Rect): void {
  const { ctx, scene, palette } = brush;
  const card = onScreen(brush, scene.boxes, tag.index);
  const [from, to] = [card.top + card.height / 2, (rect.top + rect.bottom) / 2];
  if (Math.abs(from - to) < TAG.height / 2) return;
  const x = rect.left < card.left + card.width / 2 ? card.left : card.left + card.width;
  ctx.beginPath();
  ctx.moveTo(x, from);
  ctx.lineTo(Math.max(rect.left, Math.min(rect.right, x)), to);
  ctx.strokeStyle = tag.kind === 'live' ? palette.warn : edgeOf(brush, tag);
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

function edgeOf({ palette, scene }: Brush, { kind, index }: Tag): string {
  const branch = kind === 'label' ? palette.branches[(scene.colour[index] as number) - 1] : undefined;
  return kind === 'live' ? palette.paper : (branch ?? palette['line-strong']);
}

function paintTag(brush: Brush, tag: Tag, rect: Rect, text: string): void {
  const { ctx, palette } = brush;
  const live = tag.kind === 'live';
  const { left, top, right, bottom } = rect;
  ctx.beginPath();
  ctx.roundRect(left, top, right - left, bottom - top, (bottom - top) / 2);
  ctx.fillStyle = live ? palette.warn : palette.surface;
  ctx.fill();
  ctx.strokeStyle = edgeOf(brush, tag);
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = live ? palette.paper : palette.ink;
  const width = right - left - 2 * TAG.pad;
  drawLine(ctx, text, { left: left + TAG.pad, y: (top + bottom) / 2 + 0.5, width });
}

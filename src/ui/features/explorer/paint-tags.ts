/** Labels, what is live and where Back leads, as tags: on the edge of their card, and from afar with the words they stand for. */

import { type Brush, onScreen } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { TAG } from './far-tags.ts';
import type { Rect } from './grid.ts';
import type { Palette } from './palette.ts';
import type { Tag } from './tags.ts';

/** So high a card has room for two lines. */
export const ROOMY = 34;
/** The widest label on a card. */
const WIDEST = 90;

export const tagFont = ({ font }: Pick<Palette, 'font'>): string => `600 11px ${font}`;

/** On the upper edge of cards, from the right; under "You are here" on the lower one, as is where Back leads. */
export function paintTags(brush: Brush): void {
  const { ctx, scene, mounted, here, size, fitter, tags } = brush;
  ctx.font = tagFont(brush.palette);
  const used = new Map<number, number>();
  for (const tag of tags) {
    if (mounted.has(tag.index)) continue;
    const { left, top, width, height } = onScreen(brush, scene.boxes, tag.index);
    if (left > size.width || left + width < 0 || top > size.height || top + height < 0) continue;
    const back = tag.kind === 'back';
    const end = left + width - (back ? 6 : (used.get(tag.index) ?? 6));
    const text = fitter.fit(ctx, tag.lead, WIDEST);
    const wide = fitter.width(ctx, text) + 2 * TAG.pad;
    // Clear of the card's words; a low card's stand higher.
    const up = height < ROOMY ? TAG.height / 2 - 2 : 3;
    const middle = back || tag.index === here ? top + height + up : top - up;
    const rect = {
      left: end - wide,
      right: end,
      top: middle - TAG.height / 2,
      bottom: middle + TAG.height / 2,
    };
    if (!back) used.set(tag.index, left + width - end + wide + 3);
    paintTag(brush, tag, rect, text);
  }
}

export function paintFarTags(brush: Brush): void {
  const { ctx, view, size, fitter, places } = brush;
  ctx.font = tagFont(brush.palette);
  for (const { tag, rect } of places(view.zoom).tags) {
    const [left, top] = [rect.left + view.x, rect.top + view.y];
    const [right, bottom] = [rect.right + view.x, rect.bottom + view.y];
    if (left > size.width || right < 0 || top > size.height || bottom < 0) continue;
    const text = fitter.withTail(
      ctx,
      `${tag.lead}: ${tag.words.title}`,
      tag.words.amount,
      right - left - 2 * TAG.pad,
    );
    paintTag(brush, tag, { left, top, right, bottom }, text);
  }
}

function paintTag({ ctx, palette, scene }: Brush, { kind, index }: Tag, rect: Rect, text: string): void {
  const live = kind === 'live';
  const { left, top, right, bottom } = rect;
  ctx.beginPath();
  ctx.roundRect(left, top, right - left, bottom - top, (bottom - top) / 2);
  ctx.fillStyle = live ? palette.warn : palette.surface;
  ctx.fill();
  const branch = kind === 'label' ? palette.branches[(scene.colour[index] as number) - 1] : undefined;
  ctx.strokeStyle = live ? palette.paper : (branch ?? palette['line-strong']);
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = live ? palette.paper : palette.ink;
  const width = right - left - 2 * TAG.pad;
  drawLine(ctx, text, { left: left + TAG.pad, y: (top + bottom) / 2 + 0.5, width });
}

/** Cards with a line each: what stands for all of them at the middle zoom, and for those not mounted yet when near. */

import { cardWords } from '../scene/card-words.ts';
import {
  ASIDE,
  FADED,
  isOnPath,
  LIVE,
  ROOT_KIND,
  SEGMENT_KIND,
  STUB_KIND,
  TURN_KIND,
} from '../scene/scene.ts';
import { type Brush, cardOnScreen, type ScreenBox } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { linesAbove, paintRail, type RailSize, tagsByCard } from './paint-rail.ts';

const RADIUS = 12;
const FONT = 12;
const LINE = 16;
/** How strong what was just hidden is. */
const FADE = 0.5;

export function paintCards(brush: Brush): void {
  const { scene, mounted, sight } = brush;
  const all = [...scene.grid.query(sight)].filter((index) => !mounted.has(index));
  const faded = (index: number) => ((scene.flags[index] as number) & FADED) !== 0;
  brush.ctx.globalAlpha = FADE;
  paintAlike(brush, all.filter(faded));
  brush.ctx.globalAlpha = 1;
  paintAlike(
    brush,
    all.filter((index) => !faded(index)),
  );
}

/** All as strong as each other. */
function paintAlike(brush: Brush, cards: readonly number[]): void {
  const { scene, palette } = brush;
  const kind = (index: number) => scene.kind[index];
  const folded = cards.filter((index) => kind(index) === SEGMENT_KIND || kind(index) === STUB_KIND);
  const open = cards.filter((index) => kind(index) === TURN_KIND || kind(index) === ROOT_KIND);
  const path = (index: number) => isOnPath(scene, index);
  const aside = (index: number) => ((scene.flags[index] as number) & ASIDE) !== 0;
  const live = (index: number) => ((scene.flags[index] as number) & LIVE) !== 0;
  stacks(
    brush,
    folded.filter((index) => kind(index) === STUB_KIND),
  );
  boxes(
    brush,
    open.filter((index) => !path(index) && !aside(index)),
    palette.sunken,
    palette.line,
  );
  boxes(
    brush,
    open.filter((index) => !path(index) && aside(index)),
    palette.sunken,
    palette['line-strong'],
    { dashed: true },
  );
  boxes(brush, open.filter(path), palette.surface, palette['line-strong']);
  boxes(
    brush,
    folded.filter((index) => !path(index)),
    palette.sunken,
    palette['line-strong'],
    { dashed: true },
  );
  boxes(brush, folded.filter(path), palette.surface, palette['line-strong'], { dashed: true });
  boxes(brush, cards.filter(live), undefined, palette.warn, { width: 2 });
  boxes(
    brush,
    cards.filter((index) => brush.picked.has(index)),
    palette['hit-soft'],
    palette.hit,
    { width: 2 },
  );
  const tags = tagsByCard(brush.tags);
  for (const index of cards) words(brush, index, paintRail(brush, index, tags, LINE));
}

function boxes(
  brush: Brush,
  cards: readonly number[],
  fill: string | undefined,
  line: string,
  { dashed = false, width = 1 } = {},
): void {
  if (cards.length === 0) return;
  const { ctx } = brush;
  ctx.beginPath();
  for (const index of cards) round(brush, index, cardOnScreen(brush, index));
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fill();
  }
  ctx.setLineDash(dashed ? [4, 3] : []);
  ctx.strokeStyle = line;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.setLineDash([]);
}

function round({ ctx, scene, view }: Brush, index: number, { left, top, width, height }: ScreenBox): void {
  const radius = scene.kind[index] === ROOT_KIND ? height / 2 : Math.min(RADIUS * view.zoom, height / 2);
  ctx.roundRect(left, top, width, height, radius);
}

/** Sheets under a stub: there is more than one card in it. */
function stacks(brush: Brush, cards: readonly number[]): void {
  if (cards.length === 0) return;
  const { ctx, palette, view } = brush;
  const off = Math.max(2, 5 * view.zoom);
  ctx.beginPath();
  for (const index of cards) {
    const box = cardOnScreen(brush, index);
    round(brush, index, { ...box, left: box.left + off, top: box.top + off });
  }
  ctx.fillStyle = palette.sunken;
  ctx.fill();
  ctx.strokeStyle = palette['line-strong'];
  ctx.lineWidth = 1;
  ctx.stroke();
}

/** One line, or two of the same words where a card has room for them above its rail. */
function words(brush: Brush, index: number, rail: RailSize): void {
  const { ctx, scene, palette, fitter } = brush;
  const box = cardOnScreen(brush, index);
  const kind = scene.kind[index];
  const inner = { left: box.left + 7, width: box.width - 14 - (rail.width > 0 ? rail.width + 4 : 0) };
  const { lines, middle } = linesAbove(box, rail, LINE);
  ctx.font = `${kind === TURN_KIND || kind === ROOT_KIND ? '500 ' : ''}${FONT}px ${palette.font}`;
  ctx.fillStyle = palette.ink;
  const { title } = cardWords(scene, index);
  if (lines === 1) {
    drawLine(ctx, fitter.fit(ctx, title, inner.width), { ...inner, y: middle });
    return;
  }
  const [first, second] = fitter.twoLines(ctx, title, inner.width, inner.width);
  if (!second) {
    drawLine(ctx, first, { ...inner, y: middle });
    return;
  }
  drawLine(ctx, first, { ...inner, y: middle - LINE / 2 });
  drawLine(ctx, second, { ...inner, y: middle + LINE / 2 });
}

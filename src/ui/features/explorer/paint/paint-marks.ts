/** Marks of one size at every zoom: where the reader is, what was found, forks, stars. */

import { cardWords } from '../scene/card-words.ts';
import { TRUNK } from '../scene/geometry.ts';
import type { Rect } from '../scene/grid.ts';
import type { Scene } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';
import * as strings from '../strings.ts';
import { type Brush, cardOnScreen, type ScreenBox } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import type { Palette } from './palette.ts';

const PILL = { height: 20, pad: 8 } as const;
/** From the edge of the canvas. */
const EDGE = 6;
/** So much of a card must be in sight for its rail to be. */
const INSIDE = 20;

/** The widest words of a mark from afar, where the card says none. */
const WIDEST = 300;
const LEAST = 120;
const markFont = ({ font }: Pick<Palette, 'font'>): string => `600 11px ${font}`;

/** A mark of where the reader is: `next` is strong, what is read is quiet. */
export interface ReaderMark {
  readonly kind: 'next' | 'reading';
  readonly card: number;
}

const WORDS = { next: strings.nextGoesHere, reading: strings.reading } as const;

/** The strong mark first; where both are on one card, it alone. */
export function readerMarks({
  here,
  next = -1,
}: {
  readonly here: number;
  readonly next?: number;
}): readonly ReaderMark[] {
  const marks: ReaderMark[] = [];
  if (next >= 0) marks.push({ kind: 'next', card: next });
  if (here >= 0 && here !== next) marks.push({ kind: 'reading', card: here });
  return marks;
}

/** Where a mark stands from afar while its card is in sight: beside it. In canvas pixels times the zoom; `width` is that of its words. */
export function markBeside({ boxes }: Pick<Scene, 'boxes'>, card: number, zoom: number, width: number): Rect {
  const edge = (edges: Float32Array) => (edges[card] as number) * zoom;
  const middle = (edge(boxes.top) + edge(boxes.bottom)) / 2;
  const left = edge(boxes.right) + EDGE;
  return {
    left,
    right: left + width + 2 * PILL.pad,
    top: middle - PILL.height / 2,
    bottom: middle + PILL.height / 2,
  };
}

type WordsOptions = Pick<Brush, 'ctx' | 'palette' | 'fitter' | 'scene'>;

/** From afar it says what its card would: it is one of many in a block. */
function farWords({ ctx, fitter, scene }: WordsOptions, { kind, card }: ReaderMark, room = WIDEST): string {
  const { title } = cardWords(scene, card);
  const words = card > 0 ? `${WORDS[kind]}: ${title}` : WORDS[kind];
  return fitter.fit(ctx, words, Math.min(WIDEST, Math.max(LEAST, room)));
}

/** Width of the words of a mark from afar, in CSS pixels. */
export function markWidth(options: WordsOptions, mark: ReaderMark): number {
  options.ctx.font = markFont(options.palette);
  return options.fitter.width(options.ctx, farWords(options, mark));
}

/** Where the next message goes and what is read, over everything else; at the edge of the canvas, with an arrow, where the card is not in sight. */
export function paintReader(brush: Brush): void {
  // A card that is mounted stands over the canvas.
  const taken = [...brush.mounted].map((card): Rect => {
    const { left, top, width, height } = cardOnScreen(brush, card);
    return { left, top, right: left + width, bottom: top + height };
  });
  for (const mark of readerMarks(brush)) if (!brush.mounted.has(mark.card)) paintMark(brush, mark, taken);
}

function paintMark(brush: Brush, mark: ReaderMark, taken: Rect[]): void {
  const { ctx, palette, fitter, view, size } = brush;
  const { left, top, ...box } = cardOnScreen(brush, mark.card);
  const [width, height] = [Math.max(box.width, 6), Math.max(box.height, 6)];
  const strong = mark.kind === 'next';
  ctx.strokeStyle = palette.leaf;
  ctx.lineWidth = 2;
  ctx.setLineDash(strong ? [] : [5, 4]);
  ctx.beginPath();
  ctx.roundRect(left - 1, top - 1, width + 2, height + 2, Math.min(12 * view.zoom, 6));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = markFont(palette);
  const far = levelOf(view.zoom) === 'far';
  // In sight, a card says it in its rail, at its foot.
  const told = { left: left + INSIDE, top: top + height - INSIDE, width: width - 2 * INSIDE, height: 0 };
  const arrow = arrowTo(far ? { left, top, width, height } : told, size);
  if (!far && arrow === '') return;
  const room = size.width - (left + width + 2 * EDGE + 2 * PILL.pad);
  const words = far ? farWords(brush, mark, room) : WORDS[mark.kind];
  const text = arrow + words;
  const wide = fitter.width(ctx, text) + 2 * PILL.pad;
  const x = within(far ? left + width + EDGE : left, EDGE, size.width - wide - EDGE);
  const [highest, lowest] = [EDGE + PILL.height / 2, size.height - EDGE - PILL.height / 2];
  const edge = within(top + height / 2, highest, lowest);
  const at = (middle: number): Rect => ({
    ...{ left: x, right: x + wide },
    ...{ top: middle - PILL.height / 2, bottom: middle + PILL.height / 2 },
  });
  // At the same edge the quiet one stands farther in, and both clear of cards.
  const away = edge > size.height / 2 ? -STEP : STEP;
  let y = edge;
  while (y >= highest && y <= lowest && taken.some((other) => touches(other, at(y)))) y += away;
  if (y < highest || y > lowest) y = edge;
  taken.push(at(y));
  pill(
    brush,
    { left: x, middle: y, wide },
    strong ? palette.leaf : palette.surface,
    strong ? palette.paper : palette.leaf,
  );
  ctx.fillStyle = strong ? palette['on-leaf'] : palette.leaf;
  drawLine(ctx, text, { left: x + PILL.pad, y: y + 0.5, width: wide });
}

/** So far at once, in CSS pixels. */
const STEP = 4;

const touches = (one: Rect, other: Rect): boolean =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

function arrowTo({ left, top, width, height }: ScreenBox, size: Brush['size']): string {
  if (top + height < 0) return '↑ ';
  if (top > size.height) return '↓ ';
  if (left + width < 0) return '← ';
  return left > size.width ? '→ ' : '';
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

function pill(
  { ctx }: Brush,
  { left, middle, wide }: { readonly left: number; readonly middle: number; readonly wide: number },
  fill: string,
  line: string,
): void {
  ctx.beginPath();
  ctx.roundRect(left, middle - PILL.height / 2, wide, PILL.height, PILL.height / 2);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = line;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

/** A ring around what was found, at least as large as can be seen; the one that is looked at is filled. */
export function paintHits(brush: Brush): void {
  const { ctx, palette, hits, size } = brush;
  ctx.setLineDash([]);
  for (const [index, kind] of hits) {
    const box = cardOnScreen(brush, index);
    if (box.left > size.width || box.top > size.height) continue;
    if (box.left + box.width < 0 || box.top + box.height < 0) continue;
    const current = kind === 'current';
    const around = current ? 4 : 2;
    ctx.beginPath();
    const [width, height] = [Math.max(box.width, 5), Math.max(box.height, 5)];
    ctx.roundRect(box.left - around, box.top - around, width + 2 * around, height + 2 * around, 5);
    ctx.strokeStyle = palette.hit;
    ctx.lineWidth = current ? 4 : 2;
    ctx.stroke();
  }
}

/** It was stopped: whoever did so knows why, that is no error. */
export function square({ ctx, palette }: Brush, x: number, y: number): void {
  ctx.fillStyle = palette.muted;
  ctx.fillRect(x - 3.5, y - 3.5, 7, 7);
}

export function dash({ ctx, palette }: Brush, x: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(x - 3, y - 3);
  ctx.lineTo(x + 3, y + 3);
  ctx.moveTo(x + 3, y - 3);
  ctx.lineTo(x - 3, y + 3);
  ctx.strokeStyle = palette.danger;
  ctx.lineWidth = 2;
  ctx.stroke();
}

/** A sheet with lines on it: a summary. */
export function sheet({ ctx, palette }: Brush, x: number, y: number): void {
  ctx.beginPath();
  ctx.rect(x - 4, y - 5, 8, 10);
  ctx.fillStyle = palette.paper;
  ctx.fill();
  for (const line of [-2, 0, 2]) {
    ctx.moveTo(x - 2, y + line);
    ctx.lineTo(x + 2, y + line);
  }
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1;
  ctx.stroke();
}

export function star({ ctx, palette }: Brush, x: number, y: number): void {
  ctx.beginPath();
  for (let point = 0; point < 10; point += 1) {
    const radius = point % 2 === 0 ? 6 : 2.6;
    const angle = (point * Math.PI) / 5 - Math.PI / 2;
    ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  ctx.closePath();
  // Not the colour of what is live.
  ctx.fillStyle = palette.ink;
  ctx.fill();
}

export function diamond({ ctx, palette }: Brush, x: number, y: number, colour: string, half = 5): void {
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = 1;
  ctx.stroke();
}

/** Where the ways part under a card or block. */
export function forkPoint(brush: Brush, index: number, colour: string, half: number): void {
  const { scene, view } = brush;
  const x = ((scene.boxes.left[index] as number) + TRUNK) * view.zoom + view.x;
  const y = (scene.boxes.bottom[index] as number) * view.zoom + view.y;
  diamond(brush, x, y, colour, half);
}

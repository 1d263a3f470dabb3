/**
 * What a card is marked with, in rows along its foot and inside its edge, as the rail of a card that is near: where the reader is, what is
 * live, its label, where Back leads, then its counts. What finds no room in the last row is left out.
 */

import { amountOf } from '../scene/card-words.ts';
import { sinceOn, versionOn, waysFrom } from '../scene/diagram-model.ts';
import { BROKEN, FORK, FRESH, LABELLED, ROOT_KIND, STARRED, STOPPED, SUMMARISED } from '../scene/scene.ts';
import * as strings from '../strings.ts';
import { type Brush, cardOnScreen, type ScreenBox } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { dash, diamond, sheet, square, star } from './paint-marks.ts';
import type { Tag } from './tags.ts';

/** Sizes in CSS pixels: they are the same at every zoom. */
const RAIL = { row: 17, pill: 15, pad: 5, gap: 4, inset: 6, foot: 3, most: 2 } as const;
/** A label is cut down to this before it is left out. */
const LEAST_LABEL = 34;

/** One mark of a rail, `width` wide and at least `least`; drawn from `left` on, around the height `y`. */
interface Item {
  readonly width: number;
  readonly least: number;
  readonly draw: (left: number, y: number, width: number) => void;
}

interface PlacedItem {
  readonly item: Item;
  readonly left: number;
  readonly width: number;
  readonly row: number;
}

/** Tags by the card they stand on. */
export type TagsByCard = ReadonlyMap<number, readonly Tag[]>;

export function tagsByCard(tags: readonly Tag[]): TagsByCard {
  const found = new Map<number, Tag[]>();
  for (const tag of tags) found.set(tag.index, [...(found.get(tag.index) ?? []), tag]);
  return found;
}

/** Draws the rail of card `index`, above whose rows `line` px are left for words at least. Returns how high and, beside a root, how wide it is. */
export function paintRail(brush: Brush, index: number, tags: TagsByCard, line: number): RailSize {
  const items = itemsOf(brush, index, tags.get(index) ?? []);
  if (items.length === 0) return NONE;
  const box = cardOnScreen(brush, index);
  const root = brush.scene.kind[index] === ROOT_KIND;
  const rows = root ? 1 : Math.min(RAIL.most, Math.floor((box.height - line - 2 * RAIL.foot) / RAIL.row));
  const placed = place(items, box.width - 2 * RAIL.inset, Math.max(1, rows));
  const [used, wide] = [
    (placed.at(-1)?.row ?? -1) + 1,
    ...placed.slice(-1).map((one) => one.left + one.width),
  ];
  // The conversation's own card is one line: its rail stands at the end of that.
  const left = root ? box.left + box.width - RAIL.inset - (wide ?? 0) : box.left + RAIL.inset;
  const foot = box.top + box.height - RAIL.foot;
  for (const { item, left: at, width, row } of placed) {
    const y = root ? box.top + box.height / 2 : foot - (used - row - 0.5) * RAIL.row;
    item.draw(left + at, y, width);
  }
  return root ? { height: 0, width: wide ?? 0 } : { height: used * RAIL.row, width: 0 };
}

export interface RailSize {
  readonly height: number;
  readonly width: number;
}
const NONE: RailSize = { height: 0, width: 0 };

/** In the order of their worth, from the left and row by row. */
function place(items: readonly Item[], room: number, rows: number): readonly PlacedItem[] {
  const placed: PlacedItem[] = [];
  let [row, left] = [0, 0];
  for (const item of items) {
    // Cut only where no other row is left.
    if (left > 0 && left + item.width > room && row + 1 < rows) [row, left] = [row + 1, 0];
    if (left + item.least > room) continue;
    const width = Math.min(item.width, room - left);
    placed.push({ item, left, width, row });
    left += width + RAIL.gap;
  }
  return placed;
}

function itemsOf(brush: Brush, index: number, tags: readonly Tag[]): readonly Item[] {
  const { palette, scene, here, next } = brush;
  const flags = scene.flags[index] as number;
  const card = scene.cards[index - 1];
  const tag = (kind: Tag['kind']) => tags.find((one) => one.kind === kind);
  const items: Item[] = [];
  const add = (item: Item | false | '' | undefined) => item && items.push(item);
  add(index === next && pill(brush, strings.nextHere, { fill: palette.leaf, ink: palette['on-leaf'] }));
  add(
    index === here &&
      index !== next &&
      pill(brush, strings.reading, { line: palette.leaf, ink: palette.leaf }),
  );
  const [live, back, label] = [tag('live'), tag('back'), tag('label')];
  add(live && pill(brush, live.lead, { fill: palette.warn, ink: palette.paper }));
  add(label && pill(brush, label.lead, { line: lineOf(brush, index), ink: palette.ink }, LEAST_LABEL));
  add(back && pill(brush, back.brief ?? back.lead, { line: palette['line-strong'], ink: palette.ink }));
  const among = versionOn(scene, index);
  add(among && text(brush, `${among.n} / ${among.of}`, palette.muted));
  if (flags & FORK) {
    add(sign(9, (left, y) => diamond(brush, left + 5, y, palette.leaf)));
    add(text(brush, String(waysFrom(scene, index)), palette.leaf));
  }
  add((flags & BROKEN) !== 0 && sign(8, (left, y) => dash(brush, left + 4, y)));
  add((flags & STOPPED) !== 0 && sign(9, (left, y) => square(brush, left + 4.5, y)));
  add((flags & SUMMARISED) !== 0 && sign(9, (left, y) => sheet(brush, left + 4.5, y)));
  // With a label the star stands in its tag.
  add((flags & (STARRED | LABELLED)) === STARRED && sign(12, (left, y) => star(brush, left + 6, y)));
  add((flags & FRESH) !== 0 && sign(8, (left, y) => dot(brush, left + 4, y)));
  const since = sinceOn(scene, index);
  add(since && text(brush, strings.linesChanged(since), palette.muted));
  const much = card && card.kind !== 'turn' && amountOf(card).split(' · ')[0];
  add(much && text(brush, among ? `· ${much}` : much, palette.muted));
  return items;
}

const lineOf = ({ palette, scene }: Brush, index: number): string =>
  palette.branches[(scene.colour[index] as number) - 1] ?? palette['line-strong'];

const sign = (width: number, draw: Item['draw']): Item => ({ width, least: width, draw });

function dot({ ctx, palette }: Brush, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, 4, 0, Math.PI * 2);
  ctx.fillStyle = palette.hit;
  ctx.fill();
}

interface PillLook {
  /** Absent: the card's own ground. */
  readonly fill?: string;
  readonly line?: string;
  readonly ink: string;
}

function pill(
  { ctx, palette, fitter }: Brush,
  words: string,
  { fill, line, ink }: PillLook,
  least?: number,
): Item {
  const font = `600 10.5px ${palette.font}`;
  ctx.font = font;
  const own = fitter.width(ctx, words) + 2 * RAIL.pad;
  const draw: Item['draw'] = (left, y, width) => {
    ctx.font = font;
    ctx.beginPath();
    ctx.roundRect(left + 0.5, y - RAIL.pill / 2, width - 1, RAIL.pill, RAIL.pill / 2);
    ctx.fillStyle = fill ?? palette.surface;
    ctx.fill();
    if (line) {
      ctx.strokeStyle = line;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
    ctx.fillStyle = ink;
    const inner = width - 2 * RAIL.pad;
    drawLine(ctx, fitter.fit(ctx, words, inner + 0.5), { left: left + RAIL.pad, y: y + 0.5, width: inner });
  };
  return { width: own, least: Math.min(own, least ?? own), draw };
}

function text({ ctx, palette, fitter }: Brush, words: string, colour: string): Item {
  const font = `500 10.5px ${palette.font}`;
  ctx.font = font;
  const width = fitter.width(ctx, words);
  return sign(width, (left, y) => {
    ctx.font = font;
    ctx.fillStyle = colour;
    drawLine(ctx, words, { left, y: y + 0.5, width });
  });
}

/** Where the words of a card have their middle, and how many lines of them there is room for above its rail. */
export function linesAbove(
  box: ScreenBox,
  rail: RailSize,
  line: number,
): { readonly lines: 1 | 2; readonly middle: number } {
  const free = box.height - rail.height - (rail.height > 0 ? RAIL.foot : 0);
  return { lines: free >= 2 * line + 2 ? 2 : 1, middle: box.top + free / 2 };
}

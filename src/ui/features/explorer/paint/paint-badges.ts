/** What a card is marked with, on its lower edge: its words have the lines to themselves. */

import { amountOf } from '../scene/card-words.ts';
import { versionOn, waysFrom } from '../scene/diagram-model.ts';
import { BROKEN, FORK, FRESH, isOnPath, LABELLED, ROOT_KIND, STARRED } from '../scene/scene.ts';
import { type Brush, cardOnScreen, ROOMY } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { dash, diamond, star } from './paint-marks.ts';

const PILL = { height: 15, pad: 5, gap: 5, inset: 5 } as const;

/** What "Was here" takes of the edge. */
const BACK = 72;

/** One mark of a pill: so wide, drawn from `left` on. */
interface Badge {
  readonly width: number;
  readonly draw: (left: number, y: number) => void;
}

/** `back`: the card that Back leads to, whose tag takes a part of the edge. Default: none. */
export function paintBadges(brush: Brush, index: number, back = -1): void {
  const { ctx, scene, palette } = brush;
  const box = cardOnScreen(brush, index);
  const most = box.width - 2 * PILL.pad - PILL.inset - (index === back ? BACK : PILL.inset);
  let wide = -PILL.gap;
  const badges = badgesOf(brush, index).filter(({ width }) => {
    if (wide + PILL.gap + width > most) return false;
    wide += PILL.gap + width;
    return true;
  });
  if (badges.length === 0) return;
  const root = scene.kind[index] === ROOT_KIND;
  const right = box.left + box.width + (root ? wide + 2 * PILL.pad + PILL.gap : -PILL.inset);
  const left = right - wide - 2 * PILL.pad;
  const middle = box.top + box.height / 2;
  // Clear of the card's words, one line or two; beside the conversation's card nothing is.
  const below = Math.max(box.top + box.height + 1, middle + (box.height < ROOMY ? 14 : 22));
  const y = root ? middle : below;
  ctx.beginPath();
  ctx.roundRect(left, y - PILL.height / 2, right - left, PILL.height, PILL.height / 2);
  ctx.fillStyle = isOnPath(scene, index) ? palette.surface : palette.sunken;
  ctx.fill();
  ctx.strokeStyle = palette.line;
  ctx.lineWidth = 1;
  ctx.stroke();
  let at = left + PILL.pad;
  for (const { width, draw } of badges) {
    draw(at, y);
    at += width + PILL.gap;
  }
}

/** From the left; where there is no room for all, later ones are left out. */
function badgesOf(brush: Brush, index: number): readonly Badge[] {
  const { ctx, palette, scene } = brush;
  const flags = scene.flags[index] as number;
  const card = scene.cards[index - 1];
  const badges: Badge[] = [];
  const dot = (left: number, y: number) => {
    ctx.beginPath();
    ctx.arc(left + 4, y, 4, 0, Math.PI * 2);
    ctx.fillStyle = palette.hit;
    ctx.fill();
  };
  const among = versionOn(scene, index);
  if (among) badges.push(text(brush, `${among.n} / ${among.of}`, palette.muted));
  if (flags & FORK) {
    badges.push({ width: 10, draw: (left, y) => diamond(brush, left + 5, y, palette.leaf) });
    badges.push(text(brush, String(waysFrom(scene, index)), palette.leaf));
  }
  if (flags & BROKEN) badges.push({ width: 8, draw: (left, y) => dash(brush, left + 4, y) });
  // With a label the star stands in its tag.
  if (flags & STARRED && !(flags & LABELLED))
    badges.push({ width: 12, draw: (left, y) => star(brush, left + 6, y) });
  if (flags & FRESH) badges.push({ width: 8, draw: dot });
  if (card && card.kind !== 'turn') {
    const [much = ''] = amountOf(card).split(' · ');
    badges.push(text(brush, much, palette.muted));
  }
  return badges;
}

function text({ ctx, palette, fitter }: Brush, words: string, colour: string): Badge {
  const font = `500 10.5px ${palette.font}`;
  ctx.font = font;
  const width = fitter.width(ctx, words);
  const draw = (left: number, y: number) => {
    ctx.font = font;
    ctx.fillStyle = colour;
    drawLine(ctx, words, { left, y: y + 0.5, width });
  };
  return { width, draw };
}

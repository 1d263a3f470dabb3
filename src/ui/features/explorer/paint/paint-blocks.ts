/** The tree from afar: blocks, fork points, what is live, and the names of blocks that matter. */

import { turnsText } from '../scene/amounts.ts';
import { type CardWords, cardWords } from '../scene/card-words.ts';
import {
  FADED,
  FORK,
  LABELLED,
  LIVE,
  ON_PATH,
  type Scene,
  STARRED,
  STUB_KIND,
  SUMMARISED,
  TURN_KIND,
} from '../scene/scene.ts';
import { type Brush, onScreen, type ScreenBox } from './brush.ts';
import { drawLine } from './canvas-text.ts';
import { LABEL } from './far-labels.ts';
import { forkPoint, star } from './paint-marks.ts';
import { paintFarTags } from './paint-tags.ts';
import type { Palette } from './palette.ts';

/** Blocks are never thinner than this, in CSS pixels. */
const LEAST = { side: 2, path: 4 } as const;

export function paintBlocks(brush: Brush): void {
  const { scene, sight, palette } = brush;
  const { blocks } = scene;
  const found = Uint32Array.from(blocks.grid.query(sight));
  const bits = (at: number) => blocks.flags[at] as number;
  const kind = (at: number) => scene.kind[blocks.first[at] as number];
  const path = (at: number) => (bits(at) & ON_PATH) !== 0;
  const stub = (at: number) => kind(at) === STUB_KIND;
  const faded = (at: number) => (bits(at) & FADED) !== 0;
  const plain = (at: number) => !path(at) && !faded(at) && !colourOf(brush, at);
  fill(brush, found, palette['line-strong'], 0.2, faded);
  fill(brush, found, palette['line-strong'], 0.45, (at) => plain(at) && !stub(at));
  fill(brush, found, palette['line-strong'], 0.7, (at) => plain(at) && stub(at));
  for (const [colour, value] of palette.branches.entries()) {
    fill(brush, found, value, 0.8, (at) => !path(at) && !faded(at) && colourOf(brush, at) === colour + 1);
  }
  fill(brush, found, palette.leaf, 0.85, path);
  live(brush, found);
  marks(brush, found);
  names(brush);
  paintFarTags(brush);
}

/** Of a block only the card with the reply that is being written. */
function live(brush: Brush, found: Uint32Array): void {
  const { ctx, scene, palette } = brush;
  ctx.fillStyle = palette.warn;
  for (const at of found) {
    if (((scene.blocks.flags[at] as number) & LIVE) === 0) continue;
    const last = scene.blocks.last[at] as number;
    const { left, top, width, height } = onScreen(brush, scene.boxes, last);
    ctx.fillRect(left, top, Math.max(width, LEAST.path), Math.max(height, LEAST.path));
  }
}

const colourOf = ({ scene }: Brush, at: number): number =>
  scene.colour[scene.blocks.first[at] as number] as number;

function fill(
  brush: Brush,
  found: Uint32Array,
  colour: string,
  alpha: number,
  wanted: (at: number) => boolean,
): void {
  const { ctx } = brush;
  ctx.beginPath();
  let any = false;
  for (const at of found) {
    if (!wanted(at)) continue;
    any = true;
    const { left, top, width, height } = blockBox(brush, at);
    if (width > 10) ctx.roundRect(left, top, width, height, Math.min(4, height / 2));
    else ctx.rect(left, top, width, height);
  }
  if (!any) return;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = 1;
}

function blockBox(brush: Brush, at: number): ScreenBox {
  const { blocks } = brush.scene;
  const box = onScreen(brush, blocks.boxes, at);
  const least = (blocks.flags[at] as number) & ON_PATH ? LEAST.path : LEAST.side;
  return { ...box, width: Math.max(box.width, least), height: Math.max(box.height, least) };
}

/** Fork points of the path always, others while they do not touch; stars always. */
function marks(brush: Brush, found: Uint32Array): void {
  const { scene, palette, view } = brush;
  const { blocks } = scene;
  const half = Math.max(2.5, Math.min(5, 40 * view.zoom));
  for (const at of found) {
    const bits = blocks.flags[at] as number;
    const last = blocks.last[at] as number;
    const forks = ((scene.flags[last] as number) & FORK) !== 0;
    if (forks && bits & ON_PATH) forkPoint(brush, last, palette.ink, half);
    else if (forks && view.zoom > 0.06) forkPoint(brush, last, palette.muted, half * 0.8);
    if (bits & SUMMARISED) summaries(brush, at);
    // With a label the star stands in its tag.
    if (!(bits & STARRED) || bits & LABELLED) continue;
    const box = blockBox(brush, at);
    star(brush, box.left + box.width / 2, box.top + 6);
  }
}

/** Across the line, under the card it follows. */
function summaries(brush: Brush, at: number): void {
  const { ctx, scene, palette } = brush;
  const { first, last } = scene.blocks;
  ctx.fillStyle = palette.ink;
  for (let card = first[at] as number; card <= (last[at] as number); card += 1) {
    if (((scene.flags[card] as number) & SUMMARISED) === 0) continue;
    const { left, top, width, height } = onScreen(brush, scene.boxes, card);
    ctx.fillRect(left - 2, top + Math.max(height, LEAST.path), Math.max(width, LEAST.path) + 4, 1.5);
  }
}

function names(brush: Brush): void {
  const { ctx, scene, palette, view, size, fitter, places } = brush;
  ctx.font = nameFont(palette);
  for (const { block, card, x, y, width } of places(view.zoom).names) {
    const [left, middle] = [x + view.x, y + view.y];
    if (
      left > size.width ||
      left + width < 0 ||
      middle < -LABEL.height ||
      middle > size.height + LABEL.height
    )
      continue;
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = palette.paper;
    ctx.fillRect(left - 2, middle - LABEL.height / 2, width + 4, LABEL.height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = (scene.blocks.flags[block] as number) & ON_PATH ? palette.ink : palette.muted;
    const { title, amount } = card === undefined ? blockWords(scene, block) : cardWords(scene, card);
    drawLine(ctx, fitter.withTail(ctx, title, amount, width), { left, y: middle, width });
  }
}

export const nameFont = ({ font }: Pick<Palette, 'font'>): string => `400 11px ${font}`;

/** What the first card of a block says, and how much the block is. */
export function blockWords(scene: Scene, block: number): CardWords {
  const first = scene.blocks.first[block] as number;
  const turns = scene.blocks.turns[block] as number;
  const { title, amount } = cardWords(scene, first);
  return { title, amount: scene.kind[first] === TURN_KIND && turns > 1 ? turnsText(turns) : amount };
}

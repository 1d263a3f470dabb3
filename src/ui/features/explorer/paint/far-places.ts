/** Places of all that is named from afar: where the reader is, then tags, then names where there is room. */

import { type CardWords, cardWords } from '../scene/card-words.ts';
import { boxOf } from '../scene/scene.ts';
import { roomBeside } from '../scene/viewport.ts';
import type { FarPlaces, PaintFrame } from './brush.ts';
import { farLabels, LABEL } from './far-labels.ts';
import { farTags } from './far-tags.ts';
import { blockWords, nameFont } from './paint-blocks.ts';
import { markBeside, markWidth, readerMarks } from './paint-marks.ts';
import { tagFont } from './paint-tags.ts';
import { joined } from './tags.ts';

type PlacesOptions = Pick<PaintFrame, 'scene' | 'here' | 'next' | 'palette' | 'fitter' | 'tags' | 'size'> & {
  readonly zoom: number;
  /** Cards that are named before all others. Default: none. */
  readonly spoken?: readonly number[] | undefined;
};

export function farPlaces(
  ctx: CanvasRenderingContext2D,
  { scene, here, next = -1, zoom, palette, fitter, tags, size, spoken = [] }: PlacesOptions,
): FarPlaces {
  // What is seen whole has its names in sight too.
  const room = roomBeside(scene.extent, size, zoom) - LABEL.gap;
  const widest = Math.min(LABEL.widest, room - LABEL.gap);
  const reader = readerMarks({ here, next }).map((mark) =>
    markBeside(scene, mark.card, zoom, markWidth({ ctx, palette, fitter, scene }, mark)),
  );
  ctx.font = tagFont(palette);
  const placed = farTags(scene, joined(tags), {
    zoom,
    marks: reader,
    room,
    widthOf: ({ lead, words: { title, amount } }) =>
      Math.min(2 * widest, fitter.width(ctx, `${lead}: ${title}${amount && ` · ${amount}`}`)),
  });
  const tagged = new Set(placed.map(({ tag }) => tag.index));
  ctx.font = nameFont(palette);
  const widthOf = ({ title, amount }: CardWords) =>
    Math.min(widest, fitter.width(ctx, amount ? `${title} · ${amount}` : title));
  const names = farLabels(scene.blocks, {
    zoom,
    spoken: spoken
      // Its tag says it already.
      .filter((card) => !tagged.has(card))
      .map((card) => {
        const { top, bottom } = boxOf(scene, card);
        return {
          card,
          block: blockOf(scene, card),
          middle: (top + bottom) / 2,
          width: widthOf(cardWords(scene, card)),
        };
      }),
    marks: [...reader, ...placed.map(({ rect }) => rect)],
    widthOf: (block) => {
      if (tagged.has(scene.blocks.first[block] as number)) return 0;
      return widthOf(blockWords(scene, block));
    },
  });
  return { names, tags: placed };
}

/** The block a card is in: the last that begins in its lane at or above it. */
function blockOf({ blocks, lane, row }: PaintFrame['scene'], card: number): number {
  let [found, from] = [0, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < blocks.count; at += 1) {
    const first = blocks.first[at] as number;
    const begins = row[first] as number;
    if (lane[first] === lane[card] && begins <= (row[card] as number) && begins > from)
      [found, from] = [at, begins];
  }
  return found;
}

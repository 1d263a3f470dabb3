/** Places of all that is named from afar: "You are here", then tags, then names where there is room. */
import type { FarPlaces, Frame } from './brush.ts';
import { farLabels, LABEL } from './far-labels.ts';
import { farTags } from './far-tags.ts';
import { blockWords, nameFont } from './paint-blocks.ts';
import { hereMark, hereWidth } from './paint-marks.ts';
import { tagFont } from './paint-tags.ts';
import { roomForNames } from './viewport.ts';

type Options = Pick<Frame, 'scene' | 'here' | 'palette' | 'fitter' | 'tags' | 'size'> & {
  readonly zoom: number;
};

export function farPlaces(
  ctx: CanvasRenderingContext2D,
  { scene, here, zoom, palette, fitter, tags, size }: Options,
): FarPlaces {
  // What is seen whole has its names in sight too.
  const widest = Math.min(LABEL.widest, roomForNames(size.width) - LABEL.gap);
  const mark =
    here < 0 ? undefined : hereMark(scene, here, zoom, hereWidth({ ctx, palette, fitter, scene, here }));
  ctx.font = tagFont(palette);
  const placed = farTags(scene, tags, {
    zoom,
    mark,
    widthOf: ({ lead, words: { title, amount } }) =>
      Math.min(2 * widest, fitter.width(ctx, `${lead}: ${title}${amount && ` · ${amount}`}`)),
  });
  const tagged = new Set(placed.map(({ tag }) => tag.index));
  ctx.font = nameFont(palette);
  const names = farLabels(scene.blocks, {
    zoom,
    marks: [...(mark ? [mark] : []), ...placed.map(({ rect }) => rect)],
    widthOf: (block) => {
      // Its tag says it already.
      if (tagged.has(scene.blocks.first[block] as number)) return 0;
      const { title, amount } = blockWords(scene, block);
      return Math.min(widest, fitter.width(ctx, amount ? `${title} · ${amount}` : title));
    },
  });
  return { names, tags: placed };
}

/** Places of all that is named from afar: "You are here", then tags, then names where there is room. */
import type { FarPlaces, Frame } from './brush.ts';
import { farLabels, LABEL } from './far-labels.ts';
import { farTags } from './far-tags.ts';
import { blockWords, nameFont } from './paint-blocks.ts';
import { hereMark, hereWidth } from './paint-marks.ts';
import { tagFont } from './paint-tags.ts';
import { joined } from './tags.ts';
import { roomBeside } from './viewport.ts';

type Options = Pick<Frame, 'scene' | 'here' | 'palette' | 'fitter' | 'tags' | 'size'> & {
  readonly zoom: number;
  /** The card of the way not taken at the nearest fork: it is named if any is. -1: none. Default: none. */
  readonly other?: number;
};

export function farPlaces(
  ctx: CanvasRenderingContext2D,
  { scene, here, zoom, palette, fitter, tags, size, other = -1 }: Options,
): FarPlaces {
  // What is seen whole has its names in sight too.
  const room = roomBeside(scene.extent, size) - LABEL.gap;
  const widest = Math.min(LABEL.widest, room - LABEL.gap);
  const mark =
    here < 0 ? undefined : hereMark(scene, here, zoom, hereWidth({ ctx, palette, fitter, scene, here }));
  ctx.font = tagFont(palette);
  const placed = farTags(scene, joined(tags), {
    zoom,
    mark,
    room,
    widthOf: ({ lead, words: { title, amount } }) =>
      Math.min(2 * widest, fitter.width(ctx, `${lead}: ${title}${amount && ` · ${amount}`}`)),
  });
  const tagged = new Set(placed.map(({ tag }) => tag.index));
  ctx.font = nameFont(palette);
  const names = farLabels(scene.blocks, {
    zoom,
    first: blockOf(scene, other),
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

/** The block that begins with a card; undefined where none does. */
function blockOf({ blocks }: Frame['scene'], index: number): number | undefined {
  const at = index < 0 ? -1 : blocks.first.indexOf(index);
  return at < 0 ? undefined : at;
}

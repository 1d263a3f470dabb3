/** Which cards are worth mounting: those in sight when one is near, and for a while those around. Pure. */

import { sightOf, type View } from '../paint/brush.ts';
import type { Rect } from '../scene/grid.ts';
import { idOf, type Scene } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';

/** Mounted in one step: the canvas stands in for the rest, so that no frame waits for many. On a slow machine a few. */
export const AT_ONCE = { least: 2, most: 6 } as const;
/** Mounted around what is in sight, as parts of it; and kept. */
const AROUND = 0.15;
const KEPT = 0.5;

export interface Near {
  /** Ids of the cards to mount. */
  readonly ids: readonly string[];
  /** Not all that are wanted: ask again. */
  readonly more: boolean;
}

const nobody: Near = { ids: [], more: false };

/** `before`: ids that are mounted; `atOnce`: as many more in this step. The same ids come back where nothing is to be done. */
export function nearCards(
  scene: Scene,
  view: View,
  size: { readonly width: number; readonly height: number },
  before: readonly string[],
  atOnce: number = AT_ONCE.most,
): Near {
  if (levelOf(view.zoom) !== 'near' || size.width === 0)
    return before.length === 0 ? { ids: before, more: false } : nobody;
  const sight = sightOf(view, size);
  const mounted = new Set(before);
  const kept = idsIn(scene, grown(sight, KEPT)).filter((id) => mounted.has(id));
  const wanted = idsIn(scene, grown(sight, AROUND)).filter((id) => !mounted.has(id));
  if (wanted.length === 0 && kept.length === before.length) return { ids: before, more: false };
  const fresh = wanted.slice(0, atOnce);
  return { ids: [...kept, ...fresh], more: fresh.length < wanted.length };
}

const idsIn = (scene: Scene, rect: Rect): string[] =>
  [...scene.grid.query(rect)].map((index) => idOf(scene, index));

function grown({ left, top, right, bottom }: Rect, by: number): Rect {
  const [across, down] = [(right - left) * by, (bottom - top) * by];
  return { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
}

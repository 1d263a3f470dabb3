/** What painters of the canvas work with. */

import { sizeOf } from '../scene/geometry.ts';
import type { Rect } from '../scene/grid.ts';
import { type Scene, SEGMENT_KIND, STUB_KIND } from '../scene/scene.ts';
import { levelOf } from '../scene/zoom-level.ts';
import type { TextFitter } from './canvas-text.ts';
import type { FarLabel } from './far-labels.ts';
import type { FarTag } from './far-tags.ts';
import type { Palette } from './palette.ts';
import type { Tag } from './tags.ts';

/** Where the canvas stands: React Flow's transform. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A found message; `current`: the one that is looked at. */
export type HitKind = 'hit' | 'current';

export interface PaintFrame {
  readonly scene: Scene;
  readonly view: View;
  /** In CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** Device pixels for each CSS pixel. */
  readonly ratio: number;
  readonly palette: Palette;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The card where the next message goes; -1: none. Default: none. */
  readonly next?: number;
  /** The card under the pointer; -1: none. */
  readonly over: number;
  /** Cards that React Flow shows: only their lines are drawn. */
  readonly mounted: ReadonlySet<number>;
  /** Cards with something that was found. */
  readonly hits: ReadonlyMap<number, HitKind>;
  /** Cards that are selected, to do something with all of them. */
  readonly picked: ReadonlySet<number>;
  readonly fitter: TextFitter;
  readonly tags: readonly Tag[];
  /** Where names and tags stand from afar. */
  readonly places: (zoom: number) => FarPlaces;
}

export interface FarPlaces {
  readonly names: readonly FarLabel[];
  readonly tags: readonly FarTag[];
}

export interface Brush extends PaintFrame {
  readonly ctx: CanvasRenderingContext2D;
  /** What is in sight, in canvas pixels of the diagram. */
  readonly sight: Rect;
}

/** What part of the diagram is on the screen, in its own pixels. */
export function sightOf({ x, y, zoom }: View, { width, height }: PaintFrame['size']): Rect {
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}

/** The box of card or block `index` on the screen. */
export function onScreen({ view }: Pick<PaintFrame, 'view'>, boxes: Scene['boxes'], index: number) {
  const { x, y, zoom } = view;
  const left = (boxes.left[index] as number) * zoom + x;
  const top = (boxes.top[index] as number) * zoom + y;
  return {
    left,
    top,
    width: ((boxes.right[index] as number) - (boxes.left[index] as number)) * zoom,
    height: ((boxes.bottom[index] as number) - (boxes.top[index] as number)) * zoom,
  };
}

/** So high a folded card is in the middle: a line, and its rail. */
const FOLDED = 38;

/** The box of a card on the screen. In the middle what is folded is as high as a line and its rail, where its row has room for them. */
export function cardOnScreen({ scene, view }: Pick<PaintFrame, 'scene' | 'view'>, index: number): ScreenBox {
  const box = onScreen({ view }, scene.boxes, index);
  const kind = scene.kind[index];
  if (levelOf(view.zoom) !== 'middle' || (kind !== SEGMENT_KIND && kind !== STUB_KIND)) return box;
  const height = Math.max(box.height, Math.min(FOLDED, sizeOf('turn').height * view.zoom));
  return { ...box, top: box.top - (height - box.height) / 2, height };
}

export type ScreenBox = ReturnType<typeof onScreen>;

/** Keeps a canvas painted: when the diagram, the viewport, the size or the colours change, and never otherwise. */
import type { useStoreApi } from '@xyflow/react';
import { spokenOf } from '../scene/forks.ts';
import type { Scene } from '../scene/scene.ts';
import type { FarPlaces, HitKind, PaintFrame } from './brush.ts';
import { TextFitter } from './canvas-text.ts';
import { farPlaces } from './far-places.ts';
import { paint } from './paint.ts';
import { onPalette, type Palette, paletteOf } from './palette.ts';
import { type Tag, tagsOf } from './tags.ts';

export interface Picture {
  readonly scene: Scene;
  /** The reader's card; -1: none. */
  readonly here: number;
  /** The card where the next message goes; -1: none. */
  readonly next: number;
  /** The card that Back leads to; -1: none. */
  readonly back: number;
  /** The card under the pointer; -1: none. */
  readonly over: number;
  readonly mounted: ReadonlySet<number>;
  readonly hits: ReadonlyMap<number, HitKind>;
  readonly picked: ReadonlySet<number>;
}

type Store = ReturnType<typeof useStoreApi>;

export class TreePainter {
  private readonly canvas: HTMLCanvasElement;
  private readonly store: Store;
  private readonly stops: readonly (() => void)[];
  private readonly fitter = new TextFitter();
  private palette: Palette;
  private picture: Picture | undefined;
  private signs:
    | {
        readonly scene: Scene;
        readonly here: number;
        readonly back: number;
        readonly tags: readonly Tag[];
        /** Cards that the bar speaks of, once they were asked for. */
        spoken?: readonly number[];
      }
    | undefined;
  private places:
    | {
        readonly scene: Scene;
        readonly here: number;
        readonly next: number;
        readonly back: number;
        readonly zoom: number;
        readonly width: number;
        readonly found: FarPlaces;
      }
    | undefined;
  /** A paint of this frame is done: the next waits for the next frame. */
  private painted = false;
  private frame = 0;

  constructor(canvas: HTMLCanvasElement, store: Store) {
    this.canvas = canvas;
    this.store = store;
    this.palette = paletteOf(canvas);
    this.stops = [
      store.subscribe(({ transform, width, height }, was) => {
        if (transform !== was.transform || width !== was.width || height !== was.height) this.request();
      }),
      onPalette(() => {
        this.palette = paletteOf(canvas);
        this.request();
      }),
    ];
  }

  show(picture: Picture): void {
    const before = this.picture;
    this.picture = picture;
    const same =
      before &&
      before.scene === picture.scene &&
      before.here === picture.here &&
      before.next === picture.next &&
      before.back === picture.back &&
      before.over === picture.over &&
      before.mounted === picture.mounted &&
      before.hits === picture.hits &&
      before.picked === picture.picked;
    if (same) return;
    if (before) return this.now();
    // The first is painted with the next frame: to draw what is around it was enough for one task.
    this.painted = true;
    this.nextFrame();
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    cancelAnimationFrame(this.frame);
  }

  /** The first change of a frame is painted with it, together with the cards that move; further ones with the next. */
  private request(): void {
    if (this.painted) {
      if (this.frame === 0) this.nextFrame();
      return;
    }
    this.now();
  }

  private nextFrame(): void {
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.painted = false;
      this.now();
    });
  }

  private now(): void {
    const { picture, canvas, palette, fitter } = this;
    const ctx = canvas.getContext('2d');
    const { transform, width, height } = this.store.getState();
    if (!picture || !ctx || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const view = { x: transform[0], y: transform[1], zoom: transform[2] };
    const { tags } = this.signsIn(picture);
    const places = (zoom: number) => this.placesAt(ctx, picture, zoom, { width, height });
    paint(ctx, { ...picture, view, size: { width, height }, ratio, palette, fitter, tags, places });
    if (!this.painted) {
      this.painted = true;
      requestAnimationFrame(() => {
        this.painted = false;
      });
    }
  }

  private signsIn({ scene, here, back }: Picture) {
    const known = this.signs;
    if (known?.scene === scene && known.here === here && known.back === back) return known;
    this.signs = { scene, here, back, tags: tagsOf(scene, back) };
    return this.signs;
  }

  private placesAt(
    ctx: CanvasRenderingContext2D,
    picture: Picture,
    zoom: number,
    size: PaintFrame['size'],
  ): FarPlaces {
    const { scene, here, next, back } = picture;
    const known = this.places;
    const { width } = size;
    const same = known?.scene === scene && known.here === here && known.next === next && known.back === back;
    if (same && known.zoom === zoom && known.width === width) return known.found;
    const { palette, fitter } = this;
    const signs = this.signsIn(picture);
    signs.spoken ??= spokenOf(scene, here);
    const { tags, spoken } = signs;
    const found = farPlaces(ctx, { scene, here, next, zoom, palette, fitter, size, tags, spoken });
    this.places = { scene, here, next, back, zoom, width, found };
    return found;
  }
}

/** A tree painted on a canvas, for tests that look at it. */
import {
  type EndReason,
  emptyTree,
  foldOutline,
  type MessageHeader,
  type OutlineChange,
  turnsOf,
} from '../../../../tree/index.ts';
import type { HitKind } from '../paint/brush.ts';
import { TextFitter } from '../paint/canvas-text.ts';
import { farPlaces } from '../paint/far-places.ts';
import { paint } from '../paint/paint.ts';
import { type Palette, paletteOf } from '../paint/palette.ts';
import { tagsOf } from '../paint/tags.ts';
import { boxOf, indexOfMessage, type Scene, sceneOf } from '../scene/scene.ts';
import { centreOfBox, wholeView } from '../scene/viewport.ts';

/** Zooms of the levels; 0: the whole tree. */
export const LEVELS = { near: 0.8, middle: 0.5, far: 0.15, whole: 0 } as const;

export const size = { width: 900, height: 600 };

/** A line of 40 turns; at every fourth reply another way of three turns leaves, and in one of them a reply is being written. */
function treeChanges(words: (n: number) => string, ended: EndReason): OutlineChange[] {
  const changes: OutlineChange[] = [];
  let time = 0;
  const say = (id: string, parent: string | null, role: 'user' | 'assistant') => {
    time += 1;
    const place = { branch: 'b', start: '0', end: '1', origin: { kind: 'send' }, time } as const;
    const message = {
      id,
      parent,
      role,
      author: { kind: 'user' },
      preview: words(time),
      ...(id === 'r19' && { finish: { reason: ended, at: time } }),
      ...place,
    } as MessageHeader;
    changes.push({ kind: 'message', message });
  };
  for (let n = 0; n < 40; n += 1) {
    say(`q${n}`, n === 0 ? null : `r${n - 1}`, 'user');
    say(`r${n}`, `q${n}`, 'assistant');
    if (n % 4 !== 3) continue;
    for (let m = 0; m < 3; m += 1) {
      say(`side-q${n}-${m}`, m === 0 ? `r${n}` : `side-r${n}-${m - 1}`, 'user');
      if (n !== 19 || m !== 2) say(`side-r${n}-${m}`, `side-q${n}-${m}`, 'assistant');
    }
  }
  const origin = { kind: 'send' };
  const live = { id: 'live', parent: 'side-q19-2', branch: 'b', at: '1', origin, started: 9_000 };
  changes.push({ kind: 'generation', generation: live as never });
  changes.push({
    kind: 'mark',
    mark: { id: 'side-q7-0', at: 1, label: 'Cheap', colour: 'blue', star: true },
  });
  return changes;
}

export function sceneFor(
  stubLimit: number,
  words = (n: number) => `Words of message ${n} that say something`,
  ended: EndReason = 'complete',
): Scene {
  const turns = turnsOf(foldOutline(emptyTree, treeChanges(words, ended)));
  const line = Array.from({ length: 40 }, (_, n) => [`q${n}`, `r${n}`]).flat();
  const path = new Set(line.map((id) => turns.turnOf.get(id) as string));
  const folding = { path, selected: null, stubLimit, pathLimit: stubLimit };
  return sceneOf({ turns, title: 'The tree', path: new Set(line), folding });
}

export interface Painted {
  readonly ctx: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly view: { readonly x: number; readonly y: number; readonly zoom: number };
}

interface Options {
  /** 0: the whole tree. */
  readonly zoom: number;
  readonly hits?: ReadonlyMap<number, HitKind>;
  readonly picked?: ReadonlySet<number>;
  /** The card that Back leads to. Default: none. */
  readonly back?: number;
  /** Cards that stand over the canvas. Default: none. */
  readonly mounted?: ReadonlySet<number>;
  /** Without words: the same on every machine, whatever fonts it has. Default: false. */
  readonly wordless?: boolean;
}

export function painted(
  scene: Scene,
  { zoom, hits = new Map(), picked = new Set(), back = -1, mounted = new Set(), wordless = false }: Options,
): Painted {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
  if (wordless) {
    ctx.fillText = () => {};
    ctx.measureText = (text) => ({ width: text.length * 6 }) as TextMetrics;
  }
  const palette = { ...paletteOf(document.documentElement), font: 'sans-serif' };
  const here = indexOfMessage(scene, 'r20') as number;
  const next = indexOfMessage(scene, 'r39') as number;
  const whole = wholeView(scene.extent, size, 1);
  const { x, y } = centreOfBox(boxOf(scene, here));
  const view = zoom === 0 ? whole : { x: size.width / 2 - x * zoom, y: size.height / 2 - y * zoom, zoom };
  const fitter = new TextFitter();
  const tags = tagsOf(scene, back);
  const named = { scene, here, next, palette, fitter, tags, size };
  const places = (at: number) => farPlaces(ctx, { ...named, zoom: at });
  paint(ctx, { ...named, view, ratio: 1, over: -1, mounted, hits, picked, places });
  return { ctx, palette, view };
}

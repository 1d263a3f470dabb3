/** What draws diagrams, and what is kept of what was drawn. */

import graphvizLibrary from '@hpcc-js/wasm-graphviz?url';
import mermaidLibrary from 'mermaid/dist/mermaid.min.js?url';
import type { Ground } from '../drawing/ground.ts';
import { readSvg } from '../drawing/read-svg.ts';
import * as strings from '../strings.ts';
import { createRenderer, type DiagramRequest, type DrawnDiagram } from './renderer.ts';
import { begun, isUnfinished, takeNote } from './unfinished.ts';

export type DiagramKind = 'mermaid' | 'graphviz';

takeNote();

const renderers = {
  mermaid: createRenderer({ frame: '/frame/mermaid', library: mermaidLibrary, onDraw: begun }),
  graphviz: createRenderer({ frame: '/frame/graphviz', library: graphvizLibrary }),
};

export type ShownDiagram =
  | { readonly kind: 'drawn'; readonly svg: string; readonly title: string; readonly ground: Ground }
  /** `why`: a sentence. */
  | { readonly kind: 'not'; readonly why: string };

/** Diagrams drawn last: a row that comes back into sight has its own at once. */
const drawn = new Map<string, ShownDiagram>();
const KEPT = 50;

const drawingKey = (kind: DiagramKind, text: string, dark: boolean): string => `${kind} ${dark} ${text}`;

export const drawnBefore = (kind: DiagramKind, text: string, dark: boolean): ShownDiagram | undefined =>
  drawn.get(drawingKey(kind, text, dark));

export async function drawDiagram(kind: DiagramKind, text: string, dark: boolean): Promise<ShownDiagram> {
  const known = drawnBefore(kind, text, dark);
  if (known) return known;
  if (kind === 'mermaid' && isUnfinished(text)) return { kind: 'not', why: strings.unfinishedDiagram };
  const answer = await renderers[kind](requestOf(kind, text, dark));
  const shown = shownOf(answer);
  // What did not come may come the next time.
  if (answer.kind === 'absent' || answer.kind === 'silent') return shown;
  if (drawn.size >= KEPT) drawn.delete(drawn.keys().next().value ?? '');
  drawn.set(drawingKey(kind, text, dark), shown);
  return shown;
}

const ENGINE = /\blayout\s*=\s*"?(circo|dot|fdp|sfdp|neato|osage|patchwork|twopi)\b/;

const requestOf = (kind: DiagramKind, text: string, dark: boolean): DiagramRequest => ({
  text,
  dark,
  engine: (kind === 'graphviz' && ENGINE.exec(text)?.[1]) || 'dot',
});

/** What came back is as hostile as what was sent: a picture, or words. */
function shownOf(answer: DrawnDiagram): ShownDiagram {
  if (answer.kind === 'fault') return { kind: 'not', why: strings.brokenDiagram(firstLine(answer.why)) };
  if (answer.kind !== 'svg')
    return { kind: 'not', why: answer.kind === 'absent' ? strings.noRenderer : strings.silentRenderer };
  const read = readSvg(answer.svg);
  if (read.kind !== 'svg') return { kind: 'not', why: strings.brokenDiagram(strings.unreadableSvg) };
  return { ...read, kind: 'drawn' };
}

const firstLine = (why: string): string =>
  (why.trim().split('\n', 1)[0] ?? '')
    .replace(/^(Error|Syntax error): /i, '')
    .replace(/[.:]+$/, '')
    .slice(0, 200);

/**
 * What there is much of is drawn piece by piece. What finds no room in the task that draws the rest has a task of its own soon, in the order of
 * `Rank`. Not as transitions of React, which begin anew with every word of a reply that is written meanwhile (decision 0280).
 */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { breath } from '../../client/kit/slices.ts';
import { afterFrame } from './after-frame.ts';

/** How long a task may draw, in ms; to put in its place what was drawn takes as long again. Nobody notices 50, and some machines are four times slower. */
let room = 4;

/** Until when the task that draws now has room; undefined: none has drawn yet. */
let until: number | undefined;
/**
 * What comes first of what waits: `first` what one reads and writes in, when it has changed; `standIn` what something stands in for until then,
 * the latest first; `rest`, by turns, more of what grows, what follows something else, and text that is formatted.
 */
export type Rank = 'first' | 'standIn' | 'rest';

interface Piece {
  readonly draw: () => void;
  /** It fills a frame: nothing else is drawn in its task. */
  readonly fills: boolean;
}

const waiting: Record<Rank, Piece[]> = { first: [], standIn: [], rest: [] };
const inTurn = () => waiting.first[0] ?? waiting.standIn.at(-1) ?? waiting.rest[0];
let isDrawing = false;

/** How long a task of pieces may last, in ms. Nobody notices 50, and a piece may take longer than those before it. */
const TASK = 32;
/** What a piece is expected to take, in ms: as long as the longest of late, on this machine. Until one was drawn nothing is known. */
let lasts = 0;
const FADES = 0.9;
/** A task of pieces that took longer than this, in ms, is a frame's work: the next one waits for that frame. */
const FRAME = 16;

function hasRoom(): boolean {
  if (until === undefined) {
    until = performance.now() + room;
    void breath().then(() => {
      until = undefined;
    });
  }
  return performance.now() < until;
}

/** Said first by what draws a whole page: parts of it have room for as long as the page itself leaves some. */
export function startsDrawing(): void {
  hasRoom();
}

/** Draws in a task of its own when it is its turn. Returns the way to let it be. */
export function drawSoon(draw: () => void, rank: Rank, fills = false): () => void {
  const piece = { draw, fills };
  waiting[rank].push(piece);
  if (!isDrawing) void drawOn();
  return () => forget(piece);
}

function forget(piece: Piece): void {
  for (const rank of Object.values(waiting)) {
    const at = rank.indexOf(piece);
    if (at >= 0) rank.splice(at, 1);
  }
}

async function drawOn(): Promise<void> {
  isDrawing = true;
  try {
    let isFull = false;
    for (let piece = inTurn(); piece; piece = inTurn()) {
      // What took long is laid out before more is drawn: the layout of several such pieces would be a long task.
      await (isFull || piece.fills ? nextFrame() : breath());
      isFull = drawSome();
    }
  } finally {
    isDrawing = false;
  }
}

/** How long a frame is waited for, in ms: a page that is not seen has none. */
const PATIENCE = 200;

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    afterFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** One piece, and as many more as find room in the same task. True: that was a frame's work. */
function drawSome(): boolean {
  const began = performance.now();
  let lasted = 0;
  for (let piece = inTurn(); piece; piece = inTurn()) {
    forget(piece);
    const before = lasted;
    until = began + before + room;
    piece.draw();
    until = undefined;
    lasted = performance.now() - began;
    lasts = Math.max(lasted - before, lasts * FADES);
    if (piece.fills) return true;
    if (inTurn()?.fills || lasted + lasts > TASK) break;
  }
  return lasted > FRAME;
}

const isAtOnce = (): boolean => room === Number.POSITIVE_INFINITY;

/** False until there is room to draw what is `wanted` (default: it is), or `now` says that it cannot wait (default: it can); then true for good. */
export function useSoon(wanted = true, now = false): boolean {
  const [isDrawn, setDrawn] = useState(() => wanted && (now || hasRoom()));
  const waits = wanted && !isDrawn;
  if (waits && now) setDrawn(true);
  useEffect(() => (waits ? drawSoon(() => flushSync(() => setDrawn(true)), 'standIn') : undefined), [waits]);
  return isDrawn || (wanted && isAtOnce());
}

/** How many to draw: none at first, `step` more with each task, and without end once they were `all` that there are. */
export function useGrowing(step: number, all: () => number): number {
  const [drawn, setDrawn] = useState(() =>
    isAtOnce() || step === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : 0,
  );
  const latest = useRef(all);
  useEffect(() => {
    latest.current = all;
  });
  useEffect(() => {
    if (drawn === Number.POSITIVE_INFINITY) return undefined;
    const more = () => setDrawn(drawn < latest.current() ? drawn + step : Number.POSITIVE_INFINITY);
    return drawSoon(() => flushSync(more), 'rest');
  }, [drawn, step]);
  return drawn;
}

/** The value as it was drawn last; what it has become is drawn soon, in a task of its own: before all else that waits, or after what came before it. */
export function useSoonValue<T>(value: T, rank: 'first' | 'rest' = 'rest'): T {
  const [drawn, setDrawn] = useState(value);
  useEffect(() => {
    if (drawn === value) return undefined;
    return drawSoon(() => flushSync(() => setDrawn(() => value)), rank);
  }, [value, drawn, rank]);
  return isAtOnce() ? value : drawn;
}

/** For tests of what is drawn: all there is finds room. */
export function drawAtOnce(): void {
  room = Number.POSITIVE_INFINITY;
}

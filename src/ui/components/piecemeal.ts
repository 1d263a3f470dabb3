/**
 * What there is much of is drawn piece by piece. What finds no room in the task that draws the rest has a task of its own soon: first what
 * something stands in for until then (`useSoon`, the latest first), then more of what grows (`useGrowing`) or has changed (`useSoonValue`).
 * Not as transitions of React, which begin anew with every word of a reply that is written meanwhile (decision 0280).
 */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { breath } from '../../client/kit/slices.ts';

/** How long a task may draw, in ms; to put in its place what was drawn takes as long again. Nobody notices 50, and some machines are four times slower. */
let room = 4;

/** Until when the task that draws now has room; undefined: none has drawn yet. */
let until: number | undefined;
const waiting: (() => void)[] = [];
let isDrawing = false;

/** How long a task of pieces may last, in ms. Nobody notices 50, and a piece may take longer than those before it. */
const TASK = 32;
/** What a piece is expected to take, in ms: as long as the longest of late, on this machine. Until one was drawn nothing is known. */
let lasts = 0;
const FADES = 0.9;

function hasRoom(): boolean {
  if (until === undefined) {
    until = performance.now() + room;
    void breath().then(() => {
      until = undefined;
    });
  }
  return performance.now() < until;
}

/** Draws in a task of its own, before all that waits. Returns the way to let it be. */
function soon(draw: () => void): () => void {
  waiting.push(draw);
  return drawing(draw);
}

/** The same after all that waits: more of it, or what follows it. */
function afterwards(draw: () => void): () => void {
  waiting.unshift(draw);
  return drawing(draw);
}

function drawing(draw: () => void): () => void {
  void drawOn();
  return () => {
    const at = waiting.indexOf(draw);
    if (at >= 0) waiting.splice(at, 1);
  };
}

async function drawOn(): Promise<void> {
  if (isDrawing) return;
  isDrawing = true;
  try {
    while (waiting.length > 0) {
      await breath();
      drawSome();
    }
  } finally {
    isDrawing = false;
  }
}

/** One piece, and as many more as find room in the same task. */
function drawSome(): void {
  const began = performance.now();
  let now = began;
  for (let draw = waiting.pop(); draw; draw = now - began + lasts <= TASK ? waiting.pop() : undefined) {
    const before = now;
    until = before + room;
    flushSync(draw);
    until = undefined;
    now = performance.now();
    lasts = Math.max(now - before, lasts * FADES);
  }
}

const isAtOnce = (): boolean => room === Number.POSITIVE_INFINITY;

/** False until there is room to draw what is `wanted` (default: it is), or `now` says that it cannot wait (default: it can); then true for good. */
export function useSoon(wanted = true, now = false): boolean {
  const [isDrawn, setDrawn] = useState(() => wanted && (now || hasRoom()));
  const waits = wanted && !isDrawn;
  if (waits && now) setDrawn(true);
  useEffect(() => (waits ? soon(() => setDrawn(true)) : undefined), [waits]);
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
    return afterwards(() => setDrawn(drawn < latest.current() ? drawn + step : Number.POSITIVE_INFINITY));
  }, [drawn, step]);
  return drawn;
}

/** The value as it was drawn last; what it has become is drawn soon, in a task of its own. */
export function useSoonValue<T>(value: T): T {
  const [drawn, setDrawn] = useState(value);
  useEffect(() => {
    if (drawn === value) return undefined;
    return afterwards(() => setDrawn(() => value));
  }, [value, drawn]);
  return isAtOnce() ? value : drawn;
}

/** For tests of what is drawn: all there is finds room. */
export function drawAtOnce(): void {
  room = Number.POSITIVE_INFINITY;
}

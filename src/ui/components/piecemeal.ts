/**
 * What there is much of is drawn piece by piece: what finds no room in the task that draws it comes soon, in a task of its own, what was asked
 * for last first. Not as transitions of React, which begin anew with every word of a reply that is written meanwhile (decision 0280).
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

function hasRoom(): boolean {
  if (until === undefined) {
    until = performance.now() + room;
    void breath().then(() => {
      until = undefined;
    });
  }
  return performance.now() < until;
}

/** Draws in a task of its own, or together with others as long as there is room. Returns the way to let it be. */
function soon(draw: () => void): () => void {
  waiting.push(draw);
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
      until = performance.now() + room;
      for (let draw = waiting.pop(); draw; draw = hasRoom() ? waiting.pop() : undefined) flushSync(draw);
      until = undefined;
    }
  } finally {
    isDrawing = false;
  }
}

const isAtOnce = (): boolean => room === Number.POSITIVE_INFINITY;

/** False until there is room to draw what is `wanted` (default: it is), then true for good. */
export function useSoon(wanted = true): boolean {
  const [isDrawn, setDrawn] = useState(() => wanted && hasRoom());
  const waits = wanted && !isDrawn;
  useEffect(() => (waits ? soon(() => setDrawn(true)) : undefined), [waits]);
  return isDrawn || (wanted && isAtOnce());
}

/** How many to draw: `step` at first, as many more with each task, and without end once they were `all` that there are. */
export function useGrowing(step: number, all: () => number): number {
  const [drawn, setDrawn] = useState(() => (isAtOnce() ? Number.POSITIVE_INFINITY : step));
  const latest = useRef(all);
  useEffect(() => {
    latest.current = all;
  });
  useEffect(() => {
    if (drawn === Number.POSITIVE_INFINITY) return undefined;
    return soon(() => setDrawn(drawn < latest.current() ? drawn + step : Number.POSITIVE_INFINITY));
  }, [drawn, step]);
  return drawn;
}

/** The value as it was drawn last; what it has become is drawn soon, in a task of its own. */
export function useSoonValue<T>(value: T): T {
  const [drawn, setDrawn] = useState(value);
  useEffect(() => {
    if (drawn === value) return undefined;
    return soon(() => setDrawn(() => value));
  }, [value, drawn]);
  return isAtOnce() ? value : drawn;
}

/** For tests of what is drawn: all there is finds room. */
export function drawAtOnce(): void {
  room = Number.POSITIVE_INFINITY;
}

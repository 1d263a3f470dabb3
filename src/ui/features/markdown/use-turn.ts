import { useEffect, useState } from 'react';
import { afterFrame } from './after-frame.ts';

interface Waiting {
  readonly weight: number;
  readonly take: () => void;
}

/** What is taken together at most, in characters: each frame lays out what was taken for it. */
const FRAME = 6_000;

const waiting: Waiting[] = [];

/** True once it is this one's turn, in the order they came: some each frame, by their weight in characters, so that no task is long. */
export function useTurn(wanted: boolean, weight: number = FRAME): boolean {
  const [mine, setMine] = useState(false);
  useEffect(() => {
    if (!wanted || mine) return;
    const one = { weight, take: () => setMine(true) };
    waiting.push(one);
    if (waiting.length === 1) afterFrame(next);
    return () => {
      const at = waiting.indexOf(one);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, [wanted, mine, weight]);
  return mine;
}

function next(): void {
  let weight = 0;
  do {
    const one = waiting.shift();
    one?.take();
    weight += one?.weight ?? 0;
  } while (waiting[0] && weight + waiting[0].weight <= FRAME);
  if (waiting.length > 0) afterFrame(next);
}

import { useEffect, useReducer, useRef, useState } from 'react';

/** The share of time that laying out a growing block may take. */
const SHARE = 4;

/** As much of what comes is shown together, in characters: more would be long to format. */
const STEP = 8_000;

/**
 * A growing text, as often as its last block can be laid out without holding up the page: with every change while that
 * is cheap, less often for a block that became long, and never much of it together. What is finished when it comes is shown at once.
 */
export function usePaced(text: string, growing: boolean) {
  const [isSeenGrowing] = useState(growing);
  const pace = useRef({ shown: text, at: 0, cost: 0 });
  const [, wake] = useReducer((n: number) => n + 1, 0);
  const { shown, at, cost } = pace.current;
  const wait = waitFor(cost, performance.now() - at);
  const goesOn = isSeenGrowing && text.startsWith(shown);
  if (!goesOn) pace.current.shown = text;
  else if (!growing || wait <= 0) pace.current.shown = text.slice(0, shown.length + STEP);
  if (pace.current.shown !== shown) pace.current.at = performance.now();
  const behind = pace.current.shown !== text;
  useEffect(() => {
    if (!behind) return;
    const timer = setTimeout(wake, wait);
    return () => clearTimeout(timer);
  });
  const measure = <T>(work: () => T): T => {
    const started = performance.now();
    const result = work();
    pace.current.cost = performance.now() - started;
    return result;
  };
  return { shown: pace.current.shown, growing: growing || behind, measure };
}

/** How long to wait, in ms, for a layout that took `cost` and was done `since` ago. Up to 4 ms nothing waits. */
export function waitFor(cost: number, since: number): number {
  return cost <= 4 ? 0 : cost * SHARE - since;
}

import { useEffect, useReducer, useRef, useState } from 'react';
import { afterFrame } from '../../../components/index.ts';

/** The share of time that laying out a growing block may take. */
const SHARE = 4;

/** As much of what comes is shown in a frame, in characters: more would be long to format and lay out. */
const STEP = 4_000;

/**
 * A growing text, as often as its last block can be laid out without holding up the page: with every change while that
 * is cheap, less often for a block that became long, and never much of it in one frame. What is finished when it comes is shown at once.
 */
export function usePaced(text: string, growing: boolean) {
  const [isSeenGrowing] = useState(growing);
  const pace = useRef({ shown: text, at: 0, cost: 0, isStep: false });
  const [, wake] = useReducer((n: number) => n + 1, 0);
  const { shown, at, cost, isStep } = pace.current;
  const wait = waitFor(cost, performance.now() - at);
  const goesOn = isSeenGrowing && text.startsWith(shown);
  if (!goesOn) pace.current.shown = text;
  // A component that sets its own state is rendered several times in one go: a step waits for the frame that shows the one before.
  else if (!isStep && (!growing || wait <= 0)) {
    pace.current.shown = stepFrom(shown.length, text);
    pace.current.isStep = pace.current.shown !== text;
  }
  if (pace.current.shown !== shown) pace.current.at = performance.now();
  const behind = pace.current.shown !== text;
  useEffect(() => {
    if (!behind) return;
    if (pace.current.isStep)
      return afterFrame(() => {
        pace.current.isStep = false;
        wake();
      });
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

/** The beginning of `text` that is a step longer than `length`; no letter is cut in two. */
function stepFrom(length: number, text: string): string {
  const end = length + STEP;
  const isCut = (text.codePointAt(end - 1) ?? 0) > 0xffff;
  return text.slice(0, isCut ? end + 1 : end);
}

/** How long to wait, in ms, for a layout that took `cost` and was done `since` ago. Up to 4 ms nothing waits. */
export function waitFor(cost: number, since: number): number {
  return cost <= 4 ? 0 : cost * SHARE - since;
}

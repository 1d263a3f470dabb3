import { useRef } from 'react';
import type { Part } from '../../../../protocol/index.ts';

export interface PartTimes {
  /** When each part began, in ms since the epoch; undefined for those that were there before anybody looked. */
  readonly started: readonly (number | undefined)[];
  /** How long each finished part took, in seconds. */
  readonly seconds: readonly (number | undefined)[];
}

export const noTimes: PartTimes = { started: [], seconds: [] };

interface Sight {
  /** Parts there are now; the last is being written while `writing`. */
  readonly count: number;
  readonly writing: boolean;
  readonly now: number;
  /** When the reply began: so did its first part. */
  readonly begun: number;
}

/** Adds what is seen now. Only parts seen from their beginning get times. Pure; returns the same object if nothing is new. */
export function timeParts(times: PartTimes, { count, writing, now, begun }: Sight): PartTimes {
  const done = writing ? count - 1 : count;
  if (times.started.length >= count && times.seconds.length >= done) return times;
  const unseen = times.started.length === 0;
  const beginning = unseen && !(count === 1 && writing) ? undefined : unseen ? begun : now;
  const started = grown(times.started, count, () => beginning);
  const seconds = grown(times.seconds, done, (i) => secondsBetween(started[i], now));
  return { started, seconds };
}

function grown<T>(list: readonly T[], length: number, next: (index: number) => T): readonly T[] {
  const more = Array.from({ length: Math.max(0, length - list.length) }, (_, i) => next(list.length + i));
  return [...list, ...more];
}

function secondsBetween(from: number | undefined, to: number): number | undefined {
  return from === undefined || to < from ? undefined : Math.round((to - from) / 1_000);
}

/** Seconds each finished part took, as far as this page saw them being written. */
export function usePartTimes(parts: readonly Part[], writing: boolean, begun: number): PartTimes['seconds'] {
  const times = useRef(noTimes);
  times.current = timeParts(times.current, { count: parts.length, writing, now: Date.now(), begun });
  return times.current.seconds;
}

import { type RefObject, useEffect, useRef, useState } from 'react';
import { drawSoon } from '../../components/index.ts';
import { steadily } from './steady/steadily.ts';

interface Waiting {
  /** In characters. */
  readonly weight: number;
  readonly take: () => void;
  /** What stands there until then. */
  readonly place: RefObject<HTMLElement | null>;
}

const waiting = new Set<Waiting>();
let isComing = false;

/** How long what is taken together may take to be made, in ms; to lay it out takes about as long again. */
const ROOM = 12;
/** Characters that are taken together: at first, at least and at most. */
const [FIRST, LEAST, MOST] = [4_000, 1_000, 12_000];
let most = FIRST;

/**
 * True once it is this one's turn: what is in sight first, then what is nearest to it; in each frame as much as this machine makes in a few ms.
 * The element that stands there until then has to be given the ref.
 */
export function useTurn<E extends HTMLElement>(
  wanted: boolean,
  weight: number,
): readonly [isMine: boolean, place: RefObject<E | null>] {
  const [had, place] = useInTurn<E, true>(wanted ? true : undefined, weight, false);
  return [had === true, place];
}

/** The value that has had its turn last; undefined before the first. One that comes while `now` is true waits for none. */
export function useInTurn<E extends HTMLElement, V>(
  value: V | undefined,
  weight: number,
  now: boolean,
): readonly [V | undefined, RefObject<E | null>] {
  const [had, setHad] = useState(now ? value : undefined);
  const place = useRef<E>(null);
  const waits = value !== undefined && value !== had;
  if (waits && now) setHad(() => value);
  useEffect(() => {
    if (!waits || now) return;
    const one = { weight, take: () => setHad(() => value), place };
    waiting.add(one);
    come();
    return () => {
      waiting.delete(one);
    };
  }, [waits, now, value, weight]);
  return [waits && now ? value : had, place];
}

function come(): void {
  if (isComing || waiting.size === 0) return;
  isComing = true;
  drawSoon(take, 'rest', true);
}

function take(): void {
  isComing = false;
  takeSome();
  come();
}

function takeSome(): void {
  const taken = nearestOnes();
  if (taken.length === 0) return;
  const weight = taken.reduce((sum, one) => sum + one.weight, 0);
  const began = performance.now();
  steadily(() => {
    for (const one of taken) {
      waiting.delete(one);
      one.take();
    }
  });
  const took = performance.now() - began;
  // Halfway to what would have been right: one that was slow for reasons of its own says little.
  const right = Math.min(MOST, Math.max(LEAST, (weight * ROOM) / Math.max(took, 1)));
  most = (most + right) / 2;
}

/** One at least, and others as far as there is room; nothing that is out of sight with what is in sight, which would be moved twice at once. */
function nearestOnes(): readonly Waiting[] {
  const { innerHeight } = window;
  const sorted = [...waiting]
    .map((one) => ({ one, distance: distanceOf(one.place.current, innerHeight) }))
    .sort((a, b) => a.distance - b.distance);
  const taken: Waiting[] = [];
  let weight = 0;
  const isInSight = sorted[0]?.distance === 0;
  for (const { one, distance } of sorted) {
    weight += one.weight;
    if (taken.length > 0 && (weight > most || (isInSight && distance > 0))) break;
    taken.push(one);
  }
  return taken;
}

/** From the window, in px; what is not laid out is farther than all that is. */
function distanceOf(element: HTMLElement | null, height: number): number {
  if (!element?.checkVisibility?.({ contentVisibilityAuto: true })) return Number.MAX_SAFE_INTEGER;
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(0, top - height, -bottom);
}

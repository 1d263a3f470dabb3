/**
 * Lanes: where the diagram's cards stand. Rows follow depth, top down; a card takes its parent's lane if that place is
 * free, else the nearest lane to the right with room. Cards are placed in the order of their birth and never move for
 * one born later: appending leaves every place as it was. Pure; O(cards).
 */
import type { Card } from './folding.ts';

export interface Place {
  readonly lane: number;
  readonly row: number;
}

/** Free rows wanted above and below the first card of a lane, so that neighbours in a lane can grow before they meet. */
const ROOM = { above: 1, below: 3 };

/** Places by card id. No two cards share a place; a card stands one row below its parent. */
export function placeCards(cards: readonly Card[]): ReadonlyMap<string, Place> {
  const taken = new Set<string>();
  const places = new Map<string, Place>();
  for (const card of byBirth(cards)) {
    const parent = card.parent === null ? undefined : places.get(card.parent);
    const lane = laneFor(taken, card.row, parent?.lane);
    taken.add(cell(lane, card.row));
    places.set(card.id, { lane, row: card.row });
  }
  return places;
}

/** Parents first, then by time: a child is never placed before the card it hangs from, whatever the clocks said. */
function byBirth(cards: readonly Card[]): readonly Card[] {
  const born = new Map<string, number>();
  for (const card of cards) {
    const parent = card.parent === null ? Number.NEGATIVE_INFINITY : (born.get(card.parent) ?? 0);
    born.set(card.id, Math.max(card.time, parent));
  }
  const time = (card: Card) => born.get(card.id) as number;
  return [...cards].sort((a, b) => time(a) - time(b) || a.row - b.row || (a.id < b.id ? -1 : 1));
}

function laneFor(taken: ReadonlySet<string>, row: number, parentLane: number | undefined): number {
  if (parentLane !== undefined && !taken.has(cell(parentLane, row))) return parentLane;
  let lane = parentLane === undefined ? 0 : parentLane + 1;
  while (!hasRoom(taken, lane, row)) lane += 1;
  return lane;
}

function hasRoom(taken: ReadonlySet<string>, lane: number, row: number): boolean {
  for (let at = row - ROOM.above; at <= row + ROOM.below; at += 1) {
    if (taken.has(cell(lane, at))) return false;
  }
  return true;
}

const cell = (lane: number, row: number): string => `${lane}:${row}`;

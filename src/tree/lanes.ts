/**
 * Lanes: where the diagram's cards stand. Rows follow depth, top down; a card takes its parent's lane if that place is
 * free, else the nearest lane to the right with room. Cards are placed in the order of their birth and never move for
 * one born later: appending leaves every place as it was. Pure.
 */
import type { Card } from './folding.ts';

/** Both count from 0: lanes to the right, rows downwards. */
export interface LanePlace {
  readonly lane: number;
  readonly row: number;
}

/** Free rows wanted above and below the first card of a lane, so that neighbours in a lane can grow before they meet. */
const ROOM = { above: 1, below: 3 };
/** A stub does not grow. */
const NO_ROOM = { above: 0, below: 0 };

/**
 * The lane of each card, by its index; its row it knows. No two cards share a place; a card stands one row below its parent. With `path`
 * (turns), cards on it are placed before all others: they stand in one lane, and the rest beside it.
 */
export function lanesOf(cards: readonly Card[], path?: ReadonlySet<string>): Int32Array {
  const lanes = new Int32Array(cards.length);
  const taken = new TakenPlaces();
  for (const index of byBirth(cards, path)) {
    const { above, row, kind } = cards[index] as Card;
    const lane = laneFor(taken, row, lanes[above], kind === 'stub' ? NO_ROOM : ROOM);
    taken.take(lane, row);
    lanes[index] = lane;
  }
  return lanes;
}

/** Parents first, then by time: a child is never placed before the card it hangs from, whatever the clocks said. */
function byBirth(cards: readonly Card[], path?: ReadonlySet<string>): Uint32Array {
  const born = new Float64Array(cards.length);
  for (const [index, { id, time, above }] of cards.entries()) {
    // Ends of the path have nothing but themselves above: no card waits for one that is placed later.
    const own = path?.has(id) ? -1 : Math.max(0, time);
    born[index] = Math.max(own, above < 0 ? -1 : (born[above] as number));
  }
  const order = Uint32Array.from(cards.keys());
  return order.sort((a, b) => {
    const earlier = (born[a] as number) - (born[b] as number);
    if (earlier !== 0) return earlier;
    const [one, other] = [cards[a] as Card, cards[b] as Card];
    return one.row - other.row || (one.id < other.id ? -1 : 1);
  });
}

function laneFor(taken: TakenPlaces, row: number, parent: number | undefined, room: typeof ROOM): number {
  if (parent === undefined) return taken.firstFree(0, row - room.above, row + room.below);
  if (taken.isFree(parent, row)) return parent;
  return taken.firstFree(parent + 1, row - room.above, row + room.below);
}

/** Which places are taken: 32 lanes of a row are one number, so that a wide tree is searched quickly. */
class TakenPlaces {
  private readonly rows: number[][] = [];

  isFree(lane: number, row: number): boolean {
    return ((this.rows[row]?.[lane >>> 5] ?? 0) & (1 << (lane & 31))) === 0;
  }

  take(lane: number, row: number): void {
    this.rows[row] ??= [];
    const words = this.rows[row] as number[];
    while (words.length <= lane >>> 5) words.push(0);
    words[lane >>> 5] = (words[lane >>> 5] as number) | (1 << (lane & 31));
  }

  /** The first lane from `lane` on that is free in all rows from `top` to `bottom`. */
  firstFree(lane: number, top: number, bottom: number): number {
    for (let word = lane >>> 5; ; word += 1) {
      let free = ~this.union(word, top, bottom);
      if (word === lane >>> 5) free &= -1 << (lane & 31);
      if (free !== 0) return word * 32 + (31 - Math.clz32(free & -free));
    }
  }

  private union(word: number, top: number, bottom: number): number {
    let taken = 0;
    for (let row = Math.max(0, top); row <= bottom; row += 1) taken |= this.rows[row]?.[word] ?? 0;
    return taken;
  }
}

/** Sizes of the diagram in canvas pixels: fixed, so that nothing is measured and every card knows its place at birth. */
import type { LanePlace } from '../../../../tree/index.ts';

const CARD = { width: 248, height: 116 } as const;
const SEGMENT = { width: 248, height: 68 } as const;
export const CHIP = { width: 26, gap: 4, left: 12, most: 5 } as const;
const ROOT = { width: 248, height: 40 } as const;
export const PITCH = { x: 288, y: 164 } as const;

export type CardKind = 'turn' | 'segment' | 'stub' | 'root';
export interface Point {
  readonly x: number;
  readonly y: number;
}

const SIZES = { turn: CARD, segment: SEGMENT, stub: SEGMENT, root: ROOT } as const;

const isFolded = (kind: CardKind): boolean => kind === 'segment' || kind === 'stub';

export const sizeOf = (kind: CardKind) => SIZES[kind];

/** Where a card's upper left corner is. What is folded stands in the middle of its row, turns and the root at its end. */
export function cornerOf({ lane, row }: LanePlace, kind: CardKind): Point {
  const free = CARD.height - SIZES[kind].height;
  return { x: lane * PITCH.x, y: row * PITCH.y + (isFolded(kind) ? free / 2 : free) };
}

/** Where edges enter a card, and leave one that has no chips: above its first chip, so that a line without forks is straight. */
export const TRUNK = CHIP.left + CHIP.width / 2;

/** Middle of the n-th chip from the card's left edge; chips past the last that fits share the "+n" place. */
export function chipCentre(index: number): number {
  const place = Math.min(index, CHIP.most);
  return CHIP.left + place * (CHIP.width + CHIP.gap) + CHIP.width / 2;
}

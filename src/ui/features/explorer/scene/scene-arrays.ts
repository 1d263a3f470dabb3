/**
 * The arrays of a scene (`scene.ts`): what is known of each card by its index. Index 0 is the conversation itself; card i of `cards`
 * has index i + 1.
 */
import type { Card, FoldState, Turns } from '../../../../tree/index.ts';
import type { CardKind } from './geometry.ts';
import type { Boxes } from './grid.ts';

/** Bits of `Scene.flags`. */
export const ON_PATH = 1;
/** Goes on in more than one way. */
export const FORK = 2;
export const LIVE = 4;
export const LABELLED = 8;
export const STARRED = 16;
/** A reply in it failed or was cut off. */
export const BROKEN = 32;
/** Said since this reader looked. */
export const FRESH = 64;
/** A reply in it was stopped by hand. */
export const STOPPED = 128;
/** A summary of all before follows a reply in it. */
export const SUMMARISED = 256;
/** In an aside that nobody kept, shown because a person asked for it. */
export const ASIDE = 512;
/** In a branch that was just hidden: shown until the reader looks away. */
export const FADED = 1024;

export const KINDS = ['root', 'turn', 'segment', 'stub'] as const satisfies readonly CardKind[];
export const [ROOT_KIND, TURN_KIND, SEGMENT_KIND, STUB_KIND] = [0, 1, 2, 3];

/** Id of the conversation's own card. No message has it: ids of messages are longer. */
export const ROOT_CARD = 'root';

export interface SceneInput {
  readonly turns: Turns;
  readonly title: string;
  /** Messages of the visible path. */
  readonly path: ReadonlySet<string>;
  readonly folding: FoldState;
  /** What was said after this (ms since the epoch), off the path, is new to the reader. Default: nothing is. */
  readonly looked?: number | undefined;
}

/** All of a scene but what makes it quick to search. */
export interface SceneArrays extends SceneInput {
  readonly cards: readonly Card[];
  readonly count: number;
  /** Edges of the cards, in canvas pixels. */
  readonly boxes: Boxes;
  /** Index into `KINDS`. */
  readonly kind: Uint8Array;
  readonly lane: Int32Array;
  readonly row: Int32Array;
  /** Bits as above. */
  readonly flags: Uint16Array;
  /** The card it hangs from; -1 for the root. */
  readonly parent: Int32Array;
  /** Where on the x axis the line to it leaves its parent. */
  readonly exit: Float32Array;
  /** Index into `COLOURS` + 1 of the branch it belongs to; 0: none. */
  readonly colour: Uint8Array;
  /** Card by the turns it stands for; a stub by its first. */
  readonly indexOf: ReadonlyMap<string, number>;
}

export type Finding = Pick<SceneArrays, 'turns' | 'indexOf'>;

/** The card a message is drawn on, the stub it is hidden in included. */
export function indexOfMessage({ turns, indexOf }: Finding, message: string): number | undefined {
  let turn = turns.turnOf.get(message);
  while (turn !== undefined) {
    const index = indexOf.get(turn);
    if (index !== undefined) return index;
    turn = turns.byId.get(turn)?.parent ?? undefined;
  }
  return undefined;
}

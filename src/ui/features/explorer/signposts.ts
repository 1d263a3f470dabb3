/** What of a tree may be out of sight, and where it is: the forks of the path and the replies that are being written. Pure. */
import { plainLine } from './first-line.ts';
import { FORK, indexOfMessage, LIVE, ON_PATH, type Scene } from './scene.ts';

/** A card with replies that are being written; `words`: what the first of them answers. */
export interface LiveCard {
  readonly index: number;
  readonly words: string;
  readonly replies: number;
}

export interface Signposts {
  /** Cards of the path under which it forks, from the top. */
  readonly forks: readonly number[];
  /** From the top. */
  readonly live: readonly LiveCard[];
}

/** Costs one look at the flags of each card, and at each generation while one is live. */
export function signpostsOf(scene: Scene): Signposts {
  const forks: number[] = [];
  let live = false;
  for (let index = 0; index < scene.count; index += 1) {
    const bits = scene.flags[index] as number;
    if (bits & FORK && bits & ON_PATH) forks.push(index);
    live ||= (bits & LIVE) !== 0;
  }
  forks.sort((a, b) => rowOf(scene, a) - rowOf(scene, b));
  return { forks, live: live ? liveCards(scene) : [] };
}

/** The fork of the path next above or below a card; undefined past the last. `index` -1: all are above. */
export function forkBeside(
  scene: Pick<Scene, 'row'>,
  forks: readonly number[],
  index: number,
  step: -1 | 1,
): number | undefined {
  const row = index < 0 ? Number.POSITIVE_INFINITY : rowOf(scene, index);
  return step === -1
    ? forks.findLast((fork) => rowOf(scene, fork) < row)
    : forks.find((fork) => rowOf(scene, fork) > row);
}

const rowOf = ({ row }: Pick<Scene, 'row'>, index: number): number => row[index] as number;

function liveCards(scene: Scene): LiveCard[] {
  const { tree } = scene.turns;
  const found = new Map<number, LiveCard>();
  for (const { id, parent, end } of tree.generations.values()) {
    if (end || tree.messages.has(id)) continue;
    const index = indexOfMessage(scene, id);
    if (index === undefined) continue;
    const { words = plainLine(tree.messages.get(parent)?.preview ?? ''), replies = 0 } =
      found.get(index) ?? {};
    found.set(index, { index, words, replies: replies + 1 });
  }
  return [...found.values()].sort((a, b) => rowOf(scene, a.index) - rowOf(scene, b.index));
}

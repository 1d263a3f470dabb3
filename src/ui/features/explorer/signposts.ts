/** What of a tree may be out of sight, and where it is: the forks of the path and the replies that are being written. Pure. */
import { type Turns, versionsOf } from '../../../tree/index.ts';
import { wordsOf } from './card-words.ts';
import { plainLine } from './first-line.ts';
import { type Finding, indexOfMessage, isOnPath, LIVE, type Scene } from './scene.ts';

/** A card with replies that are being written; `words`: what the first of them answers. */
export interface LiveCard {
  readonly index: number;
  readonly words: string;
  readonly replies: number;
}

/** A message of the path that has versions, and the card it is on. */
export interface Fork {
  readonly index: number;
  readonly message: string;
}

/** The forks of the path from the top, as the thread counts them. Costs O(path). */
export function forksOf(scene: Scene): readonly Fork[] {
  const forks: Fork[] = [];
  for (const message of scene.path) {
    if (versionsOf(scene.turns.tree, message).length < 2) continue;
    const index = indexOfMessage(scene, message);
    if (index !== undefined) forks.push({ index, message });
  }
  return forks;
}

/**
 * The way that was not taken at a fork: the next version, or the one before the last. By the name it has in the tree: a reply that goes on
 * is a branch, called by the turn after it, which is its card.
 */
export function otherWay({ turns }: Pick<Scene, 'turns'>, { message }: Fork) {
  const { tree } = turns;
  const versions = versionsOf(tree, message);
  const at = versions.indexOf(message);
  const other = versions[at + 1] ?? versions[at - 1];
  if (other === undefined) return undefined;
  const after = turnAfter(turns, other);
  const header = tree.messages.get(after ?? other);
  return {
    message: other,
    named: after ?? other,
    kind: after !== undefined || header?.role === 'user' ? 'branch' : 'reply',
    words: header ? plainLine(header.preview) : 'being written',
  } as const;
}

/** The fork a reader is nearest to: that of their own card, else the one above. */
export function nearestFork(scene: Scene, forks: readonly Fork[], here: number): Fork | undefined {
  return forks.find(({ index }) => index === here) ?? forks[forkBeside(scene, forks, here, -1) ?? -1];
}

/** The card of the way not taken at the fork nearest to the reader's card; -1 for none. Costs O(path). */
export function otherCard(scene: Scene, here: number): number {
  const fork = nearestFork(scene, forksOf(scene), here);
  const other = fork && otherWay(scene, fork);
  return other ? (indexOfMessage(scene, other.named) ?? -1) : -1;
}

/** The first turn that continues a reply; undefined where nothing does, and for a prompt: that is a turn itself. */
function turnAfter({ byId, turnOf }: Turns, reply: string): string | undefined {
  const turn = byId.get(turnOf.get(reply) ?? '');
  return turn?.children.find((id) => byId.get(id)?.via === reply);
}

/** Cards with what is being written, from the top. Costs one look at each card, and at each generation while one is live. */
export function liveOf(scene: Scene): readonly LiveCard[] {
  return scene.flags.some((bits) => (bits & LIVE) !== 0) ? liveCards(scene) : [];
}

/** The card of the message that Back leads to; -1: there is no way back, or it is the reader's own card. */
export function backCard(scene: Finding, message: string | undefined, here: number): number {
  const index = message === undefined ? undefined : indexOfMessage(scene, message);
  return index === undefined || index === here ? -1 : index;
}

/** Words of the card of the path from which the branch with card `index` goes off; undefined for a card of the path. */
export function leavesPathAt(scene: Scene, index: number): string | undefined {
  if (isOnPath(scene, index)) return undefined;
  let above = scene.parent[index] as number;
  while (above > 0 && !isOnPath(scene, above)) above = scene.parent[above] as number;
  return wordsOf(scene, Math.max(0, above)).title;
}

/** Where in `forks` the next one above or below a card is; undefined past the last. `index` -1: all are above. */
export function forkBeside(
  scene: Pick<Scene, 'row'>,
  forks: readonly Pick<Fork, 'index'>[],
  index: number,
  step: -1 | 1,
): number | undefined {
  const row = index < 0 ? Number.POSITIVE_INFINITY : rowOf(scene, index);
  const at =
    step === -1
      ? forks.findLastIndex((fork) => rowOf(scene, fork.index) < row)
      : forks.findIndex((fork) => rowOf(scene, fork.index) > row);
  return at < 0 ? undefined : at;
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

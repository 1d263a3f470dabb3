/** What of a tree may be out of sight, and where it is: the forks of the path and the replies that are being written. Pure. */
import { type Turns, versionsOf } from '../../../../tree/index.ts';
import { turnsText } from './amounts.ts';
import { cardWords } from './card-words.ts';
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

/** The card under which the ways of a fork part: of questions the one above, of replies their own. 0: the conversation. */
export function partsAt({ turns, indexOf }: Finding, { message }: Fork): number {
  const turn = turns.byId.get(turns.turnOf.get(message) ?? '');
  const above = turn?.prompt === message ? turn.parent : turn?.id;
  return above ? (indexOfMessage({ turns, indexOf }, above) ?? 0) : 0;
}

/**
 * Cards that signposts speak of, so that they are named wherever one looks from afar: the other way of the fork nearest to the reader's card,
 * where it parts, and where what is live leaves the path. Costs O(path).
 */
export function spokenOf(scene: Scene, here: number): readonly number[] {
  const fork = nearestFork(scene, forksOf(scene), here);
  const other = fork && otherWay(scene, fork);
  const [live] = liveOf(scene);
  const found = new Set<number>();
  if (fork && other) {
    found.add(indexOfMessage(scene, other.named) ?? -1);
    found.add(partsAt(scene, fork));
  }
  if (live) found.add(leavesAt(scene, live.index));
  return [...found].filter((index) => index > 0 && index !== here);
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

/** The card of the path from which the branch with card `index` goes off; -1 for a card of the path. */
export function leavesAt(scene: Scene, index: number): number {
  if (isOnPath(scene, index)) return -1;
  let above = scene.parent[index] as number;
  while (above > 0 && !isOnPath(scene, above)) above = scene.parent[above] as number;
  return Math.max(0, above);
}

/** Where a card is, for somebody at the card `here` (-1: nowhere): on their path, or how far up it leaves that, and at which words. */
export function whereabouts(scene: Scene, index: number, here: number): string {
  const at = leavesAt(scene, index);
  if (at < 0) return 'on your path';
  const up = here < 0 ? 0 : depthOf(scene, here) - depthOf(scene, at);
  const far = up > 0 ? ` ${turnsText(up)} above,` : '';
  return `leaves your path${far} at “${cardWords(scene, at).title}”`;
}

const depthOf = ({ cards }: Pick<Scene, 'cards'>, index: number): number =>
  cards[index - 1]?.last.depth ?? -1;

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

/** What of a tree may be out of sight, and where it is: the forks of the path and the replies that are being written. Pure. */

import { plainLine } from '../../../../protocol/reading/first-line.ts';
import { sumOf, type Turns, versionsOf } from '../../../../tree/index.ts';
import * as strings from '../strings.ts';
import { cardWords } from './card-words.ts';
import { type Finding, indexOfMessage, isOnPath, LIVE, type Scene } from './scene.ts';

/** A card with replies that are being written; `words`: what the first of them answers. */
export interface LiveCard {
  readonly index: number;
  readonly words: string;
  /** Those that are being written, the one that was begun first in front. */
  readonly replies: readonly string[];
}

/** Replies of one card that were being written at any time since a list of them was opened. */
export interface ListedReplies {
  readonly words: string;
  /** The first is one to go to, and names the row. */
  readonly replies: readonly string[];
  /** Those that still are. */
  readonly live: readonly string[];
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

/** The branch that was not taken at a fork, the next or the one before the last, and the turn it has on its first card. */
export function otherBranch({ turns }: Pick<Scene, 'turns'>, { message }: Fork) {
  const versions = versionsOf(turns.tree, message);
  const at = versions.indexOf(message);
  const other = versions[at + 1] ?? versions[at - 1];
  return other === undefined ? undefined : { message: other, named: turnAfter(turns, other) ?? other };
}

/** One of those that part at a fork. */
export interface Branch {
  /** The prompt or reply it begins with. */
  readonly message: string;
  readonly words: string;
  /** Turns in it; 0 for a reply that nothing follows. */
  readonly turns: number;
  /** Replies being written in it. */
  readonly live: number;
  readonly isOnPath: boolean;
}

/** What begins with these prompts and replies. Costs O(turns in them), little when asked again. */
export function branchesOf({ turns, path }: Pick<Scene, 'turns' | 'path'>, messages: readonly string[]) {
  return messages.map((message): Branch => {
    const header = turns.tree.messages.get(message);
    const sums = headsOf(turns, message).map((id) => sumOf(turns, id));
    const count = (of: 'turns' | 'live') => sums.reduce((sum, one) => sum + one[of], 0);
    return {
      message,
      words: plainLine(header?.preview ?? '') || (header ? strings.withoutWords : strings.nowWritten),
      turns: count('turns'),
      live: count('live') + (header ? 0 : 1),
      isOnPath: path.has(message),
    };
  });
}

/** The turns a branch begins with: a prompt's own, or all that continue a reply. */
function headsOf({ byId, turnOf }: Turns, message: string): readonly string[] {
  const turn = byId.get(turnOf.get(message) ?? '');
  if (!turn) return [];
  return turn.prompt === message || turn.id === message
    ? [turn.id]
    : turn.children.filter((id) => byId.get(id)?.via === message);
}

/** The card under which the branches of a fork part: of questions the one above, of replies their own. 0: the conversation. */
export function partsAt({ turns, indexOf }: Finding, { message }: Fork): number {
  const turn = turns.byId.get(turns.turnOf.get(message) ?? '');
  const above = turn?.prompt === message ? turn.parent : turn?.id;
  return above ? (indexOfMessage({ turns, indexOf }, above) ?? 0) : 0;
}

/** The cards of a fork: where it parts, then its branches. */
export function cardsOfFork(scene: Scene, fork: Fork): readonly number[] {
  const branches = versionsOf(scene.turns.tree, fork.message).map(
    (id) => indexOfMessage(scene, turnAfter(scene.turns, id) ?? id) ?? 0,
  );
  return [partsAt(scene, fork), ...branches];
}

/**
 * Cards that the bar speaks of, so that they are named wherever one looks from afar: the other branch of the fork nearest to the reader's
 * card, where it parts, and where what is live branched off. Costs O(path).
 */
export function spokenOf(scene: Scene, here: number): readonly number[] {
  const forks = forksOf(scene);
  const fork = forks[forksAround(scene, forks, here).at];
  const other = fork && otherBranch(scene, fork);
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

/**
 * What an open list shows once `live` is being written: what it showed before, in the same order, also what has ended meanwhile; below
 * that what began. The same list where nothing changes.
 */
export function listedWith(
  before: readonly ListedReplies[],
  live: readonly LiveCard[],
): readonly ListedReplies[] {
  const rowOfReply = new Map(before.flatMap(({ replies }, row) => replies.map((id) => [id, row] as const)));
  const now: string[][] = before.map(() => []);
  const begun: ListedReplies[] = [];
  for (const { words, replies } of live) {
    const [first] = replies.flatMap((id) => rowOfReply.get(id) ?? []);
    if (first === undefined) begun.push({ words, replies, live: replies });
    // Cards move, fold and unfold meanwhile: each reply stays in its row.
    else for (const id of replies) now[rowOfReply.get(id) ?? first]?.push(id);
  }
  const kept = before.map((row, at) => withLive(row, now[at] ?? []));
  const isSame = begun.length === 0 && kept.every((row, at) => row === before[at]);
  return isSame ? before : [...kept, ...begun];
}

function withLive(row: ListedReplies, live: readonly string[]): ListedReplies {
  if (live.join() === row.live.join()) return row;
  return { ...row, replies: [...new Set([...row.replies, ...live])], live };
}

/** The card of the message that Back leads to; -1: there is no way back, or it is the reader's own card. */
export function backCard(scene: Finding, message: string | undefined, here: number): number {
  const index = message === undefined ? undefined : indexOfMessage(scene, message);
  return index === undefined || index === here ? -1 : index;
}

/** The card of the path from which the branch with card `index` goes off; -1 for a card of the path. */
function leavesAt(scene: Scene, index: number): number {
  if (isOnPath(scene, index)) return -1;
  let above = scene.parent[index] as number;
  while (above > 0 && !isOnPath(scene, above)) above = scene.parent[above] as number;
  return Math.max(0, above);
}

/** Where a card is, for somebody at the card `here` (-1: nowhere): on their path, or how far up it branched off that, and at which words. */
export function whereabouts(scene: Scene, index: number, here: number): string {
  const at = leavesAt(scene, index);
  if (at < 0) return strings.onYourPath;
  const up = here < 0 ? 0 : depthOf(scene, here) - depthOf(scene, at);
  return strings.branchedAt(up, cardWords(scene, at).title);
}

const depthOf = ({ cards }: Pick<Scene, 'cards'>, index: number): number =>
  cards[index - 1]?.last.depth ?? -1;

/**
 * Which of `forks` the bar speaks of, and which are above and below that. It is the one that was `shown` (its message), else the one under
 * the reader's card, else the next above that, else the first; `where` the reader is, seen from it. Undefined past the last; `at` is -1
 * where there is none.
 */
export function forksAround(scene: Scene, forks: readonly Fork[], here: number, shown?: string) {
  const known = forks.findIndex(({ message }) => message === shown);
  const under = known < 0 && here >= 0 ? forks.findIndex((fork) => partsAt(scene, fork) === here) : known;
  const say = (at: number, where: 'at' | 'above' | 'below', above: number, below: number) => ({
    at,
    where,
    ...besides(forks, above, below),
  });
  if (under >= 0) return say(under, 'at', under - 1, under + 1);
  const row = here < 0 ? Number.POSITIVE_INFINITY : rowOf(scene, here);
  const above = forks.findLastIndex(({ index }) => rowOf(scene, index) <= row);
  const at = Math.min(Math.max(0, above), forks.length - 1);
  return say(at, here < 0 ? 'at' : above < 0 ? 'above' : 'below', above, above + 1);
}

function besides(forks: readonly Fork[], above: number, below: number) {
  const known = (at: number) => (forks[at] ? at : undefined);
  return { above: known(above), below: known(below) };
}

const rowOf = ({ row }: Pick<Scene, 'row'>, index: number): number => row[index] as number;

function liveCards(scene: Scene): LiveCard[] {
  const { tree } = scene.turns;
  const found = new Map<number, LiveCard>();
  for (const { id, parent, end } of tree.generations.values()) {
    if (end || tree.messages.has(id)) continue;
    const index = indexOfMessage(scene, id);
    if (index === undefined) continue;
    const known = found.get(index);
    const { words = plainLine(tree.messages.get(parent)?.preview ?? ''), replies = [] } = known ?? {};
    found.set(index, { index, words, replies: [...replies, id] });
  }
  return [...found.values()].sort((a, b) => rowOf(scene, a.index) - rowOf(scene, b.index));
}

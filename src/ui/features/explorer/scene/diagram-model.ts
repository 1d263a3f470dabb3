/**
 * What a card says: views of the few cards that are near enough to be read. Pure; a view that did not change keeps its
 * identity from one scene to the next, so that React Flow and the cards see only what did.
 */
import {
  type Card,
  type ChangedLines,
  countedOf,
  emptyEndUnder,
  type Generation,
  type LanePlace,
  type MessageHeader,
  type Tree,
  type Turn,
  type Turns,
  versionOrBranch,
  versionsOf,
} from '../../../../tree/index.ts';
import { type Badges, badgesOf, isBroken } from './badges.ts';
import { ASIDE, FADED, FORK, LIVE, ON_PATH, ROOT_CARD, type Scene } from './scene.ts';

/** One reply of a card. `live`: being written; `continued`: a turn goes on from it. */
export interface ReplyChip {
  readonly id: string;
  readonly live: boolean;
  readonly shown: boolean;
  readonly continued: boolean;
}

interface CardFacts {
  readonly id: string;
  readonly place: LanePlace;
  readonly onPath: boolean;
  /** The reader is here: the card of the selected message. */
  readonly here: boolean;
  /** In an aside. */
  readonly aside?: true;
  /** It was just hidden, and goes from the tree soon. */
  readonly faded?: true;
  /** Back leads here. */
  readonly back?: true;
  /** The next message goes here. */
  readonly next?: true;
}

export interface TurnView extends CardFacts {
  readonly kind: 'turn';
  readonly prompt: string;
  /** The chosen reply's line: the one on the path, else the newest. Empty while it is being written. */
  readonly reply: string;
  readonly shown: string | null;
  /** The chosen reply, while it is being written. */
  readonly writing?: Generation;
  readonly chips: readonly ReplyChip[];
  /** Absent when it is the only one. */
  readonly version?: Beside;
  /** How many ways lead on from here; 0 or 1 where it does not fork. */
  readonly ways: number;
  readonly badges: Badges;
  /** Why there is no reply to show, where none is there or being written; `wordless`: there is one, of thoughts alone. */
  readonly silence?: 'unasked' | 'wordless' | NonNullable<Badges['broken']>;
}

export interface Version {
  readonly n: number;
  readonly of: number;
  /** Other directions rather than other wordings: none of them is an edit. */
  readonly branch: boolean;
}

/** n of m among the wordings of the same prompt, with the turns beside it. */
export interface Beside extends Version {
  readonly before?: string;
  readonly after?: string;
}

/** A folded run, or with `branches` a stub: all that leaves the path here. */
export interface SegmentView extends CardFacts {
  readonly kind: 'segment' | 'stub';
  readonly turns: number;
  /** How many ways it ends; 1 for a run. */
  readonly branches: number;
  readonly title: string;
  readonly live: number;
  /** The run it is part of: what a click unfolds. */
  readonly run: string;
  /** Of its first turn; absent when that is the only one. */
  readonly version?: Beside;
  readonly badges: Badges;
}

/** The conversation itself, from which all first messages hang. */
export interface RootView {
  readonly kind: 'root';
  readonly id: string;
  readonly place: LanePlace;
  readonly onPath: boolean;
  readonly title: string;
  readonly turns: number;
  /** How many first messages there are. */
  readonly ways: number;
}

export type CardView = TurnView | SegmentView | RootView;

/** Cards that stand for where the reader is; -1: none. */
export interface ReaderCards {
  /** With the message that is read. */
  readonly here: number;
  /** Where the next message goes. */
  readonly next: number;
  /** Where Back leads. */
  readonly back: number;
}

/** What card `index` says. */
export function viewOf(scene: Scene, index: number, { here, next, back }: ReaderCards): CardView {
  const { turns, title } = scene;
  const place = { lane: scene.lane[index] as number, row: scene.row[index] as number };
  if (index === 0)
    return {
      kind: 'root',
      id: ROOT_CARD,
      place,
      onPath: true,
      title,
      turns: turns.byId.size,
      ways: turns.roots.length,
    };
  const card = scene.cards[index - 1] as Card;
  const flags = scene.flags[index] as number;
  const shown = {
    id: card.id,
    place,
    onPath: (flags & ON_PATH) !== 0,
    here: index === here,
    ...((flags & ASIDE) !== 0 && { aside: true as const }),
    ...((flags & FADED) !== 0 && { faded: true as const }),
    ...(index === back && { back: true as const }),
    ...(index === next && { next: true as const }),
  };
  return card.kind === 'turn' ? turnView(scene, card, flags, shown) : foldedView(scene, card, flags, shown);
}

/** The old view if the new one says the same. Views are small plain data. */
export function sameUnlessChanged(old: CardView | undefined, view: CardView): CardView {
  return old && JSON.stringify(old) === JSON.stringify(view) ? old : view;
}

function turnView({ turns, path }: Scene, card: Card, flags: number, shared: CardFacts): TurnView {
  const { tree } = turns;
  const turn = turns.byId.get(card.id) as Turn;
  const shown = shownReply(turn, path);
  const continued = new Set(turn.children.map((id) => turns.byId.get(id)?.via));
  const version = besideOf(turns, turn);
  const header = shown === null ? undefined : tree.messages.get(shown);
  const writing = shown === null || header ? undefined : tree.generations.get(shown);
  return {
    kind: 'turn',
    ...shared,
    prompt: turn.prompt === null ? '' : (tree.messages.get(turn.prompt)?.preview ?? ''),
    reply: header?.preview ?? '',
    shown,
    chips: turn.replies.map((id) => ({
      id,
      live: !tree.messages.has(id),
      shown: id === shown,
      continued: continued.has(id),
    })),
    ways: countedOf(tree, turn.children).length,
    badges: badgesOf(tree, [turn.id, ...turn.replies], flags, header),
    ...(version && { version }),
    ...(writing ? { writing } : !header?.preview && { silence: silenceOf(tree, turn, header) }),
  };
}

/** A reply that ended without a word may have left no message (tree rule 7). */
function silenceOf(tree: Tree, { prompt }: Turn, header: MessageHeader | undefined) {
  const end = header?.finish ?? (prompt === null ? undefined : emptyEndUnder(tree, prompt)?.end);
  if (end && isBroken(end.reason)) return end.reason;
  return header ? 'wordless' : 'unasked';
}

/** The reply a turn shows: the one on the path, else the newest. */
export function shownReply({ replies }: Turn, path: ReadonlySet<string>): string | null {
  return replies.find((id) => path.has(id)) ?? replies[replies.length - 1] ?? null;
}

/** n/m of the prompt a turn begins with, as the Versions picker counts it. */
export function versionOf(tree: Tree, turns: Turns, turn: Turn): Version | undefined {
  const same = wordingsOf(turns, turn);
  if (same.length < 2) return undefined;
  const branch = versionOrBranch(tree, turn.id) === 'branch';
  return { n: same.indexOf(turn.id) + 1, of: same.length, branch };
}

/** The turns that begin with a version of the prompt; replies to what both follow have no card of their own. */
function wordingsOf({ tree, byId }: Turns, { id }: Turn): readonly string[] {
  const versions = versionsOf(tree, id);
  return versions.length < 2 ? versions : versions.filter((version) => byId.has(version));
}

function besideOf(turns: Turns, turn: Turn): Beside | undefined {
  const version = versionOf(turns.tree, turns, turn);
  if (!version) return undefined;
  const same = wordingsOf(turns, turn);
  const [before, after] = [same[version.n - 2], same[version.n]];
  return { ...version, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** n/m of card `index`; absent where its first turn is the only wording. */
export function versionOn({ turns, cards, flags, parent }: Scene, index: number): Version | undefined {
  const above = parent[index] as number;
  if (above < 0 || ((flags[above] as number) & FORK) === 0) return undefined;
  return versionOf(turns.tree, turns, turns.byId.get((cards[index - 1] as Card).id) as Turn);
}

/** How the files of an agent's branch differ after the reply that card `index` shows. */
export function sinceOn({ turns, cards, path }: Scene, index: number): ChangedLines | undefined {
  const card = cards[index - 1];
  const turn = card?.kind === 'turn' ? turns.byId.get(card.id) : undefined;
  return turn && turns.tree.messages.get(shownReply(turn, path) ?? '')?.since;
}

/** How many ways lead on from card `index`. */
export function waysFrom({ turns, cards }: Scene, index: number): number {
  const card = cards[index - 1];
  const last = card?.turns[card.turns.length - 1];
  return last === undefined
    ? turns.roots.length
    : countedOf(turns.tree, turns.byId.get(last)?.children ?? []).length;
}

function foldedView({ turns }: Scene, card: Card, flags: number, shared: CardFacts): SegmentView {
  const { tree } = turns;
  const first = turns.byId.get(card.id) as Turn;
  const version = besideOf(turns, first);
  return {
    kind: card.sum ? 'stub' : 'segment',
    ...shared,
    turns: card.sum?.turns ?? card.turns.length,
    branches: card.sum?.branches ?? 1,
    title: tree.messages.get(first.id)?.preview ?? '',
    live: (flags & LIVE) === 0 ? 0 : liveIn(turns, card),
    run: card.run,
    badges: badgesOf(tree, [first.id], flags, undefined),
    ...(version && { version }),
  };
}

/** How many replies of a card are being written. */
function liveIn(turns: Turns, card: Card): number {
  if (card.sum) return card.sum.live;
  const replies = card.turns.flatMap((id) => turns.byId.get(id)?.replies ?? []);
  return replies.filter((id) => !turns.tree.messages.has(id)).length;
}

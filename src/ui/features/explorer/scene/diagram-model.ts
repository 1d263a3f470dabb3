/**
 * What a card says: views of the few cards that are near enough to be read. Pure; a view that did not change keeps its
 * identity from one scene to the next, so that React Flow and the cards see only what did.
 */
import {
  type Card,
  type ChangedLines,
  countCovered,
  countedOf,
  type EndReason,
  emptyEndUnder,
  type Generation,
  type LanePlace,
  type Mark,
  type MessageHeader,
  markOf,
  summarised,
  type Tree,
  type Turn,
  type Turns,
  versionOrBranch,
  versionsOf,
} from '../../../../tree/index.ts';
import { ASIDE, FADED, FORK, FRESH, LIVE, ON_PATH, ROOT_CARD, type Scene, SUMMARISED } from './scene.ts';

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
  /** Why there is no reply to show, where none is there or being written. */
  readonly silence?: 'unasked' | NonNullable<Badges['broken']>;
}

/** What a card is marked with. */
export interface Badges {
  /** The chosen reply's model, where there are replies by several. */
  readonly model?: string;
  readonly star?: true;
  readonly label?: string;
  readonly colour?: Mark['colour'];
  /** How the chosen reply ended, unless it is whole. */
  readonly broken?: 'stopped' | 'failed' | 'interrupted';
  /** A system prompt begins here. */
  readonly instructed?: true;
  /** A summary follows: how many messages it stands for, and its words. */
  readonly summary?: { readonly messages: number; readonly words: number };
  /** How the files of an agent's branch differ from its fork point, after the chosen reply. */
  readonly since?: ChangedLines;
  /** Said since this reader looked. */
  readonly fresh?: true;
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
export function keptView(old: CardView | undefined, view: CardView): CardView {
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
  return end === undefined || !isBroken(end.reason) ? 'unasked' : end.reason;
}

/** It broke off: not what ended well, nor in a way that only a later version knows. */
function isBroken(reason: EndReason): reason is NonNullable<Badges['broken']> {
  return BROKEN.has(reason);
}

const BROKEN: ReadonlySet<EndReason> = new Set(['stopped', 'failed', 'interrupted']);

/** The reply a turn shows: the one on the path, else the newest. */
export function shownReply({ replies }: Turn, path: ReadonlySet<string>): string | null {
  return replies.find((id) => path.has(id)) ?? replies[replies.length - 1] ?? null;
}

function badgesOf(
  tree: Tree,
  messages: readonly string[],
  flags: number,
  reply: MessageHeader | undefined,
): Badges {
  const marks = tree.marks.size === 0 ? [] : messages.map((id) => markOf(tree, id));
  const label = marks.find((mark) => mark.label)?.label;
  const colour = marks.find((mark) => mark.colour)?.colour;
  const reason = reply?.finish?.reason;
  return {
    ...(reply?.author.kind === 'model' && hasModels(tree) && { model: reply.author.name }),
    ...(marks.some(({ star }) => star) && { star: true as const }),
    ...(label && { label }),
    ...(colour && { colour }),
    ...(reason && isBroken(reason) && { broken: reason }),
    ...(isInstructed(tree, messages[0]) && { instructed: true as const }),
    ...((flags & SUMMARISED) !== 0 && summaryAfterAny(tree, messages)),
    ...(reply?.since && { since: reply.since }),
    ...((flags & FRESH) !== 0 && { fresh: true as const }),
  };
}

function summaryAfterAny(tree: Tree, messages: readonly string[]): Pick<Badges, 'summary'> {
  const after = summarised(tree);
  const id = messages.map((message) => after.get(message)).findLast((one) => one !== undefined);
  if (id === undefined) return {};
  const words = tree.messages.get(id)?.summary?.words ?? 0;
  return { summary: { messages: countCovered(tree, id), words } };
}

const severalIn = new WeakMap<Tree, boolean>();

/** Replies of a tree are by more than one model. Costs one look at each message, once for each state of the tree. */
function hasModels(tree: Tree): boolean {
  const known = severalIn.get(tree);
  if (known !== undefined) return known;
  let first: string | undefined;
  let several = false;
  for (const { author } of tree.messages.values()) {
    if (author.kind !== 'model') continue;
    first ??= author.name;
    several = author.name !== first;
    if (several) break;
  }
  severalIn.set(tree, several);
  return several;
}

function isInstructed(tree: Tree, first: string | undefined): boolean {
  const parent = first === undefined ? null : (tree.messages.get(first)?.parent ?? null);
  return parent !== null && tree.messages.get(parent)?.role === 'system';
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

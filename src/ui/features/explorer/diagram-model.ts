/**
 * What the diagram draws: cards, segments and edges with their places. Pure; a view that did not change keeps its
 * identity from one model to the next, so that React Flow and the cards see only what did.
 */
import {
  type Card,
  type FoldState,
  foldTurns,
  type Generation,
  type Place,
  placeCards,
  type Tree,
  type Turn,
  type Turns,
  turnsOf,
} from '../../../tree/index.ts';

/** One reply of a card. `live`: being written; `continued`: a turn goes on from it. */
export interface ReplyChip {
  readonly id: string;
  readonly live: boolean;
  readonly shown: boolean;
  readonly continued: boolean;
}

export interface TurnView {
  readonly kind: 'turn';
  readonly id: string;
  readonly place: Place;
  readonly onPath: boolean;
  /** The reader is here: the card of the selected message. */
  readonly here: boolean;
  readonly prompt: string;
  /** The chosen reply's line: the one on the path, else the newest. Empty while it is being written. */
  readonly reply: string;
  readonly shown: string | null;
  /** The chosen reply, while it is being written. */
  readonly writing?: Generation;
  readonly chips: readonly ReplyChip[];
  /** n of m among the wordings of the same prompt; absent when it is the only one. */
  readonly version?: Version;
  /** How many ways lead on from here; 0 or 1 where it does not fork. */
  readonly ways: number;
}

export interface Version {
  readonly n: number;
  readonly of: number;
  /** Other directions rather than other wordings: none of them is an edit. */
  readonly branch: boolean;
}

export interface SegmentView {
  readonly kind: 'segment';
  readonly id: string;
  readonly place: Place;
  readonly onPath: boolean;
  readonly here: boolean;
  readonly turns: number;
  readonly title: string;
  readonly live: number;
  /** The run it is part of: what a click unfolds. */
  readonly run: string;
}

/** The conversation itself, from which all first messages hang. */
export interface RootView {
  readonly kind: 'root';
  readonly id: string;
  readonly place: Place;
  readonly onPath: boolean;
  readonly title: string;
  readonly turns: number;
}

export type CardView = TurnView | SegmentView | RootView;

export interface EdgeView {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** The reply chip it leaves from; null: the card itself. */
  readonly via: string | null;
  readonly onPath: boolean;
}

/** Id of the conversation's own card. No message has it: ids of messages are longer. */
export const ROOT_CARD = 'root';

export interface DiagramModel {
  readonly cards: readonly CardView[];
  readonly edges: readonly EdgeView[];
  /** The card each message is drawn on. */
  readonly cardOf: ReadonlyMap<string, string>;
}

export interface DiagramInput {
  readonly tree: Tree;
  readonly title: string;
  /** Ids of the visible path, root first. */
  readonly path: readonly string[];
  /** The message the reader is at. */
  readonly selected: string | null;
  readonly chosen: FoldState['chosen'];
}

export const emptyDiagram: DiagramModel = { cards: [], edges: [], cardOf: new Map() };

/** Derives the diagram; views equal to one of `previous` are taken from there. Costs O(messages). */
export function diagramOf(
  { tree, title, path, selected, chosen }: DiagramInput,
  previous = emptyDiagram,
): DiagramModel {
  const turns = turnsOf(tree);
  const onPath = new Set(path);
  const pathTurns = new Set(path.map((id) => turns.turnOf.get(id)).filter((id) => id !== undefined));
  const here = selected === null ? null : (turns.turnOf.get(selected) ?? null);
  const state: FoldState = { path: pathTurns, selected: here, ...(chosen && { chosen }) };
  const cards = foldTurns(turns, state);
  const places = placeCards(cards);
  const known = new Map(previous.cards.map((card) => [card.id, card]));
  const root = kept(known.get(ROOT_CARD), rootView(title, turns.byId.size));
  const scene = { tree, turns, onPath, here };
  const views = cards.map((card) => {
    const place = places.get(card.id) as Place;
    const view = card.kind === 'turn' ? turnView(scene, card, place) : segmentView(scene, card, place);
    return kept(known.get(card.id), view);
  });
  return {
    cards: turns.byId.size === 0 ? [] : [root, ...views],
    edges: edgesOf(cards, turns, onPath, previous),
    cardOf: cardsOfMessages(cards, turns),
  };
}

function rootView(title: string, turns: number): RootView {
  return { kind: 'root', id: ROOT_CARD, place: { lane: 0, row: -1 }, onPath: true, title, turns };
}

interface Scene {
  readonly tree: Tree;
  readonly turns: Turns;
  readonly onPath: ReadonlySet<string>;
  readonly here: string | null;
}

function turnView({ tree, turns, onPath, here }: Scene, card: Card, place: Place): TurnView {
  const turn = turns.byId.get(card.id) as Turn;
  const shown = turn.replies.find((id) => onPath.has(id)) ?? turn.replies[turn.replies.length - 1] ?? null;
  const continued = new Set(turn.children.map((id) => turns.byId.get(id)?.via));
  const version = versionOf(tree, turns, turn);
  const writing = shown === null || tree.messages.has(shown) ? undefined : tree.generations.get(shown);
  return {
    kind: 'turn',
    id: turn.id,
    place,
    onPath: onPath.has(turn.id),
    here: here === turn.id,
    prompt: turn.prompt === null ? '' : (tree.messages.get(turn.prompt)?.preview ?? ''),
    reply: shown === null ? '' : (tree.messages.get(shown)?.preview ?? ''),
    shown,
    chips: turn.replies.map((id) => ({
      id,
      live: !tree.messages.has(id),
      shown: id === shown,
      continued: continued.has(id),
    })),
    ways: turn.children.length,
    ...(version && { version }),
    ...(writing && { writing }),
  };
}

/** Prompts that follow the same message are wordings of one another: n/m as the Versions picker counts. */
export function versionOf(tree: Tree, turns: Turns, turn: Turn): Version | undefined {
  const siblings = turn.parent === null ? turns.roots : (turns.byId.get(turn.parent) as Turn).children;
  const same = siblings.filter((id) => turns.byId.get(id)?.via === turn.via);
  if (same.length < 2) return undefined;
  const branch = !same.some((id) => tree.messages.get(id)?.origin.kind === 'edit');
  return { n: same.indexOf(turn.id) + 1, of: same.length, branch };
}

function segmentView({ tree, turns, onPath, here }: Scene, card: Card, place: Place): SegmentView {
  const run = card.turns.map((id) => turns.byId.get(id) as Turn);
  const first = run[0] as Turn;
  const live = run.flatMap((turn) => turn.replies).filter((id) => !tree.messages.has(id)).length;
  return {
    kind: 'segment',
    id: card.id,
    place,
    onPath: onPath.has(first.id),
    here: here !== null && card.turns.includes(here),
    turns: run.length,
    title: tree.messages.get(first.id)?.preview ?? '',
    live,
    run: card.run,
  };
}

function edgesOf(
  cards: readonly Card[],
  turns: Turns,
  onPath: ReadonlySet<string>,
  previous: DiagramModel,
): readonly EdgeView[] {
  const known = new Map(previous.edges.map((edge) => [edge.id, edge]));
  const segments = new Set(cards.filter((card) => card.kind === 'segment').map((card) => card.id));
  return cards.map((card) => {
    const source = card.parent ?? ROOT_CARD;
    const via = card.parent === null || segments.has(source) ? null : (turns.byId.get(card.id)?.via ?? null);
    const edge = { id: card.id, source, target: card.id, via, onPath: onPath.has(card.id) };
    return kept(known.get(card.id), edge);
  });
}

function cardsOfMessages(cards: readonly Card[], turns: Turns): ReadonlyMap<string, string> {
  const cardOfTurn = new Map(cards.flatMap((card) => card.turns.map((turn) => [turn, card.id] as const)));
  const cardOf = new Map<string, string>();
  for (const [message, turn] of turns.turnOf) cardOf.set(message, cardOfTurn.get(turn) as string);
  return cardOf;
}

/** The old view if the new one says the same. Views are small plain data. */
function kept<V extends object>(old: V | undefined, view: V): V {
  return old && JSON.stringify(old) === JSON.stringify(view) ? old : view;
}

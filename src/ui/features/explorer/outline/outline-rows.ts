/**
 * The rows of the outline: the tree as lines of text. The line one reads is level 1; what leaves it at a fork stands one level deeper,
 * under the turn that was taken instead, as one row until it is opened. So a row's level is its fork depth, and turns that follow one
 * another are siblings. Pure; no recursion: lines may be long and forks deep.
 */
import {
  type Card,
  type ChangedLines,
  type Colour,
  type FoldState,
  foldTurns,
  hiddenBeside,
  hiddenUnder,
  inAsides,
  markOf,
  type Sum,
  shownThoughPruned,
  summarised,
  sumOf,
  type Tree,
  type Turn,
  type Turns,
} from '../../../../tree/index.ts';
import { type Version, versionOf } from '../scene/diagram-model.ts';

export interface OutlineRow {
  /** The first turn it stands for; for a reply its own id. */
  readonly id: string;
  /**
   * `turn`: one turn; `run`: a folded run; `branch`: a line not taken, opened or not; `reply`: a reply nobody went on from,
   * beside the one that is shown.
   */
  readonly kind: 'turn' | 'run' | 'branch' | 'reply';
  readonly level: number;
  /** Where going there goes. */
  readonly message: string;
  readonly title: string;
  /** Turns it stands for: all of a branch that is not opened. */
  readonly turns: number;
  /** Whether it hides rows (false), shows them (true), or has none. */
  readonly expanded?: boolean;
  /** Key of the run to unfold, for `run`. */
  readonly run?: string;
  readonly here: boolean;
  /** The next message goes here. */
  readonly next?: true;
  readonly onPath: boolean;
  /** Other ways leave beside this turn. */
  readonly fork: boolean;
  readonly version?: Version;
  /** The reply it leaves from, by number, where the turn above has several; or the reply's own number. */
  readonly reply?: number;
  /** Replies being written in what it stands for. */
  readonly live: number;
  /** Latest message in what it stands for, ms since the epoch. */
  readonly time: number;
  /** Of its first turn: the branch's label and colour, a star on the prompt or a reply. */
  readonly label?: string;
  readonly colour?: Colour;
  readonly star?: boolean;
  /** How the files of an agent's branch differ from its fork point. */
  readonly since?: ChangedLines;
  /** A summary of all before follows it. */
  readonly summary?: boolean;
  /** It begins an aside, or is in one. */
  readonly aside?: true;
  /** It was just hidden, and goes soon. */
  readonly faded?: true;
  /** Siblings of it that were pruned. */
  readonly hidden?: number;
  /** Place among the rows under the same row, from 1, and how many they are. */
  readonly position: number;
  readonly of: number;
}

export interface OutlineInput {
  readonly tree: Tree;
  readonly turns: Turns;
  /** Ids of the visible path, root first. */
  readonly path: readonly string[];
  readonly selected: string | null;
  /** The message the next one follows. Default: none. */
  readonly next?: string | null;
  readonly chosen: FoldState['chosen'];
  /** Branches (by first turn) that are opened. */
  readonly open: ReadonlySet<string>;
}

/** Runs on the path are folded as soon as any are: an outline is for finding places, the thread for reading. */
const PATH_LIMIT = 12;

type UnplacedRow = Omit<OutlineRow, 'position' | 'of'>;

/** All rows, top down. Costs O(turns shown or in folded runs). */
export function outlineRows(input: OutlineInput): readonly OutlineRow[] {
  const scene = sceneOf(input);
  const rows: UnplacedRow[] = [];
  const todo: OutlineStep[] = [];
  startLine(scene, todo, null, 1);
  for (let step = todo.pop(); step; step = todo.pop()) {
    const { card, level, others, aside } = step;
    const closed = card.kind === 'stub' || (aside && !input.open.has(card.id) && hides(scene, card));
    rows.push(rowOf(scene, step, closed));
    if (!closed) startLine(scene, todo, card.id, level);
    for (const other of [...others].reverse()) {
      todo.push({ card: other, level: level + 1, others: [], aside: true });
    }
    if (!closed && card.kind === 'turn') rows.push(...repliesAside(scene, card, level + 1));
  }
  return numbered(rows);
}

interface OutlineStep {
  readonly card: Card;
  readonly level: number;
  /** Ways not taken beside this card. */
  readonly others: readonly Card[];
  /** It is the head of a way not taken. */
  readonly aside: boolean;
}

interface OutlineScene extends OutlineInput {
  /** Turns of the path. */
  readonly onPath: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  readonly here: string | null;
  readonly below: ReadonlyMap<string | null, readonly Card[]>;
}

/** Puts the way that is taken, on the path or else the newest, on the list, with the others beside it. */
function startLine(
  { onPath, below }: OutlineScene,
  todo: OutlineStep[],
  parent: string | null,
  level: number,
): void {
  const cards = below.get(parent) ?? [];
  const main = cards.find((card) => onPath.has(card.turns[0] as string)) ?? cards[cards.length - 1];
  if (!main) return;
  todo.push({ card: main, level, others: cards.filter((card) => card !== main), aside: false });
}

function sceneOf(input: OutlineInput): OutlineScene {
  const { turns, path, selected, chosen } = input;
  const here = selected === null ? null : (turns.turnOf.get(selected) ?? null);
  const pathTurns = new Set(path.map((id) => turns.turnOf.get(id)).filter((id) => id !== undefined));
  const opened = [...input.open].map((id) => [id, 'opened'] as const);
  const state: FoldState = {
    path: pathTurns,
    selected: here,
    chosen: new Map([...opened, ...(chosen ?? [])]),
    pathLimit: PATH_LIMIT,
    stubLimit: 0,
  };
  const cards = foldTurns(turns, state);
  const below = new Map<string | null, Card[]>();
  for (const card of cards) {
    const siblings = below.get(card.parent);
    if (siblings) siblings.push(card);
    else below.set(card.parent, [card]);
  }
  return { ...input, onPath: pathTurns, messages: new Set(path), here, below };
}

const hides = ({ below, turns }: OutlineScene, card: Card): boolean =>
  card.kind === 'stub' ||
  below.has(card.id) ||
  card.turns.length > 1 ||
  (turns.byId.get(card.id)?.replies.length ?? 0) > 1;

function rowOf(
  scene: OutlineScene,
  { card, level, others, aside }: OutlineStep,
  closed: boolean,
): UnplacedRow {
  const { tree, turns, onPath, here, next } = scene;
  const nextTurn = turns.turnOf.get(next ?? '');
  const first = turns.byId.get(card.turns[0] as string) as Turn;
  const { turns: count, live, time } = closed ? sumOf(turns, card.id) : ownSum(tree, turns, card);
  const version = versionOf(tree, turns, first);
  const reply = replyNumber(turns, first);
  const foldedRun = card.kind === 'segment' && !closed;
  const expanded = aside && hides(scene, card) ? !closed : foldedRun ? false : undefined;
  return {
    id: card.id,
    kind: foldedRun && !aside ? 'run' : aside ? 'branch' : 'turn',
    level,
    message: shownReply(scene, first) ?? first.id,
    title: tree.messages.get(first.id)?.preview ?? '',
    turns: count,
    live,
    time,
    ...(expanded !== undefined && { expanded }),
    ...(card.kind === 'segment' && { run: card.run }),
    here: here !== null && card.turns.includes(here),
    ...(nextTurn !== undefined && card.turns.includes(nextTurn) && { next: true as const }),
    onPath: onPath.has(first.id),
    fork: others.length > 0,
    ...(version && { version }),
    ...(reply && { reply }),
    ...(inAsides(tree).has(first.id) && { aside: true as const }),
    ...(!onPath.has(first.id) && shownThoughPruned(tree).has(first.id) && { faded: true as const }),
    ...marksOf(tree, first),
  };
}

/** Marks of a turn: a branch that another reply began has them on the reply. */
function marksOf(tree: Tree, { id, prompt, replies }: Turn): Partial<OutlineRow> {
  const summaries = summarised(tree);
  const marks = [id, ...replies].map((message) => markOf(tree, message));
  const since = replies.map((reply) => tree.messages.get(reply)?.since).findLast(Boolean);
  const label = marks.find((mark) => mark.label)?.label;
  const colour = marks.find((mark) => mark.colour)?.colour;
  const hidden = hiddenBeside(tree, id) + (prompt === null ? 0 : hiddenUnder(tree, prompt).length);
  return {
    ...(label && { label }),
    ...(colour && { colour }),
    ...(marks.some((mark) => mark.star) && { star: true }),
    ...([id, ...replies].some((message) => summaries.has(message)) && { summary: true }),
    ...(since && { since }),
    ...(hidden > 0 && { hidden }),
  };
}

function ownSum(tree: Tree, turns: Turns, card: Card): Omit<Sum, 'branches'> {
  let [live, time] = [0, card.time];
  for (const id of card.turns) {
    const turn = turns.byId.get(id) as Turn;
    time = Math.max(time, turn.time);
    for (const reply of turn.replies) {
      if (!tree.messages.has(reply)) live += 1;
      time = Math.max(time, tree.messages.get(reply)?.time ?? 0);
    }
  }
  return { turns: card.turns.length, live, time };
}

/** Which reply of the turn above it continues, where there are several. */
function replyNumber(turns: Turns, turn: Turn): number | undefined {
  const replies = turn.parent === null ? [] : (turns.byId.get(turn.parent)?.replies ?? []);
  const at = turn.via === null ? -1 : replies.indexOf(turn.via);
  return replies.length > 1 && at >= 0 ? at + 1 : undefined;
}

function shownReply({ messages }: OutlineScene, turn: Turn): string | undefined {
  return turn.replies.find((id) => messages.has(id)) ?? turn.replies[turn.replies.length - 1];
}

/** Replies beside the one shown that nobody went on from: their branches would stand for them. */
function repliesAside(scene: OutlineScene, card: Card, level: number): readonly UnplacedRow[] {
  const { tree, turns } = scene;
  const turn = turns.byId.get(card.id) as Turn;
  if (turn.replies.length < 2) return [];
  const continued = new Set(turn.children.map((id) => turns.byId.get(id)?.via));
  const shown = shownReply(scene, turn);
  return turn.replies.flatMap((id, index) => {
    if (id === shown || continued.has(id)) return [];
    const message = tree.messages.get(id);
    const time = message?.time ?? tree.generations.get(id)?.started ?? 0;
    const words = { title: message?.preview ?? '', live: message ? 0 : 1, time, reply: index + 1 };
    const plain = { turns: 0, here: false, onPath: false, fork: false };
    return [{ id, kind: 'reply' as const, level, message: id, ...words, ...plain }];
  });
}

/** Gives rows their places among those under the same row. */
function numbered(rows: readonly UnplacedRow[]): readonly OutlineRow[] {
  const groups: UnplacedRow[][] = [];
  const groupOf = new Map<UnplacedRow, UnplacedRow[]>();
  const places: number[] = [];
  for (const row of rows) {
    groups.length = Math.min(groups.length, row.level);
    groups[row.level - 1] ??= [];
    const group = groups[row.level - 1] as UnplacedRow[];
    places.push(group.push(row));
    groupOf.set(row, group);
  }
  return rows.map((row, index) => ({
    ...row,
    position: places[index] as number,
    of: groupOf.get(row)?.length ?? 1,
  }));
}

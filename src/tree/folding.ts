/**
 * Folding: which turns the diagram shows as cards, and which it draws as one. A run is a chain of turns none of
 * which forks; folded, it is one segment that keeps its place when it grows. Where a conversation is large, all that leaves
 * the path at a fork is one stub until it is opened. Fork points of what is shown always stay cards. Pure.
 */
import { changedKeys } from './layered.ts';
import { type Sum, sumOf, type Turn, type Turns } from './turns.ts';

/** One card of the diagram. */
export interface Card {
  /** The turn's id, or the first turn's of a segment or stub: a run keeps its id as it grows. */
  readonly id: string;
  readonly kind: 'turn' | 'segment' | 'stub';
  /** Ids of the turns it stands for, top down; of a stub only the first. */
  readonly turns: readonly string[];
  /** The last of them. */
  readonly last: Turn;
  /** Index of the card it hangs from; -1 for a first one. */
  readonly above: number;
  readonly parent: string | null;
  /** The reply of the parent's last turn that leads here; null where the prompt itself was followed. */
  readonly via: string | null;
  /** Cards between the root and this one. */
  readonly row: number;
  readonly time: number;
  /** First turn of the whole run it is part of: the key of `FoldState.chosen`. */
  readonly run: string;
  /** What a stub stands for. */
  readonly sum?: Sum;
}

/**
 * What a person chose for a run (by its first turn): folded to a segment, or shown turn by turn. `opened`: the stub that begins with it
 * shows its newest line, and what leaves that as stubs of its own; all of it where it is small.
 */
export type Chosen = 'folded' | 'unfolded' | 'opened';

/** What decides which runs are folded. */
export interface FoldState {
  /** Turns of the visible path. */
  readonly path: ReadonlySet<string>;
  /** The turn the reader is at: its neighbours in a folded run are shown. */
  readonly selected: string | null;
  /** What a person folded or unfolded; outranks the default. */
  readonly chosen?: ReadonlyMap<string, Chosen>;
  /** Up to so many turns in all, runs on the path are shown turn by turn. Default: `LARGE`. */
  readonly pathLimit?: number;
  /** Up to so many turns in all, what leaves the path is shown; above, as stubs. Default: `LARGE`. */
  readonly stubLimit?: number;
  /** Nothing is folded but what was chosen to be. Default: false. */
  readonly all?: boolean;
}

/** Up to so many turns nothing is folded. */
const SHOW_ALL = 12;
/** More turns than this are a large conversation. */
const LARGE = 350;
const AROUND_SELECTION = 1;

interface FoldingStep {
  readonly id: string;
  readonly above: number;
  /** `line`: it belongs to a line that is shown; `whole`: as all below it; `side`: it leaves one. */
  readonly as: 'side' | 'line' | 'whole';
}

/**
 * Cards top down, parents before children. Up to `SHOW_ALL` turns nothing is folded, up to `pathLimit` runs off the path, above also
 * those on it. With `before`, the cards of an earlier state, those that say the same are the same objects, and all of them the same array.
 * Costs O(turns shown or in segments), and once O(turns of each stub).
 */
export function foldTurns(turns: Turns, state: FoldState, before: readonly Card[] = []): readonly Card[] {
  const cards = new Cards(before);
  const stubs = !state.all && turns.byId.size > Math.max(SHOW_ALL, state.stubLimit ?? LARGE);
  const todo: FoldingStep[] = [];
  const follow = (children: readonly string[], above: number, as: (id: string) => FoldingStep['as']) => {
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const id = children[at] as string;
      todo.push({ id, above, as: as(id) });
    }
  };
  follow(turns.roots, -1, () => (stubs ? 'side' : 'whole'));
  for (let step = todo.pop(); step; step = todo.pop()) {
    const as = standing(turns, state, step);
    const first = turns.byId.get(step.id) as Turn;
    const sum = as === 'side' ? sumOf(turns, step.id) : undefined;
    if (sum && sum.turns > 1) {
      cards.add([first], { run: step.id, above: step.above, sum });
      continue;
    }
    const run = runFrom(turns, first);
    let { above } = step;
    for (const piece of piecesOf(turns, run, state, stubs && as === 'whole')) {
      above = cards.add(piece, { run: step.id, above });
    }
    const { children } = run[run.length - 1] as Turn;
    const main = as === 'line' ? mainOf(children, state) : undefined;
    follow(children, above, (id) => (as !== 'line' ? as : id === main ? 'line' : 'side'));
  }
  return cards.all();
}

/**
 * The cards of an earlier state for turns that were grown from its turns, where nothing but what replies are has changed in what they show:
 * with the same folding `foldTurns` would give the same. Undefined where it might not. `indexOf` is the card by the turns it stands for.
 * Costs what changed.
 */
export function cardsStill(
  cards: readonly Card[],
  before: Turns,
  after: Turns,
  indexOf: (turn: string) => number | undefined,
): readonly Card[] | undefined {
  if (before.byId === after.byId) return cards;
  const now = [...cards];
  for (const id of changedKeys(before.byId, after.byId)) {
    const [was, is] = [before.byId.get(id), after.byId.get(id)];
    if (was === is) continue;
    const index = indexOf(id);
    const card = index === undefined ? undefined : now[index];
    // What is in a stub is counted there.
    if (!was || !is || !card || card.sum || index === undefined) return undefined;
    if (was.children.join() !== is.children.join()) return undefined;
    if (card.last === was) now[index] = { ...card, last: is };
  }
  return now;
}

/** Whether, with this selection, cards depend on it: then the run it lies in is folded. */
export function selectionFolds(turns: Turns, state: FoldState): boolean {
  if (state.selected === null || !turns.byId.has(state.selected)) return false;
  return foldsRun(turns, state, runAround(turns, state.selected), false);
}

/** The first turn of the run a turn lies in. */
function runAround(turns: Turns, turn: string): string {
  let at = turns.byId.get(turn) as Turn;
  while (at.parent !== null && at.children.length < 2) {
    const above = turns.byId.get(at.parent) as Turn;
    if (above.children.length > 1) break;
    at = above;
  }
  return at.id;
}

function standing(turns: Turns, { path, chosen }: FoldState, { id, as }: FoldingStep): FoldingStep['as'] {
  if (as !== 'side') return as;
  if (path.has(id)) return 'line';
  if (!chosen?.has(id) || chosen.get(id) === 'folded') return 'side';
  return sumOf(turns, id).turns <= SHOW_ALL ? 'whole' : 'line';
}

/** Of the ways on from a line the one on the path, else the newest. */
function mainOf(children: readonly string[], { path }: FoldState): string | undefined {
  return children.find((id) => path.has(id)) ?? children[children.length - 1];
}

/** The chain from `first` down to the next fork point or leaf; a fork point is a run of its own. */
function runFrom(turns: Turns, first: Turn): readonly Turn[] {
  const run = [first];
  let turn = first;
  while (turn.children.length === 1) {
    const next = turns.byId.get(turn.children[0] as string) as Turn;
    if (next.children.length > 1) break;
    run.push(next);
    turn = next;
  }
  return run;
}

/** Cuts a run into what is shown: single turns and folded stretches of two or more. */
function piecesOf(
  turns: Turns,
  run: readonly Turn[],
  state: FoldState,
  whole: boolean,
): readonly (readonly Turn[])[] {
  const alone = run.length === 1 || !foldsRun(turns, state, (run[0] as Turn).id, whole);
  if (alone) return run.map((turn) => [turn]);
  const near = state.selected === null ? -1 : run.findIndex(({ id }) => id === state.selected);
  if (near < 0) return [run];
  const [from, to] = [Math.max(0, near - AROUND_SELECTION), near + AROUND_SELECTION + 1];
  const stretches = [run.slice(0, from), ...run.slice(from, to).map((turn) => [turn]), run.slice(to)];
  return stretches.filter((stretch) => stretch.length > 0);
}

function foldsRun(turns: Turns, state: FoldState, first: string, whole: boolean): boolean {
  const chosen = state.chosen?.get(first);
  if (chosen === 'folded' || chosen === 'unfolded') return chosen === 'folded';
  const size = turns.byId.size;
  if (state.all || whole || size <= SHOW_ALL) return false;
  return state.path.has(first) ? size > (state.pathLimit ?? LARGE) : true;
}

interface FoldPlace {
  readonly run: string;
  readonly above: number;
  readonly sum?: Sum;
}

/** Gathers cards, and keeps those of before that say the same: of thousands few change, and the others need not be made. */
class Cards {
  private readonly before: readonly Card[];
  private readonly cards: Card[] = [];
  private changed = false;

  constructor(before: readonly Card[]) {
    this.before = before;
  }

  /** Returns the card's index. */
  add(stretch: readonly Turn[], where: FoldPlace): number {
    const index = this.cards.length;
    const parent = this.cards[where.above];
    const was = this.before[index];
    if (was && says(was, stretch, where, parent)) this.cards.push(was);
    else {
      this.changed = true;
      this.cards.push(cardOf(stretch, where, parent));
    }
    return index;
  }

  all(): readonly Card[] {
    return this.changed || this.cards.length !== this.before.length ? this.cards : this.before;
  }
}

/** Between the same first turn and the same last one are the same turns. */
function says(card: Card, stretch: readonly Turn[], { run, above, sum }: FoldPlace, parent?: Card): boolean {
  return (
    card.last === stretch[stretch.length - 1] &&
    card.id === stretch[0]?.id &&
    card.turns.length === stretch.length &&
    card.above === above &&
    card.parent === (parent?.id ?? null) &&
    card.row === rowUnder(parent) &&
    card.run === run &&
    card.sum === sum
  );
}

const rowUnder = (parent: Card | undefined): number => (parent ? parent.row + 1 : 0);

function cardOf(stretch: readonly Turn[], { run, above, sum }: FoldPlace, parent: Card | undefined): Card {
  const [first, last] = [stretch[0] as Turn, stretch[stretch.length - 1] as Turn];
  const card = {
    id: first.id,
    kind: sum ? 'stub' : stretch.length > 1 ? 'segment' : 'turn',
    turns: stretch.map(({ id }) => id),
    last,
    above,
    parent: parent?.id ?? null,
    via: first.via,
    row: rowUnder(parent),
    time: first.time,
    run,
  } as const;
  // A spread of nothing would cost as much as the rest.
  return sum ? { ...card, sum } : card;
}

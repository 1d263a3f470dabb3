/**
 * Folding: which turns the diagram shows as cards, and which it draws as one. A run is a chain of turns none of
 * which forks; folded, it is one segment that keeps its place when it grows. Where a conversation is large, all that leaves
 * the path at a fork is one stub until it is opened. Fork points of what is shown always stay cards. Pure.
 */
import { type Sum, sumOf, type Turn, type Turns } from './turns.ts';

export interface Card {
  /** The turn's id, or the first turn's of a segment or stub: a run keeps its id as it grows. */
  readonly id: string;
  readonly kind: 'turn' | 'segment' | 'stub';
  /** Ids of the turns it stands for, top down; of a stub only the first. */
  readonly turns: readonly string[];
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
export const SHOW_ALL = 12;
/** More turns than this are a large conversation. */
export const LARGE = 350;
const AROUND_SELECTION = 1;

interface Step {
  readonly id: string;
  readonly above: number;
  /** `line`: it belongs to a line that is shown; `whole`: as all below it; `side`: it leaves one. */
  readonly as: 'side' | 'line' | 'whole';
}

/**
 * Cards top down, parents before children. Up to `SHOW_ALL` turns nothing is folded, up to `pathLimit` runs off the path, above also
 * those on it. Costs O(turns shown or in segments), and once O(turns of each stub).
 */
export function foldTurns(turns: Turns, state: FoldState): readonly Card[] {
  const cards: Card[] = [];
  const stubs = !state.all && turns.byId.size > Math.max(SHOW_ALL, state.stubLimit ?? LARGE);
  const first = stubs ? 'side' : 'whole';
  const todo: Step[] = [...turns.roots].reverse().map((id) => ({ id, above: -1, as: first }));
  for (let step = todo.pop(); step; step = todo.pop()) {
    const as = standing(turns, state, step);
    if (as === 'side' && sumOf(turns, step.id).turns > 1) {
      cards.push(cardOf(turns, [step.id], step.id, step.above, cards, sumOf(turns, step.id)));
      continue;
    }
    let { above } = step;
    const run = runFrom(turns, step.id);
    for (const piece of piecesOf(turns, run, state, stubs && as === 'whole')) {
      cards.push(cardOf(turns, piece, run[0] as string, above, cards));
      above = cards.length - 1;
    }
    const { children } = turns.byId.get(run[run.length - 1] as string) as Turn;
    const main = as === 'line' ? mainOf(children, state) : undefined;
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const id = children[at] as string;
      todo.push({ id, above, as: as === 'line' ? (id === main ? 'line' : 'side') : as });
    }
  }
  return cards;
}

/** Whether, with this selection, cards depend on it: then the run it lies in is folded. */
export function selectionFolds(turns: Turns, state: FoldState): boolean {
  if (state.selected === null || !turns.byId.has(state.selected)) return false;
  return foldsRun(turns, state, runAround(turns, state.selected), false);
}

/** The first turn of the run a turn lies in. */
export function runAround(turns: Turns, turn: string): string {
  let at = turns.byId.get(turn) as Turn;
  while (at.parent !== null && at.children.length < 2) {
    const above = turns.byId.get(at.parent) as Turn;
    if (above.children.length > 1) break;
    at = above;
  }
  return at.id;
}

function standing(turns: Turns, { path, chosen }: FoldState, { id, as }: Step): Step['as'] {
  if (as !== 'side') return as;
  if (path.has(id)) return 'line';
  if (!chosen?.has(id) || chosen.get(id) === 'folded') return 'side';
  return sumOf(turns, id).turns <= SHOW_ALL ? 'whole' : 'line';
}

/** Of the ways on from a line the one on the path, else the newest. */
function mainOf(children: readonly string[], { path }: FoldState): string | undefined {
  return children.find((id) => path.has(id)) ?? children[children.length - 1];
}

/** The chain from `id` down to the next fork point or leaf; a fork point is a run of its own. */
function runFrom(turns: Turns, id: string): readonly string[] {
  const run = [id];
  let turn = turns.byId.get(id) as Turn;
  while (turn.children.length === 1) {
    const next = turns.byId.get(turn.children[0] as string) as Turn;
    if (next.children.length > 1) break;
    run.push(next.id);
    turn = next;
  }
  return run;
}

/** Cuts a run into what is shown: single turns and folded stretches of two or more. */
function piecesOf(
  turns: Turns,
  run: readonly string[],
  state: FoldState,
  whole: boolean,
): readonly (readonly string[])[] {
  if (run.length === 1 || !foldsRun(turns, state, run[0] as string, whole)) return run.map((id) => [id]);
  const near = state.selected === null ? -1 : run.indexOf(state.selected);
  if (near < 0) return [run];
  const [from, to] = [Math.max(0, near - AROUND_SELECTION), near + AROUND_SELECTION + 1];
  const stretches = [run.slice(0, from), ...run.slice(from, to).map((id) => [id]), run.slice(to)];
  return stretches.filter((stretch) => stretch.length > 0);
}

function foldsRun(turns: Turns, state: FoldState, first: string, whole: boolean): boolean {
  const chosen = state.chosen?.get(first);
  if (chosen === 'folded' || chosen === 'unfolded') return chosen === 'folded';
  const size = turns.byId.size;
  if (state.all || whole || size <= SHOW_ALL) return false;
  return state.path.has(first) ? size > (state.pathLimit ?? LARGE) : true;
}

function cardOf(
  turns: Turns,
  ids: readonly string[],
  run: string,
  above: number,
  cards: readonly Card[],
  sum?: Sum,
): Card {
  const first = turns.byId.get(ids[0] as string) as Turn;
  const parent = cards[above];
  return {
    id: first.id,
    kind: sum ? 'stub' : ids.length > 1 ? 'segment' : 'turn',
    turns: ids,
    above,
    parent: parent?.id ?? null,
    via: first.via,
    row: parent ? parent.row + 1 : 0,
    time: first.time,
    run,
    ...(sum && { sum }),
  };
}

/**
 * Folding: which turns the diagram shows as cards, and which it draws as one segment. A run is a chain of turns none of
 * which forks; folded, it is one segment that keeps its place when it grows. Fork points always stay cards. Pure.
 */
import type { Turn, Turns } from './turns.ts';

export interface Card {
  /** The turn's id, or the first turn's of a segment: a run keeps its id as it grows. */
  readonly id: string;
  readonly kind: 'turn' | 'segment';
  /** Ids of the turns it stands for, top down. */
  readonly turns: readonly string[];
  readonly parent: string | null;
  /** The reply of the parent's last turn that leads here; null where the prompt itself was followed. */
  readonly via: string | null;
  /** Cards between the root and this one. */
  readonly row: number;
  readonly time: number;
  /** First turn of the whole run it is part of: the key of `FoldState.chosen`. */
  readonly run: string;
}

export interface FoldState {
  /** Turns of the visible path. */
  readonly path: ReadonlySet<string>;
  readonly selected: string | null;
  /** Runs (by first turn) a person folded or unfolded; outranks the default. */
  readonly chosen?: ReadonlyMap<string, 'folded' | 'unfolded'>;
  /** Up to so many turns in all, runs on the path are shown turn by turn. Default: 350. */
  readonly pathLimit?: number;
}

const SHOW_ALL = 12;
const PATH_LIMIT = 350;
const AROUND_SELECTION = 1;

/** Cards top down, parents before children. Up to 12 turns nothing is folded, up to `pathLimit` runs off the path, above also the path. */
export function foldTurns(turns: Turns, state: FoldState): readonly Card[] {
  const cards: Card[] = [];
  const todo = [...turns.roots].reverse().map((id) => ({ id, parent: null as Card | null }));
  for (let at = todo.pop(); at; at = todo.pop()) {
    let { parent } = at;
    const run = runFrom(turns, at.id);
    for (const piece of piecesOf(turns, run, state)) {
      parent = cardOf(turns, piece, run[0] as string, parent);
      cards.push(parent);
    }
    const last = turns.byId.get(run[run.length - 1] as string) as Turn;
    for (const id of [...last.children].reverse()) todo.push({ id, parent });
  }
  return cards;
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
function piecesOf(turns: Turns, run: readonly string[], state: FoldState): readonly (readonly string[])[] {
  const first = run[0] as string;
  const chosen = state.chosen?.get(first);
  const fold = chosen ? chosen === 'folded' : foldsByDefault(turns.byId.size, state, first);
  if (!fold || run.length === 1) return run.map((id) => [id]);
  const near = state.selected === null ? -1 : run.indexOf(state.selected);
  if (near < 0) return [run];
  const [from, to] = [Math.max(0, near - AROUND_SELECTION), near + AROUND_SELECTION + 1];
  const stretches = [run.slice(0, from), ...run.slice(from, to).map((id) => [id]), run.slice(to)];
  return stretches.filter((stretch) => stretch.length > 0);
}

function foldsByDefault(size: number, { path, pathLimit = PATH_LIMIT }: FoldState, first: string): boolean {
  if (size <= SHOW_ALL) return false;
  return path.has(first) ? size > pathLimit : true;
}

function cardOf(turns: Turns, ids: readonly string[], run: string, parent: Card | null): Card {
  const first = turns.byId.get(ids[0] as string) as Turn;
  return {
    id: first.id,
    kind: ids.length > 1 ? 'segment' : 'turn',
    turns: ids,
    parent: parent?.id ?? null,
    via: first.via,
    row: parent ? parent.row + 1 : 0,
    time: first.time,
    run,
  };
}

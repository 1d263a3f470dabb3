/** Which rows of the outline stand for what was found. Pure. */
import type { Turns } from '../../../../tree/index.ts';
import type { TreeHits } from '../../../stores/tree-hits.ts';
import type { OutlineRow } from './outline-rows.ts';

export interface RowHits {
  readonly count: number;
  /** The one that is looked at is among them. */
  readonly current: boolean;
}

/** Hits by row: each counts for the row it has itself, else for the nearest above it, which hides it. Costs O(hits + turns). */
export function hitsByRow(
  rows: readonly OutlineRow[],
  turns: Turns,
  hits: TreeHits,
): ReadonlyMap<string, RowHits> {
  const found = new Map<string, RowHits>();
  if (hits.size === 0) return found;
  const shown = new Set(rows.map(({ id }) => id));
  const rowOf = nearestRow(shown, turns);
  for (const [message, kind] of hits) {
    const row = shown.has(message) ? message : rowOf(turns.turnOf.get(message));
    if (row === undefined) continue;
    const { count, current } = found.get(row) ?? { count: 0, current: false };
    found.set(row, { count: count + 1, current: current || kind === 'current' });
  }
  return found;
}

/** Walks up once for each turn, however many ask. */
function nearestRow(shown: ReadonlySet<string>, { byId }: Turns) {
  const known = new Map<string, string | undefined>();
  return (turn: string | undefined): string | undefined => {
    const passed: string[] = [];
    let at = turn;
    while (at !== undefined && !shown.has(at) && !known.has(at)) {
      passed.push(at);
      at = byId.get(at)?.parent ?? undefined;
    }
    const row = at !== undefined && known.has(at) ? known.get(at) : at;
    for (const id of passed) known.set(id, row);
    return row;
  };
}

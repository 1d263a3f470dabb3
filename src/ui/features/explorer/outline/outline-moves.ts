/** What a key does in the outline: the standard keys of a tree (WAI-ARIA, "Tree View"). Pure. */
import type { OutlineRow } from './outline-rows.ts';

export type Move =
  | { readonly kind: 'focus'; readonly row: OutlineRow }
  | { readonly kind: 'toggle'; readonly row: OutlineRow }
  | { readonly kind: 'go'; readonly row: OutlineRow };

/** @param typed characters typed in a row, lower case; empty where the key is none. Null: the key is not the tree's. */
export function moveIn(rows: readonly OutlineRow[], at: number, key: string, typed: string): Move | null {
  const row = rows[at];
  if (!row) return null;
  const focus = (to: OutlineRow | undefined): Move => ({ kind: 'focus', row: to ?? row });
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1]);
    case 'ArrowUp':
      return focus(rows[at - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows[rows.length - 1]);
    case 'ArrowRight':
      return row.expanded === false ? { kind: 'toggle', row } : focus(childOf(rows, at));
    case 'ArrowLeft':
      return row.expanded === true ? { kind: 'toggle', row } : focus(parentOf(rows, at));
    case 'Enter':
    case ' ':
      return row.kind === 'run' ? { kind: 'toggle', row } : { kind: 'go', row };
    default:
      return typed === '' ? null : focus(startingWith(rows, at, typed));
  }
}

function childOf(rows: readonly OutlineRow[], at: number): OutlineRow | undefined {
  const next = rows[at + 1];
  return next && next.level > (rows[at] as OutlineRow).level ? next : undefined;
}

function parentOf(rows: readonly OutlineRow[], at: number): OutlineRow | undefined {
  const { level } = rows[at] as OutlineRow;
  return rows.slice(0, at).findLast((row) => row.level < level);
}

/** The next row whose words begin so, from here on and round; the same character again goes to the next one. */
function startingWith(rows: readonly OutlineRow[], at: number, typed: string): OutlineRow | undefined {
  const again = [...typed].every((character) => character === typed[0]);
  const text = again ? (typed[0] as string) : typed;
  const from = again ? at + 1 : at;
  const order = [...rows.slice(from), ...rows.slice(0, from)];
  return order.find(({ title }) => title.toLowerCase().startsWith(text));
}

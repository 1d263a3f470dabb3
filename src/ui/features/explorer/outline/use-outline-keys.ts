import { type FocusEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { moveIn } from './outline-moves.ts';
import type { OutlineRow } from './outline-rows.ts';

interface OutlineKeysOptions {
  readonly rows: readonly OutlineRow[];
  readonly toggle: (id: string, run: string | undefined) => void;
  readonly onSelect: (message: string, at?: string) => void;
  readonly onCursor: (message: string | null) => void;
}

const FORGET_TYPED = 700;

/** The standard keys of a tree, and which of its rows is in the tab order: the focused one, else where the reader is. */
export function useOutlineKeys({ rows, toggle, onSelect, onCursor }: OutlineKeysOptions) {
  const [focused, setFocused] = useState<string>();
  const wanted = useRef<string>(undefined);
  const typed = useRef({ text: '', at: 0 });
  const active = activeRow(rows, focused);

  const onFocus = useCallback(
    (id: string) => {
      setFocused(id);
      onCursor(rows.find((row) => row.id === id)?.message ?? null);
    },
    [rows, onCursor],
  );
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    // A row that goes away while it has the focus blurs too; the next one takes the focus at once.
    if (wanted.current !== undefined || currentTarget.contains(relatedTarget)) return;
    setFocused(undefined);
    onCursor(null);
  };

  const focusOn = (id: string) => {
    wanted.current = id;
    setFocused(id);
  };
  /** To where the reader is; false while no row is there. */
  const focusHere = () => {
    const here = rows.find((row) => row.here);
    if (here) focusOn(here.id);
    return here !== undefined;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const text = typedText(typed.current, event);
    const move = moveIn(rows, active, event.key, text);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'go') onSelect(move.row.message, move.row.id);
    if (move.kind === 'toggle') {
      wanted.current = move.row.id;
      toggle(move.row.id, move.row.run);
    }
    if (move.kind === 'focus') focusOn(move.row.id);
  };
  return { active, focused, wanted, focusHere, onFocus, onBlur, onKeyDown };
}

function activeRow(rows: readonly OutlineRow[], focused: string | undefined): number {
  const at = rows.findIndex(({ id }) => id === focused);
  if (at >= 0) return at;
  return Math.max(
    0,
    rows.findIndex(({ here }) => here),
  );
}

/** What was typed so far towards a name; empty for keys that are no characters. */
function typedText(typed: { text: string; at: number }, { key, timeStamp }: KeyboardEvent): string {
  // "?" opens the keys, here too.
  if (key.length !== 1 || key === ' ' || key === '?') return '';
  typed.text = timeStamp - typed.at > FORGET_TYPED ? key : typed.text + key;
  typed.at = timeStamp;
  return typed.text.toLowerCase();
}

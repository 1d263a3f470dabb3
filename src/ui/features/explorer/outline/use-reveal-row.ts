import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect } from 'react';
import type { OutlineRow } from './outline-rows.ts';
import type { useOutlineKeys } from './use-outline-keys.ts';

interface RevealRowOptions {
  readonly rows: readonly OutlineRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
  readonly keys: ReturnType<typeof useOutlineKeys>;
}

/** Keeps in sight where the reader is, and moves the focus to the row that a key asked for once it is mounted. */
export function useRevealRow({ rows, virtualizer, keys }: RevealRowOptions): void {
  const { wanted, active, focused } = keys;
  const here = rows.findIndex((row) => row.here);
  useEffect(() => {
    if (here >= 0 && focused === undefined) virtualizer.scrollToIndex(here, { align: 'auto' });
  }, [virtualizer, here, focused]);

  useLayoutEffect(() => {
    const id = wanted.current;
    if (id === undefined || rows[active]?.id !== id) return;
    virtualizer.scrollToIndex(active, { align: 'auto' });
    const row = virtualizer.scrollElement?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
}

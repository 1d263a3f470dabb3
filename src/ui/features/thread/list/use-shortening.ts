import { useMemo } from 'react';
import type { Row } from '../rows/rows.ts';
import { type LeftBehind, type Shortening, shorten, whole } from '../rows/shortening.ts';

/** By conversation, for the session: the path may change in the tree while the thread is not on the page. */
const states = new Map<string, Shortening>();

/** What the path shown left behind when it became shorter. */
export function useShortening(conversation: string, rows: readonly Row[]): LeftBehind | undefined {
  return useMemo(() => {
    const state = shorten(states.get(conversation) ?? whole, rows);
    states.set(conversation, state);
    return state.left;
  }, [conversation, rows]);
}

/** For tests: forgets every path, as a reload does. */
export function forgetPaths(): void {
  states.clear();
}

import type { Actions } from '../types.ts';
import { useBough } from './context.tsx';

/** What a person can do; the same object for as long as the page lives. */
export function useActions(): Actions {
  return useBough().actions;
}

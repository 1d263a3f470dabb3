/** The entry of the browser's history that is shown: what is noted in its state, else what its address says (decision 0083). Part of the first load. */
import { currentRoute } from '../route.ts';
import type { HistoryEntry, ReadingSpot } from './machine.ts';

/** The current entry; one that says nothing on the page of anything else. */
export function entryOf(conversation: string): HistoryEntry {
  if (!isOn(conversation)) return { spot: null, from: null, isLink: false };
  const route = currentRoute();
  const named = route.kind === 'conversation' ? route.message : undefined;
  const noted = spotIn(history.state?.place);
  const linked = named === undefined ? null : { through: named, at: named };
  return {
    spot: noted ?? linked,
    from: spotIn(history.state?.from),
    isLink: noted === null && linked !== null,
  };
}

export function isOn(conversation: string): boolean {
  const route = currentRoute();
  return route.kind === 'conversation' && route.id === conversation;
}

function spotIn(value: unknown): ReadingSpot | null {
  const { through, at, said } = (value ?? {}) as Partial<ReadingSpot>;
  if (typeof through !== 'string' || typeof at !== 'string') return null;
  return { through, at, ...(said === true && { said }) };
}

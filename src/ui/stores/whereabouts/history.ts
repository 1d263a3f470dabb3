/** Entries of the browser's history, as the whereabouts see them: what is noted in their state, else what their address says (decision 0083). */
import { currentRoute, hrefOf, navigate } from '../route.ts';
import { type Effect, type HistoryEntry, NOWHERE, type ReadingSpot } from './machine.ts';

/** The current entry; one that says nothing on the page of anything else. */
export function entryOf(conversation: string): HistoryEntry {
  if (!isOn(conversation)) return NOWHERE;
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

/** Does what the whereabouts of a conversation say, while its page is the one that is shown. */
export function apply(conversation: string, effect: Effect): void {
  if (!isOn(conversation)) return;
  if (effect.kind === 'note') return history.replaceState({ ...history.state, place: effect.spot }, '');
  const { spot, from } = effect.entry;
  const state = spot || from ? { ...(spot && { place: spot }), ...(from && { from }) } : null;
  const own = { kind: 'conversation', id: conversation } as const;
  if (effect.kind === 'push')
    return navigate(effect.address && spot ? { ...own, message: spot.at } : own, { state });
  navigate(own, { replace: true, state });
  // Nothing is navigated to where one is, and yet nothing is to be noted there.
  if (state === null) history.replaceState(null, '', hrefOf(own));
}

function spotIn(value: unknown): ReadingSpot | null {
  const { through, at, said } = (value ?? {}) as Partial<ReadingSpot>;
  if (typeof through !== 'string' || typeof at !== 'string') return null;
  return { through, at, ...(said === true && { said }) };
}

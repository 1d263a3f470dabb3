/**
 * Where an entry of the browser's history stands in its conversation (tree rule 13, decision 0083). A jump notes first where the reader
 * is, in the entry that is left, and makes an entry of its own: Back leads to exactly there.
 */
import { useSyncExternalStore } from 'react';
import { currentRoute, hrefOf, navigate } from './route.ts';

export interface HistoryPlace {
  /** The message the path goes through. */
  readonly through: string;
  /** The message at the top of the window. */
  readonly at: string;
}

/** The place of the current entry; undefined where none is noted, and on the page of anything else. */
export function currentPlace(conversation: string): HistoryPlace | undefined {
  const route = currentRoute();
  if (route.kind !== 'conversation' || route.id !== conversation) return undefined;
  const noted: unknown = history.state?.place;
  if (isPlace(noted)) return noted;
  return route.message === undefined ? undefined : { through: route.message, at: route.message };
}

/** A jump to `to`, from where the reader is. One to where the entry stands already makes no other. */
export function jumpTo(conversation: string, to: HistoryPlace, from: HistoryPlace | undefined): void {
  const here = currentPlace(conversation);
  if (here?.through === to.through && here.at === to.at) return;
  if (from) history.replaceState({ ...history.state, place: from }, '');
  navigate(
    { kind: 'conversation', id: conversation, message: to.at },
    { state: { place: to, ...(from && { from }) } },
  );
  changed();
}

/** The message the browser's Back leads to within this conversation; undefined where it leads out of it. */
export function usePlaceBefore(conversation: string): string | undefined {
  return useSyncExternalStore(subscribe, () => placeBefore(conversation));
}

function placeBefore(conversation: string): string | undefined {
  const route = currentRoute();
  if (route.kind !== 'conversation' || route.id !== conversation) return undefined;
  const from: unknown = history.state?.from;
  return isPlace(from) ? from.at : undefined;
}

const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** What is said next is not at the place any more: the address is the conversation's own again. */
export function leavePlace(conversation: string): void {
  const route = currentRoute();
  if (route.kind !== 'conversation' || route.id !== conversation) return;
  // Back still leads to where the jump began.
  const from: unknown = history.state?.from;
  const state = isPlace(from) ? { from } : null;
  const own = { kind: 'conversation', id: conversation } as const;
  if (route.message !== undefined || state !== null) navigate(own, { replace: true, state });
  else if (history.state !== null) history.replaceState(null, '', hrefOf(own));
}

function isPlace(value: unknown): value is HistoryPlace {
  const { through, at } = (value ?? {}) as Partial<HistoryPlace>;
  return typeof through === 'string' && typeof at === 'string';
}

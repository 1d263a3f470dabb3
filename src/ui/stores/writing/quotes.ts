/**
 * What a message that is not sent yet quotes, by draft: a conversation, a new chat, or a message being edited (`editKey`). Kept over
 * reloads. Small: it is part of the first load, what shows it is loaded later.
 */
import { create } from 'zustand';
import { areQuotes, type Quote } from '../../../protocol/index.ts';
import { ownOf } from '../../../protocol/own-property.ts';
import { load } from '../browser/browser-storage.ts';
import { draftStorage } from './attachments.ts';
import { keepWritten } from './written.ts';

export const QUOTES_KEY = 'quotes:';
const useStore = create<Readonly<Record<string, readonly Quote[]>>>()(() => ({}));

export function useQuotes(draft: string): readonly Quote[] {
  return useStore((lists) => ownOf(lists, draft)) ?? quotesFor(draft);
}

export function quotesFor(draft: string): readonly Quote[] {
  const known = ownOf(useStore.getState(), draft);
  if (known) return known;
  const value = load(QUOTES_KEY + draft, draftStorage(draft));
  const stored = areQuotes(value) ? value : NONE;
  if (stored.length > 0) put(draft, stored);
  return stored.length > 0 ? stored : NONE;
}

const NONE: readonly Quote[] = [];

const put = (draft: string, list: readonly Quote[]) =>
  useStore.setState((lists) => ({ ...lists, [draft]: list }), true);

export function setQuotes(draft: string, next: readonly Quote[]): void {
  put(draft, next);
  keepWritten(QUOTES_KEY + draft, next.length > 0 ? next : undefined, draftStorage(draft));
}

/** Behind those that are there; one that is there already is not doubled. */
export function addQuotes(draft: string, quotes: readonly Quote[] = []): void {
  const there = quotesFor(draft);
  const isThere = (quote: Quote) =>
    there.some(({ of, text }) => of.message === quote.of.message && text === quote.text);
  const fresh = quotes.filter((quote) => !isThere(quote));
  if (fresh.length > 0) setQuotes(draft, [...there, ...fresh]);
}

/** For tests: forgets what is in memory, as a reload does. */
export function forgetQuotes(): void {
  useStore.setState({}, true);
}

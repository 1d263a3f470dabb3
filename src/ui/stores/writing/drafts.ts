/**
 * What is typed and not sent, by conversation, kept over reloads. Every draft has its own key in localStorage (decision 0064): two tabs
 * writing in different conversations cannot overwrite each other, and a keystroke costs its own draft only.
 */
import { create } from 'zustand';
import { ownOf } from '../../../protocol/own-property.ts';
import { keysOf, load, save } from '../browser/browser-storage.ts';
import { keepWritten } from './written.ts';

/** Where the draft of a chat that does not exist yet is kept. */
export const NEW_CHAT = 'new';

export const DRAFT_KEY = 'draft:';
const MOST = 50;
const WRITE_AFTER = 300;

interface Drafts {
  /** Drafts this tab has read or written; absent means look in the storage. */
  readonly texts: Readonly<Record<string, string>>;
}

const useStore = create<Drafts>()(() => ({ texts: {} }));
const unsaved = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

export function useDraft(conversation: string): string {
  return useStore((state) => ownOf(state.texts, conversation) ?? stored(conversation));
}

export function draftOf(conversation: string): string {
  return ownOf(useStore.getState().texts, conversation) ?? stored(conversation);
}

/** Replaces the draft; written to the storage a moment later, at once when the page goes away. */
export function setDraft(conversation: string, text: string): void {
  useStore.setState(({ texts }) => ({ texts: { ...texts, [conversation]: text } }));
  unsaved.add(conversation);
  clearTimeout(timer);
  timer = setTimeout(flushDrafts, WRITE_AFTER);
}

/** Gives text back to the composer without losing what is there: before it, a blank line between. */
export function giveBack(conversation: string, text: string): void {
  const there = draftOf(conversation);
  setDraft(conversation, there.trim() === '' ? text : `${text.trimEnd()}\n\n${there}`);
}

export function flushDrafts(): void {
  clearTimeout(timer);
  for (const conversation of unsaved) {
    const text = draftOf(conversation);
    keepWritten(DRAFT_KEY + conversation, text === '' ? undefined : { text, at: Date.now() });
  }
  unsaved.clear();
  prune();
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', flushDrafts);
  document.addEventListener('visibilitychange', () => document.hidden && flushDrafts());
}

/** Keeps the newest; old drafts go for good, so the number is generous. */
function prune(): void {
  const keys = keysOf(DRAFT_KEY);
  if (keys.length <= MOST) return;
  const byAge = keys.map((key) => ({ key, at: draftIn(load(key))?.at ?? 0 })).sort((a, b) => b.at - a.at);
  for (const { key } of byAge.slice(MOST)) save(key, undefined);
}

function stored(conversation: string): string {
  return draftIn(load(DRAFT_KEY + conversation))?.text ?? '';
}

function draftIn(value: unknown): { text: string; at: number } | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('at' in value)) return undefined;
  return typeof value.text === 'string' && typeof value.at === 'number'
    ? { text: value.text, at: value.at }
    : undefined;
}

/** For tests: forgets what is in memory, as a reload does. */
export function forgetDrafts(): void {
  flushDrafts();
  useStore.setState({ texts: {} });
}

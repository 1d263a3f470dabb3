/**
 * Messages that are being edited, with what is written of them so far, by message. Kept for the tab: switching the conversation
 * or the version, scrolling far away, or a reload loses nothing.
 */
import { create } from 'zustand';
import type { FilePart, Quote } from '../../../protocol/index.ts';
import { ownOf } from '../../../protocol/own-property.ts';
import { load } from '../browser/browser-storage.ts';
import { editKey, giveBackFiles, setAttachments } from './attachments.ts';
import { addQuotes, setQuotes } from './quotes.ts';
import { keepWritten } from './written.ts';

interface Edits {
  readonly texts: Readonly<Record<string, string>>;
  /** Opened just now: its box takes the focus. */
  readonly opened?: string | undefined;
}

export const EDITS_KEY = 'edits';
const WRITE_AFTER = 300;
const useStore = create<Edits>()(() => ({ texts: stored() }));
let timer: ReturnType<typeof setTimeout> | undefined;

useStore.subscribe(({ texts }, was) => {
  if (texts === was.texts) return;
  clearTimeout(timer);
  timer = setTimeout(flushEdits, WRITE_AFTER);
});
if (typeof window !== 'undefined') window.addEventListener('pagehide', flushEdits);

function flushEdits(): void {
  clearTimeout(timer);
  const { texts } = useStore.getState();
  keepWritten(EDITS_KEY, Object.keys(texts).length > 0 ? texts : undefined, { tab: true });
}

function stored(): Edits['texts'] {
  const texts = load(EDITS_KEY, { tab: true });
  if (typeof texts !== 'object' || texts === null) return {};
  return Object.fromEntries(Object.entries(texts).filter((entry) => typeof entry[1] === 'string'));
}

/** The text of an edit; undefined while the message is not being edited. */
export function useEdit(message: string): string | undefined {
  return useStore(({ texts }) => ownOf(texts, message));
}

/** Of the messages of a path the one whose editor was opened last; undefined while none is edited. */
export function useOpenEdit(path: readonly { readonly key: string }[]): string | undefined {
  return useStore(({ texts }) =>
    Object.keys(texts).find((message) => path.some(({ key }) => key === message)),
  );
}

export function editOf(message: string): string | undefined {
  return ownOf(useStore.getState().texts, message);
}

/** Opens the editor of a message with `text` and `files`, unless it is open: then it only gets the focus. */
export function startEdit(
  message: string,
  text: string,
  files: readonly FilePart[] = [],
  quotes: readonly Quote[] = [],
): void {
  if (editOf(message) === undefined) {
    giveBackFiles(editKey(message), files);
    addQuotes(editKey(message), quotes);
  }
  useStore.setState(({ texts }) => ({
    texts: { [message]: text, ...texts },
    opened: message,
  }));
}

export function setEdit(message: string, text: string): void {
  useStore.setState(({ texts }) => ({ texts: { ...texts, [message]: text } }));
}

/** Opens the editor with a text and files that were not taken, before what may be in it by now. */
export function giveBackEdit(
  message: string,
  text: string,
  files: readonly FilePart[] = [],
  quotes: readonly Quote[] = [],
): void {
  const there = editOf(message);
  startEdit(message, text, files, quotes);
  if (there !== undefined && there !== text) setEdit(message, `${text}\n\n${there}`);
}

export function endEdit(message: string): void {
  setAttachments(editKey(message), []);
  setQuotes(editKey(message), []);
  useStore.setState(({ texts: { [message]: _, ...texts } }) => ({ texts }));
}

/** True once after `startEdit`: whoever mounts the box then gives it the focus. */
export function takeOpened(message: string): boolean {
  if (useStore.getState().opened !== message) return false;
  useStore.setState({ opened: undefined });
  return true;
}

/** For tests: forgets every edit; with `reload` what is in memory only, as a reload does. */
export function forgetEdits({ reload = false } = {}): void {
  flushEdits();
  useStore.setState({ texts: reload ? stored() : {}, opened: undefined });
  flushEdits();
}

/**
 * Messages that are being edited, with what is written of them so far, by message. Kept for the session: switching the conversation
 * or the version, or scrolling far away, loses nothing.
 */
import { create } from 'zustand';
import type { FilePart } from '../../protocol/index.ts';
import { editKey, giveBackFiles, setAttachments } from './attachments.ts';

interface Edits {
  readonly texts: Readonly<Record<string, string>>;
  /** Opened just now: its box takes the focus. */
  readonly opened?: string | undefined;
  /** To be opened as soon as its words are on the page. */
  readonly wished?: string | undefined;
}

const useStore = create<Edits>()(() => ({ texts: {} }));

/** The text of an edit; undefined while the message is not being edited. */
export function useEdit(message: string): string | undefined {
  return useStore(({ texts }) => texts[message]);
}

export function editOf(message: string): string | undefined {
  return useStore.getState().texts[message];
}

/** Opens the editor of a message with `text` and `files`, unless it is open: then it only gets the focus. */
export function startEdit(message: string, text: string, files: readonly FilePart[] = []): void {
  if (editOf(message) === undefined) giveBackFiles(editKey(message), files);
  useStore.setState(({ texts }) => ({
    texts: { [message]: text, ...texts },
    opened: message,
    wished: undefined,
  }));
}

export function setEdit(message: string, text: string): void {
  useStore.setState(({ texts }) => ({ texts: { ...texts, [message]: text } }));
}

/** Opens the editor with a text and files that were not taken, before what may be in it by now. */
export function giveBackEdit(message: string, text: string, files: readonly FilePart[] = []): void {
  const there = editOf(message);
  startEdit(message, text, files);
  if (there !== undefined && there !== text) setEdit(message, `${text}\n\n${there}`);
}

export function endEdit(message: string): void {
  setAttachments(editKey(message), []);
  useStore.setState(({ texts: { [message]: _, ...texts } }) => ({ texts }));
}

/** Opens the editor of a message whose words are not here: the thread does when it shows it. */
export function wishEdit(message: string): void {
  useStore.setState({ wished: message });
}

/** True while the editor of the message is wished for. */
export function useWishedEdit(message: string): boolean {
  return useStore(({ wished }) => wished === message);
}

/** True once after `startEdit`: whoever mounts the box then gives it the focus. */
export function takeOpened(message: string): boolean {
  if (useStore.getState().opened !== message) return false;
  useStore.setState({ opened: undefined });
  return true;
}

/** For tests: forgets every edit, as a reload does. */
export function forgetEdits(): void {
  useStore.setState({ texts: {}, opened: undefined, wished: undefined });
}

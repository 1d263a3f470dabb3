/**
 * Files attached to what is not sent yet, by draft: a conversation, a new chat, or a message being edited (`editKey`). Those that are
 * uploaded are kept over reloads; an upload under way lives as long as the page. Small: it is part of the first load, the rest is in
 * features/files.
 */
import { create } from 'zustand';
import type { FilePart } from '../../../protocol/index.ts';
import { ownOf } from '../../../protocol/own-property.ts';
import { load } from '../browser/browser-storage.ts';
import { keepWritten } from './written.ts';

export interface Attachment {
  /** Made here; it stays the same from picking to sending. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly state: AttachmentState;
}

export type AttachmentState =
  /** `share` from 0 to 1. `reading`: a document becomes text first. */
  | { readonly kind: 'uploading'; readonly share: number; readonly reading?: true }
  /** `note`: what became of it on its way here. `other`: it can go otherwise, while this page has it. */
  | {
      readonly kind: 'ready';
      readonly file: FilePart;
      readonly note?: string;
      readonly other?: 'pages' | 'source';
    }
  /** `again`: trying the same file again may help. `readings`: it is text, and a person has to say in which encoding. */
  | {
      readonly kind: 'failed';
      readonly sentence: string;
      readonly again: boolean;
      readonly other?: 'pages' | 'source';
      readonly readings?: readonly TextReading[];
    };

/** A way to read a text file: `sample` is how it would begin. */
export interface TextReading {
  readonly encoding: string;
  readonly label: string;
  readonly sample: string;
}

type Lists = Readonly<Record<string, readonly Attachment[]>>;

export const FILES_KEY = 'files:';
const EDIT = 'edit:';
const useStore = create<Lists>()(() => ({}));

/** The draft of a message that is being edited. */
export const editKey = (message: string): string => EDIT + message;

/** An edit is the tab's own. */
export const draftStorage = (draft: string) => ({ tab: draft.startsWith(EDIT) });

export function useAttachments(draft: string): readonly Attachment[] {
  return useStore((lists) => ownOf(lists, draft)) ?? attachmentsOf(draft);
}

export function attachmentsOf(draft: string): readonly Attachment[] {
  const known = ownOf(useStore.getState(), draft);
  if (known) return known;
  const stored = asAttachments(filesIn(load(FILES_KEY + draft, draftStorage(draft))));
  if (stored.length > 0) put(draft, stored);
  return stored;
}

/** Set anew as a whole: what is merged into a record may not be called `__proto__`. */
const put = (draft: string, list: readonly Attachment[]) =>
  useStore.setState((lists) => ({ ...lists, [draft]: list }), true);

export function setAttachments(draft: string, next: readonly Attachment[]): void {
  put(draft, next);
  const files = readyFiles(next);
  keepWritten(FILES_KEY + draft, files.length > 0 ? files : undefined, draftStorage(draft));
}

/** Files that are stored already, before what is attached. */
export function giveBackFiles(draft: string, files: readonly FilePart[] = []): void {
  const there = attachmentsOf(draft);
  const missing = files.filter((file) => !readyFiles(there).some(({ hash }) => hash === file.hash));
  if (missing.length > 0) setAttachments(draft, [...asAttachments(missing), ...there]);
}

export function readyFiles(attachments: readonly Attachment[]): FilePart[] {
  return attachments.flatMap(({ state }) => (state.kind === 'ready' ? [state.file] : []));
}

function asAttachments(files: readonly FilePart[]): readonly Attachment[] {
  return files.map((file) => ({
    id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    name: file.name,
    size: file.size,
    state: { kind: 'ready', file },
  }));
}

function filesIn(value: unknown): FilePart[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (file) =>
      typeof file?.hash === 'string' &&
      typeof file.name === 'string' &&
      typeof file.type === 'string' &&
      typeof file.size === 'number',
  );
}

/** For tests: forgets what is in memory, as a reload does. */
export function forgetAttachments(): void {
  useStore.setState({}, true);
}

/** Uploading what is attached: one upload a file, each with its progress, its end, and a way out. Outside React: it goes on when the composer is left. */
import { mayPass, ServerError } from '../../../client/kit/errors.ts';
import type { Actions } from '../../../client/types.ts';
import { FILES_LIMIT, fileName, IMAGE_LIMIT, newId, TEXT_FILE_LIMIT } from '../../../protocol/index.ts';
import { announce } from '../../stores/announce.ts';
import { toast } from '../../stores/toasts.ts';
import {
  type Attachment,
  type AttachmentState,
  attachmentsOf,
  setAttachments,
} from '../../stores/writing/attachments.ts';
import { DOCUMENT_LIMIT, mayBeDocument, type ReadText } from './documents/types.ts';
import { decoded } from './encodings.ts';
import { fileIsHere } from './here.ts';
import { readableOf, textFile } from './readable.ts';
import * as strings from './strings-later.ts';

interface Upload {
  file: File;
  /** What the server refused, or a document, was looked at, and `file` is what it was turned into. */
  turned?: boolean;
  /** What was done with it, for its place in the list. */
  note?: string;
  stop: AbortController;
}

/** What is attached here and not uploaded yet, by the attachment's id: only this page has the file. */
const uploads = new Map<string, Upload>();

/** Attaches files to a draft and begins to upload them. Those beyond the limit of a message are left out, and that is said. */
export function attach(draft: string, files: readonly File[], upload: Actions['upload']): void {
  const there = attachmentsOf(draft);
  const room = Math.max(0, FILES_LIMIT - there.length);
  const taken = files.slice(0, room).map((file) => attachmentOf(file));
  setAttachments(draft, [...there, ...taken]);
  const left = files.slice(room);
  if (left.length > 0) toast(leftOut(left));
  else
    announce(taken.length === 1 ? strings.attached(taken[0]?.name) : strings.attachedSeveral(taken.length));
  taken.forEach((attachment, index) => {
    uploads.set(attachment.id, { file: files[index] as File, stop: new AbortController() });
    if (attachment.state.kind !== 'failed') void begin(draft, attachment.id, upload);
  });
}

/** Tries an upload that failed once more. */
export function retry(draft: string, id: string, upload: Actions['upload']): void {
  const known = uploads.get(id);
  if (!known) return;
  known.stop = new AbortController();
  change(draft, id, { kind: 'uploading', share: 0 });
  void begin(draft, id, upload);
}

/** Reads a text file as a person says, and uploads that. */
export async function readAs(
  draft: string,
  id: string,
  encoding: string,
  upload: Actions['upload'],
): Promise<void> {
  const known = uploads.get(id);
  const text = known && decoded(new Uint8Array(await known.file.arrayBuffer()), encoding);
  if (!known || text === undefined || text === null) return;
  known.file = textFile(known.file, text);
  known.turned = true;
  retry(draft, id, upload);
}

/** Tries every upload of a draft once more that may work now. */
export function retryAll(draft: string, upload: Actions['upload']): void {
  for (const { id, state } of attachmentsOf(draft)) {
    if (state.kind === 'failed' && state.again) retry(draft, id, upload);
  }
}

/** Takes a file out of a draft; an upload under way is cancelled. */
export function detach(draft: string, id: string): void {
  uploads.get(id)?.stop.abort();
  uploads.delete(id);
  setAttachments(
    draft,
    attachmentsOf(draft).filter((attachment) => attachment.id !== id),
  );
}

function attachmentOf(file: File): Attachment {
  const { size } = file;
  const name = fileName(file.name);
  const document = mayBeDocument(file.name);
  const sentence = size === 0 ? strings.isEmpty : size > limitOf(document) ? tooLarge(document) : undefined;
  const state: AttachmentState = sentence
    ? { kind: 'failed', sentence, again: false }
    : document
      ? READING
      : { kind: 'uploading', share: 0 };
  return { id: newId(), name, size, state };
}

const limitOf = (document: boolean): number => (document ? DOCUMENT_LIMIT : IMAGE_LIMIT);

const tooLarge = (document: boolean): string =>
  document
    ? strings.documentTooLarge(DOCUMENT_LIMIT / 1_000_000)
    : strings.tooLarge(IMAGE_LIMIT / 1_000_000, TEXT_FILE_LIMIT / 1_000_000);

const READING: AttachmentState = { kind: 'uploading', share: 0, reading: true };

/** A document is read first; everything else is uploaded at once. */
async function begin(draft: string, id: string, upload: Actions['upload']): Promise<void> {
  const known = uploads.get(id);
  if (!known || known.turned || !mayBeDocument(known.file.name)) return run(draft, id, upload);
  const { signal } = known.stop;
  const { file } = known;
  change(draft, id, READING);
  const { documentText } = await import('./documents/document-reader.ts');
  const read = await documentText(file, { signal }).catch(() => undefined);
  if (signal.aborted) return;
  // Not what its name says: perhaps text.
  if (!read && file.size <= IMAGE_LIMIT) return run(draft, id, upload);
  if (read?.kind !== 'text') return fail(draft, id, strings.documentFaults[read?.fault ?? 'broken']);
  known.file = new File([read.text], `${file.name}.txt`, {
    type: 'text/plain',
    lastModified: file.lastModified,
  });
  known.turned = true;
  known.note = noteOf(read);
  return run(draft, id, upload);
}

function noteOf({ read, all, piece, whole }: ReadText): string {
  return whole ? strings.readAsText(all, piece) : strings.readInPart(read, all, piece);
}

function fail(draft: string, id: string, sentence: string): void {
  const name = uploads.get(id)?.file.name ?? '';
  change(draft, id, { kind: 'failed', sentence, again: false });
  announce(`${name}: ${sentence}`, 'alert');
}

async function run(draft: string, id: string, upload: Actions['upload']): Promise<void> {
  const known = uploads.get(id);
  if (!known) return;
  const { signal } = known.stop;
  const onProgress = (share: number) => change(draft, id, { kind: 'uploading', share });
  try {
    const stored = await upload(known.file, { signal, onProgress });
    uploads.delete(id);
    fileIsHere(stored.hash);
    const { note } = known;
    const file = { kind: 'file', name: fileName(known.file.name), ...stored } as const;
    change(draft, id, { kind: 'ready', file, ...(note !== undefined && { note }) });
  } catch (error) {
    if (signal.aborted) return;
    const readable = isType(error) && !known.turned ? await readableOf(known.file) : undefined;
    if (signal.aborted) return;
    if (readable?.kind === 'file') {
      known.file = readable.file;
      known.turned = true;
      return run(draft, id, upload);
    }
    if (readable?.kind === 'ask') {
      const { readings } = readable;
      change(draft, id, { kind: 'failed', sentence: WHICH, again: false, readings });
      return announce(`${known.file.name}: ${WHICH}`, 'alert');
    }
    const told = readable?.sentence;
    const sentence = told ?? uploadFault(error);
    const again = told === undefined && error instanceof Error && mayPass(error.cause);
    change(draft, id, { kind: 'failed', sentence, again });
    announce(`${known.file.name}: ${sentence}`, 'alert');
  }
}

const WHICH = strings.notUtf8;

const uploadFault = (error: unknown): string =>
  error instanceof Error ? error.message : strings.notUploaded;

const isType = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof ServerError && error.cause.code === 'file-type';

/** Nothing where it was taken out meanwhile. */
function change(draft: string, id: string, state: AttachmentState): void {
  const there = attachmentsOf(draft);
  if (!there.some((attachment) => attachment.id === id)) return;
  setAttachments(
    draft,
    there.map((attachment) => (attachment.id === id ? inState(attachment, state) : attachment)),
  );
}

/** What was turned into something else is called so, and has its size. */
function inState(attachment: Attachment, state: AttachmentState): Attachment {
  if (state.kind !== 'ready') return { ...attachment, state };
  const { name, size } = state.file;
  return { ...attachment, name, size, state };
}

/** More names would cover a phone's screen. */
const NAMED = 3;

function leftOut(files: readonly File[]): string {
  const names = files.slice(0, NAMED).map(({ name }) => name);
  const more = files.length - names.length;
  const all = more > 0 ? strings.andMore(names.join(', '), more) : names.join(', ');
  return strings.leftOut(FILES_LIMIT, all);
}

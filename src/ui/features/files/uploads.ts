/** Uploading what is attached: one upload a file, each with its progress, its end, and a way out. Outside React: it goes on when the composer is left. */
import { mayPass, ServerError } from '../../../client/kit/errors.ts';
import type { Actions } from '../../../client/types.ts';
import {
  AUDIO_LIMIT,
  FILES_LIMIT,
  type FilePart,
  fileName,
  IMAGE_LIMIT,
  newId,
  ORIGINAL_LIMIT,
  TEXT_FILE_LIMIT,
} from '../../../protocol/index.ts';
import { announce } from '../../stores/announce.ts';
import { toast } from '../../stores/toasts.ts';
import {
  type Attachment,
  type AttachmentState,
  attachmentsOf,
  setAttachments,
} from '../../stores/writing/attachments.ts';
import { attachedName, DOCUMENT_LIMIT } from './documents/types.ts';
import { decoded } from './encodings.ts';
import { fileIsHere } from './here.ts';
import {
  type OtherForm,
  type PreparedFile,
  pagesOf,
  prepared,
  takesPreparing,
  unlikeItsName,
} from './prepared.ts';
import { type Readable, readableOf, textFile } from './readable.ts';
import * as strings from './strings-later.ts';

interface Upload extends Partial<Omit<PreparedFile, 'kind'>> {
  /** What goes: what was attached, or what was made of it. */
  file: File;
  /** What the server refused, or what has to be prepared, was looked at, and `file` is what it was turned into. */
  turned?: boolean;
  original?: File;
  note?: string;
  other?: OtherForm;
  stop: AbortController;
}

/** What is attached here and not uploaded yet, by the attachment's id: only this page has the file. */
const uploads = new Map<string, Upload>();
/** What was attached here and can go otherwise, by the attachment's id. */
const sources = new Map<string, File>();

/**
 * Attaches files to a draft and begins to upload them. Those beyond the limit of a message are left out, and that is said.
 * @param original what all of them were made of
 */
export function attach(
  draft: string,
  files: readonly File[],
  upload: Actions['upload'],
  original?: File,
): void {
  const there = attachmentsOf(draft);
  const room = Math.max(0, FILES_LIMIT - there.length);
  const taken = files.slice(0, room).map((file) => attachmentOf(file));
  setAttachments(draft, [...there, ...taken]);
  const left = files.slice(room);
  if (left.length > 0) toast(leftOut(left));
  else
    announce(taken.length === 1 ? strings.attached(taken[0]?.name) : strings.attachedSeveral(taken.length));
  taken.forEach((attachment, index) => {
    const file = files[index] as File;
    const made = original && { original, turned: true };
    uploads.set(attachment.id, { file, ...made, stop: new AbortController() });
    if (attachment.state.kind !== 'failed') void begin(draft, attachment.id, upload);
  });
}

/** Attaches the same otherwise: in its place the pages of a PDF as pictures, or a page of the web as it is written. */
export async function attachOtherwise(
  draft: string,
  id: string,
  other: OtherForm,
  upload: Actions['upload'],
): Promise<void> {
  const file = sources.get(id);
  if (!file) return;
  const stop = new AbortController();
  const known: Upload = { file, turned: true, stop };
  uploads.set(id, known);
  change(draft, id, READING);
  if (other === 'source') return run(draft, id, upload);
  const room = FILES_LIMIT - attachmentsOf(draft).length + 1;
  const pages = await pagesOf(file, room, stop.signal).catch(() => undefined);
  if (stop.signal.aborted) return;
  if (!pages) return fail(draft, id, strings.notReadable);
  if ('sentence' in pages) return fail(draft, id, pages.sentence);
  detach(draft, id);
  if (pages.note) toast(pages.note);
  attach(draft, pages.files, upload, file);
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
  const bytes = await known?.file.arrayBuffer().catch(() => undefined);
  if (known && !bytes) return fail(draft, id, strings.notReadable);
  const text = bytes && decoded(new Uint8Array(bytes), encoding);
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
  sources.delete(id);
  setAttachments(
    draft,
    attachmentsOf(draft).filter((attachment) => attachment.id !== id),
  );
}

function attachmentOf(file: File): Attachment {
  const { size } = file;
  const name = fileName(file.name);
  const preparing = takesPreparing(file);
  const sentence = size === 0 ? strings.isEmpty : size > limitOf(preparing) ? tooLarge(preparing) : undefined;
  const state: AttachmentState = sentence
    ? { kind: 'failed', sentence, again: false }
    : preparing
      ? READING
      : { kind: 'uploading', share: 0 };
  return { id: newId(), name, size, state };
}

const limitOf = (preparing: boolean): number => (preparing ? DOCUMENT_LIMIT : IMAGE_LIMIT);

const tooLarge = (preparing: boolean): string =>
  preparing
    ? strings.documentTooLarge(DOCUMENT_LIMIT / 1_000_000)
    : strings.tooLarge(IMAGE_LIMIT / 1_000_000, AUDIO_LIMIT / 1_000_000, TEXT_FILE_LIMIT / 1_000_000);

const READING: AttachmentState = { kind: 'uploading', share: 0, reading: true };

/** A document is read first, a picture drawn, audio looked at, whatever they are called; everything else is uploaded as it is. */
async function begin(draft: string, id: string, upload: Actions['upload']): Promise<void> {
  const known = uploads.get(id);
  if (!known || known.turned) return run(draft, id, upload);
  const { signal } = known.stop;
  const { file } = known;
  if (takesPreparing(file)) change(draft, id, READING);
  const made = await prepared(file, signal).catch(() => undefined);
  if (signal.aborted) return;
  if (made?.other) sources.set(id, file);
  if (made?.kind === 'file' && made.note !== undefined) known.note = made.note;
  if (made?.kind === 'fault') return fail(draft, id, made.sentence, made.other);
  if (made?.original) Object.assign(known, { ...made, turned: true });
  else if (file.size > IMAGE_LIMIT && !made?.fits) return fail(draft, id, tooLarge(false));
  change(draft, id, { kind: 'uploading', share: 0 });
  return run(draft, id, upload);
}

function fail(draft: string, id: string, sentence: string, other?: OtherForm): void {
  const name = uploads.get(id)?.file.name ?? '';
  change(draft, id, { kind: 'failed', sentence, again: false, ...(other && { other }) });
  announce(`${name}: ${sentence}`, 'alert');
}

async function run(draft: string, id: string, upload: Actions['upload']): Promise<void> {
  const known = uploads.get(id);
  if (!known) return;
  const { signal } = known.stop;
  const onProgress = (share: number) => change(draft, id, { kind: 'uploading', share });
  try {
    const stored = await upload(known.file, { signal, onProgress });
    const kept = known.original && (await storedOriginal(known.original, upload, signal));
    uploads.delete(id);
    fileIsHere(stored.hash);
    const name = fileName(known.file.name);
    const file = { kind: 'file', name, ...stored, ...(kept && { original: kept }) } as const;
    const { note = known.original ? undefined : unlikeItsName(known.file, stored.type), other } = known;
    const said = known.original && !kept ? [note, strings.originalNotKept].join('; ') : note;
    change(draft, id, {
      kind: 'ready',
      file,
      ...(said !== undefined && { note: said }),
      ...(other && { other }),
    });
  } catch (error) {
    if (signal.aborted) return;
    const isOfType = isType(error) && !known.turned;
    const readable = isOfType ? await readableOf(known.file).catch(() => UNREADABLE) : undefined;
    if (signal.aborted) return;
    if (readable?.kind === 'file') {
      if (readable.original) known.original = readable.original;
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

/** What was attached, beside what goes of it. Undefined: it is too large, or the server takes none of its kind. Rejects as `upload`, where it may pass. */
async function storedOriginal(
  original: File,
  upload: Actions['upload'],
  signal: AbortSignal,
): Promise<FilePart['original'] | undefined> {
  if (original.size > ORIGINAL_LIMIT) return undefined;
  try {
    const stored = await upload(original, { signal, as: 'original' });
    fileIsHere(stored.hash);
    return { name: fileName(original.name), ...stored };
  } catch (error) {
    if (signal.aborted || (error instanceof Error && mayPass(error.cause))) throw error;
    return undefined;
  }
}

const WHICH = strings.notUtf8;
const UNREADABLE: Readable = { kind: 'no', sentence: strings.notReadable };

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
  const { size } = state.file;
  return { ...attachment, name: attachedName(state.file), size, state };
}

/** More names would cover a phone's screen. */
const NAMED = 3;

function leftOut(files: readonly File[]): string {
  const names = files.slice(0, NAMED).map(({ name }) => name);
  const more = files.length - names.length;
  const all = more > 0 ? strings.andMore(names.join(', '), more) : names.join(', ');
  return strings.leftOut(FILES_LIMIT, all);
}

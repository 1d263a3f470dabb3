/** What goes to models of a file that is attached, and what is kept of it beside (decision 0258). */

import { withoutMetadata } from '../../../protocol/files/picture-metadata.ts';
import { isAudio, isImage } from '../../../protocol/index.ts';
import { fittingAudio, mayBeAudio } from './audio/fitting-audio.ts';
import {
  type DocumentRead,
  isNamedFor,
  mayBeDocument,
  type ReadText,
  textNameOf,
} from './documents/types.ts';
import { fittingPicture, mayBePicture, TooManyPixels } from './pictures/fitting-picture.ts';
import { beginsAsPicture, pictureSize } from './pictures/picture-size.ts';
import * as strings from './strings-later.ts';

export interface PreparedFile {
  readonly kind: 'file';
  readonly file: File;
  /** Where `file` was made of it. */
  readonly original?: File;
  /** What was done, for its place in the list. */
  readonly note?: string;
  /** It was looked at, and is no larger than it may be. */
  readonly fits?: true;
  /** What else could go of it. */
  readonly other?: OtherForm;
}

/** `pages`: those of a PDF as pictures; `source`: a page of the web as it is written. */
export type OtherForm = 'pages' | 'source';

export type Prepared =
  | PreparedFile
  | { readonly kind: 'fault'; readonly sentence: string; readonly other?: OtherForm };

/** Its name says that it takes a while: it is read, drawn or heard. */
export const takesPreparing = (file: File): boolean => claimOf(file) !== undefined;

type Claim = 'document' | 'audio' | 'picture';

function claimOf(file: File): Claim | undefined {
  if (mayBeDocument(file.name)) return 'document';
  if (mayBeAudio(file)) return 'audio';
  return mayBePicture(file) ? 'picture' : undefined;
}

/** Rejects as the signal aborts. */
export async function prepared(file: File, signal: AbortSignal): Promise<Prepared> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  signal.throwIfAborted();
  switch (beginsAs(head) ?? claimOf(file)) {
    case 'document':
      return documentOf(file, signal);
    case 'audio':
      return audioFor(file, signal);
    case 'picture':
      return pictureOf(file, signal);
    case undefined:
      return { kind: 'file', file };
  }
}

/** Bytes that tell pictures, PDF and zips. */
const HEAD = 1_024;

/** By its content, where that tells more than a name: a picture called .txt must lose what its camera wrote, too. */
function beginsAs(head: Uint8Array): Claim | undefined {
  if (beginsAsPicture(head)) return 'picture';
  const begin = String.fromCharCode(...head);
  return begin.startsWith('%PDF-') || begin.startsWith('PK\x03\x04') ? 'document' : undefined;
}

/** What is said where a file went as it is, and is not what its name says. @param type what its content is */
export function unlikeItsName(file: File, type: string): string | undefined {
  const is = isImage({ type }) ? 'picture' : isAudio({ type }) ? 'audio' : 'text';
  // A page of the web is text, whichever way it goes; what has no ending says nothing.
  if (/^[^.]+$/.test(file.name) || (is === 'text' && /\.x?html?$/i.test(file.name))) return undefined;
  return (claimOf(file) ?? 'text') === is ? undefined : strings.unlikeItsName[is];
}

/** What is none goes as it is: the server says what it is. */
export async function audioFor(file: File, signal: AbortSignal): Promise<Prepared> {
  const fitting = await fittingAudio(file);
  signal.throwIfAborted();
  if (fitting?.kind === 'fault') return { kind: 'fault', sentence: strings.audioFaults[fitting.fault] };
  if (fitting?.kind === 'made')
    return { kind: 'file', file: fitting.file, original: file, note: strings.asWav };
  return { kind: 'file', file, ...(fitting && { fits: true }) };
}

async function documentOf(file: File, signal: AbortSignal): Promise<Prepared> {
  const { documentText } = await import('./documents/document-reader.ts');
  const read: DocumentRead | undefined = await documentText(file, { signal }).catch(() => undefined);
  signal.throwIfAborted();
  // Not what its name says: perhaps text.
  if (!read) return { kind: 'file', file };
  const isPdf = /\.pdf$/i.test(file.name) || (read.kind === 'text' && read.piece === 'page');
  if (read.kind !== 'text')
    return {
      kind: 'fault',
      sentence: strings.documentFaults[read.fault],
      ...(isPdf && read.fault === 'wordless' && { other: 'pages' as const }),
    };
  const other = isPdf ? 'pages' : /\.x?html?$/i.test(file.name) ? 'source' : undefined;
  const { lastModified } = file;
  return {
    kind: 'file',
    file: new File([read.text], textNameOf(file.name), { type: 'text/plain', lastModified }),
    original: file,
    note: isNamedFor(file.name, read.piece)
      ? noteOf(read)
      : strings.isReally(strings.documentKinds[read.piece], noteOf(read)),
    ...(other && { other }),
  };
}

function noteOf({ read, all, piece, whole }: ReadText): string {
  return whole ? strings.readAsText(all, piece) : strings.readInPart(read, all, piece);
}

/** What goes as it is says nothing beside the picture; one that was drawn anew says nothing anyway. */
async function withoutWords(file: File): Promise<PreparedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const clean = withoutMetadata(bytes);
  if (clean === bytes) return { kind: 'file', file };
  const { name, type, lastModified } = file;
  const made = new File([clean as BlobPart], name, { type, lastModified });
  return { kind: 'file', file: made, original: file, note: strings.withoutDetails };
}

/** What is no picture goes as it is: the server says what it is. */
export async function pictureOf(file: File, signal: AbortSignal): Promise<Prepared> {
  try {
    const fits = await fittingPicture(file, signal);
    signal.throwIfAborted();
    if (fits === undefined) return withoutWords(file);
    if (fits === null) return undrawn(file);
    const { from, to } = fits;
    const note = from.width === to.width ? strings.turnedInto(fits.file.name) : strings.madeSmaller(from, to);
    return { kind: 'file', file: fits.file, original: file, note };
  } catch (error) {
    if (!(error instanceof TooManyPixels)) throw error;
    return { kind: 'fault', sentence: strings.tooManyPixels };
  }
}

/** It cannot be drawn. What does not even say how large it is, is no picture; one that breaks off later some can still see. */
async function undrawn(file: File): Promise<Prepared> {
  if (/\.(heic|heif|hif|avif)$/i.test(file.name))
    return { kind: 'fault', sentence: strings.unreadablePicture };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!beginsAsPicture(bytes)) return { kind: 'file', file };
  return pictureSize(bytes)
    ? { kind: 'file', file, note: strings.mayNotBeSeen }
    : { kind: 'fault', sentence: strings.damagedPicture };
}

/** The pages of a PDF, each a picture with the PDF as its original; `note`: what is left out. */
export async function pagesOf(
  file: File,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly files: readonly File[]; readonly note?: string } | { readonly sentence: string }> {
  const { documentPages } = await import('./documents/document-reader.ts');
  const read = await documentPages(file, most, { signal });
  if (read?.kind !== 'pages') return { sentence: strings.pageFaults[read?.fault ?? 'broken'] };
  const base = file.name.replace(/\.pdf$/i, '');
  const files = read.pages.map(
    (page, at) => new File([page], strings.pageName(base, at + 1), { type: 'image/jpeg' }),
  );
  return { files, ...(read.all > files.length && { note: strings.firstPages(files.length, read.all) }) };
}

/** What goes to models of a file that is attached, and what is kept of it beside (decision 0258). */

import { withoutMetadata } from '../../../protocol/picture-metadata.ts';
import { fittingAudio, mayBeAudio } from './audio/fitting-audio.ts';
import { type DocumentRead, mayBeDocument, type ReadText } from './documents/types.ts';
import { fittingPicture, mayBePicture, TooManyPixels } from './pictures/fitting-picture.ts';
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

/** It takes a while: it is read, drawn or heard. */
export const takesPreparing = (file: File): boolean =>
  mayBeDocument(file.name) || mayBePicture(file) || mayBeAudio(file);

/** Rejects as the signal aborts. */
export async function prepared(file: File, signal: AbortSignal): Promise<Prepared> {
  if (mayBeDocument(file.name)) return documentOf(file, signal);
  if (mayBeAudio(file)) return audioFor(file, signal);
  return mayBePicture(file) ? pictureOf(file, signal) : { kind: 'file', file };
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
  const isPdf = /\.pdf$/i.test(file.name);
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
    file: new File([read.text], `${file.name}.txt`, { type: 'text/plain', lastModified }),
    original: file,
    note: noteOf(read),
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

/** What cannot be drawn goes as it is: the server says what it is. */
export async function pictureOf(file: File, signal: AbortSignal): Promise<Prepared> {
  try {
    const fits = await fittingPicture(file, signal);
    signal.throwIfAborted();
    if (fits === undefined) return withoutWords(file);
    if (fits === null)
      return /\.(heic|heif|hif|avif)$/i.test(file.name)
        ? { kind: 'fault', sentence: strings.unreadablePicture }
        : { kind: 'file', file };
    const { from, to } = fits;
    const note = from.width === to.width ? strings.turnedInto(fits.file.name) : strings.madeSmaller(from, to);
    return { kind: 'file', file: fits.file, original: file, note };
  } catch (error) {
    if (!(error instanceof TooManyPixels)) throw error;
    return { kind: 'fault', sentence: strings.tooManyPixels };
  }
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

/** What is uploaded, as it comes: read whole, within its limits, and told what it is by its content alone. */
import { createHash } from 'node:crypto';
import { audioOf } from '../../protocol/files/audio.ts';
import {
  AUDIO_LIMIT,
  IMAGE_LIMIT,
  isAudio,
  isImage,
  ORIGINAL_LIMIT,
  Refusal,
  type StoredFile,
  TEXT_FILE_LIMIT,
  TEXT_TYPE,
} from '../../protocol/index.ts';
import { HEAD_BYTES, storedType, typeOf } from './file-type.ts';

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface Accepted {
  readonly stored: StoredFile;
  readonly content: Uint8Array;
}

/** `file`: it goes to models, or is at least read there. `original`: what such a file was made of, or what is stored here already. */
export type AcceptedAs = 'file' | 'original';

/** @throws {Refusal} `too-large` 413 as soon as the limit is passed, `file-type` 415, `empty-file` 400 */
export async function accepted(chunks: Chunks, as: AcceptedAs = 'file'): Promise<Accepted> {
  const content = await gather(chunks, as === 'original' ? () => ORIGINAL_LIMIT : mostOf);
  if (content.byteLength === 0) throw new Refusal(400, 'empty-file', 'This file is empty.');
  const type = typeOf(content);
  if (!type || (as === 'file' && !isForModels(type))) throw unknownType();
  if (as === 'file' && type === TEXT_TYPE && content.byteLength > TEXT_FILE_LIMIT)
    throw tooLarge('A text file', TEXT_FILE_LIMIT);
  return { stored: { ...storedAs(hashOf(content), content), type }, content };
}

/** What some model could read as it is. */
const isForModels = (type: string): boolean => type === TEXT_TYPE || isImage({ type }) || isAudio({ type });

/** The name of a file: the SHA-256 of its content, in hex. */
export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What is known to be a file of a message, whose content was checked when it came. */
export function storedAs(hash: string, content: Uint8Array): StoredFile {
  const type = storedType(content);
  const seconds = isAudio({ type }) ? audioOf(content)?.seconds : undefined;
  return { hash, type, size: content.byteLength, ...(seconds !== undefined && { seconds }) };
}

/** How large a file can be that begins so. */
const mostOf = (head: Uint8Array): number =>
  isAudio({ type: storedType(head) }) ? AUDIO_LIMIT : IMAGE_LIMIT;

/** In memory: at most the limit, which the first bytes tell. */
async function gather(chunks: Chunks, limitOf: (head: Uint8Array) => number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let limit = Number.POSITIVE_INFINITY;
  for await (const chunk of chunks) {
    if (size < HEAD_BYTES)
      limit = limitOf(Buffer.concat([...parts, chunk].map((part) => part.subarray(0, HEAD_BYTES))));
    size += chunk.byteLength;
    if (size > limit) throw tooLarge('A file', limit);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const tooLarge = (what: string, limit: number): Refusal =>
  new Refusal(413, 'too-large', `${what} can have at most ${limit / 1_000_000} MB. This one is larger.`);

const unknownType = (): Refusal =>
  new Refusal(
    415,
    'file-type',
    'This is neither an image (PNG, JPEG, GIF, WebP), audio (MP3, WAV) nor text in UTF-8, and no model here could read it.',
  );

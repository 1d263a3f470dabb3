/** What becomes of a file the server does not take as it is: a picture, audio or text it takes, or a question to the person. */

import { audioOf } from '../../../protocol/files/audio.ts';
import type { TextReading } from '../../stores/writing/attachments.ts';
import { decoded, readingsOf, selfTold } from './encodings.ts';
import { audioFor, pictureOf } from './prepared.ts';

export type Readable =
  | { readonly kind: 'file'; readonly file: File; readonly original?: File }
  /** Text, in an encoding only a person can tell. */
  | { readonly kind: 'ask'; readonly readings: readonly TextReading[] }
  /** `sentence`: why, where more is known than that it is refused. */
  | { readonly kind: 'no'; readonly sentence?: string };

export async function readableOf(file: File): Promise<Readable> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Audio or a picture whose name does not say so.
  const made = audioOf(bytes) ? audioFor : isContainer(bytes) ? pictureOf : undefined;
  const media = await made?.(file, new AbortController().signal);
  if (media?.kind === 'fault') return { kind: 'no', sentence: media.sentence };
  if (media?.original) return media;
  // Not its encoding is what was refused.
  if (decoded(bytes, 'utf-8') !== null) return { kind: 'no' };
  const text = selfTold(bytes);
  if (text !== null) return { kind: 'file', file: textFile(file, text) };
  const readings = readingsOf(bytes);
  return readings.length > 0 ? { kind: 'ask', readings } : { kind: 'no' };
}

/** The same file in UTF-8. */
export const textFile = ({ name, lastModified }: File, text: string): File =>
  new File([text], name, { type: 'text/plain', lastModified });

/** As phones put pictures into. */
const isContainer = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp';

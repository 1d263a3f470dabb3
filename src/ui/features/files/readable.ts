/** What becomes of a file the server does not take as it is: a picture or text it takes, or a question to the person. */
import { IMAGE_LIMIT } from '../../../protocol/index.ts';
import type { TextReading } from '../../stores/writing/attachments.ts';
import { decoded, readingsOf, selfTold } from './encodings.ts';
import * as strings from './strings-later.ts';

export type Readable =
  | { readonly kind: 'file'; readonly file: File }
  /** Text, in an encoding only a person can tell. */
  | { readonly kind: 'ask'; readonly readings: readonly TextReading[] }
  /** `sentence`: why, where more is known than that it is refused. */
  | { readonly kind: 'no'; readonly sentence?: string };

export async function readableOf(file: File): Promise<Readable> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isHeic(bytes)) return jpegOf(file);
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

/** Brands of the container that phones put pictures in. */
const HEIC = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif']);

function isHeic(bytes: Uint8Array): boolean {
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  return word(4) === 'ftyp' && HEIC.has(word(8));
}

const NOT_HERE = strings.unreadablePicture;

/** Where the browser can draw it. */
async function jpegOf(file: File): Promise<Readable> {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return { kind: 'no', sentence: NOT_HERE };
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  image.close();
  for (const quality of [0.92, 0.75, 0.5]) {
    const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (!jpeg) break;
    if (jpeg.size > IMAGE_LIMIT) continue;
    const name = file.name.replace(/\.(heic|heif|hif|avif)$/i, '');
    return { kind: 'file', file: new File([jpeg], `${name}.jpg`, { type: 'image/jpeg' }) };
  }
  return { kind: 'no', sentence: NOT_HERE };
}

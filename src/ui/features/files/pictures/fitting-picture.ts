/**
 * Pictures as models take them: PNG or JPEG (or what came, where it is small), no larger than any of them looks at. What was attached is kept
 * beside it (decision 0258).
 */
import { type PictureSize, pictureSize } from './picture-size.ts';

/** The longer edge, in pixels: every provider makes larger ones smaller before its model sees them. */
export const EDGE = 2_048;
/** In bytes: what the strictest provider takes of one picture. */
const PICTURE_BYTES = 3_700_000;
/** Pixels that are looked at; a browser needs four bytes for each. */
const MOST_PIXELS = 120_000_000;
/** Bytes in which a picture says how large it is; what cameras put before that is in them. */
const HEAD = 1_000_000;

export interface FittingPicture {
  readonly file: File;
  /** Of what was attached, and of what goes. */
  readonly from: PictureSize;
  readonly to: PictureSize;
}

/** Files that say they are pictures; what they are is told by whoever draws them. */
export const mayBePicture = ({ name, type }: File): boolean =>
  (type.startsWith('image/') && type !== 'image/svg+xml') ||
  /\.(png|jpe?g|gif|webp|avif|heic|heif|hif|bmp)$/i.test(name);

/**
 * Undefined: it goes as it is. Null: it is no picture this browser can draw, even with the help of a library.
 * @throws {TooManyPixels}
 */
export async function fittingPicture(
  file: File,
  signal?: AbortSignal,
): Promise<FittingPicture | null | undefined> {
  const image = (await drawn(file)) ?? (await (await import('./heic-reader.ts')).heicImage(file, signal));
  if (!image) return null;
  const from = { width: image.width, height: image.height };
  const to = fitted(from);
  try {
    if (isTaken(file) && file.size <= PICTURE_BYTES && to.width === from.width) return undefined;
    return { file: await encoded(file, image, to), from, to };
  } finally {
    image.close();
  }
}

export class TooManyPixels extends Error {}

/** Formats that every provider takes. */
const isTaken = ({ type, name }: File): boolean =>
  /^image\/(png|jpeg|gif|webp)$/.test(type) || (type === '' && /\.(png|jpe?g|gif|webp)$/i.test(name));

/** The same shape, no edge longer than `EDGE`. Pure. */
export function fitted({ width, height }: PictureSize): PictureSize {
  const share = Math.min(1, EDGE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** As it is to be seen, turned as its camera was. What it says of its size is read before there is room made for it. */
async function drawn(file: File): Promise<ImageBitmap | null> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const { width = 0, height = 0 } = pictureSize(head) ?? {};
  if (width * height > MOST_PIXELS) throw new TooManyPixels();
  return createImageBitmap(file).catch(() => null);
}

/** PNG where it was one and is small enough so; else JPEG, on white. */
async function encoded(file: File, image: ImageBitmap, { width, height }: PictureSize): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  if (isLossless(file)) {
    const png = await canvas.convertToBlob({ type: 'image/png' });
    if (png.size <= PICTURE_BYTES) return named(file, png, 'png');
  }
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  let jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  if (jpeg.size > PICTURE_BYTES) jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
  return named(file, jpeg, 'jpg');
}

const isLossless = ({ type, name }: File): boolean =>
  /^image\/(png|gif|bmp)$/.test(type) || /\.(png|gif|bmp)$/i.test(name);

function named({ name, lastModified }: File, content: Blob, ending: 'png' | 'jpg'): File {
  const same = ending === 'png' ? /\.png$/i : /\.jpe?g$/i;
  const base = name.replace(/\.(png|jpe?g|gif|webp|avif|heic|heif|hif|bmp)$/i, '');
  const called = same.test(name) ? name : `${base}.${ending}`;
  return new File([content], called, { type: content.type, lastModified });
}

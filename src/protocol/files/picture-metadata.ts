/**
 * Pictures without what cameras and programs write into them beside the picture: where it was taken, when, with what, by whom, and what
 * stands behind its end. How it is to be turned and its colours stay, so that it looks the same. Nothing is decoded. Pure.
 */

/** The same array where there is nothing to take out, or it is of a kind that is not known, or damaged. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const starts = (text: string, at = 0) => latin(bytes, at, text.length) === text;
  if (starts('\xff\xd8\xff')) return jpegWithout(bytes);
  if (starts('\x89PNG\r\n\x1a\n')) return pngWithout(bytes);
  if (starts('RIFF') && starts('WEBP', 8)) return webpWithout(bytes);
  return bytes;
}

const latin = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const [END, SCAN, COMMENT] = [0xd9, 0xda, 0xfe];
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef];

/** Telephones put a second picture, or a film, behind the first one's end. */
function jpegWithout(bytes: Uint8Array): Uint8Array {
  const head: Uint8Array[] = [bytes.subarray(0, 2)];
  const rest: Uint8Array[] = [];
  let turned = 1;
  for (const { marker, piece } of segmentsOf(bytes)) {
    if (marker === APP1) turned = turnOfExif(piece) ?? turned;
    if (isSaid(marker, piece)) continue;
    // Exif stands behind APP0 and before everything else.
    (rest.length === 0 && marker === APP0 ? head : rest).push(piece);
  }
  const kept = [...head, ...rest];
  const size = kept.reduce((sum, { length }) => sum + length, 0);
  if (size === bytes.length || rest.at(-1)?.[1] !== END) return bytes;
  return joined([...head, ...(turned === 1 ? [] : [exifSegment(turned)]), ...rest]);
}

/** Those of the first picture, each with the data that follow it; stops where it is damaged. */
function* segmentsOf(bytes: Uint8Array): Generator<{ readonly marker: number; readonly piece: Uint8Array }> {
  const view = viewOf(bytes);
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff) return;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) return yield { marker, piece: bytes.subarray(at, at + 2) };
    const end = at + 4 <= bytes.length ? at + 2 + view.getUint16(at + 2) : bytes.length + 1;
    if (end > bytes.length || end < at + 4) return;
    const next = marker === SCAN ? endOfScan(bytes, end) : end;
    yield { marker, piece: bytes.subarray(at, next) };
    at = next;
  }
}

/** Where the next marker stands: 0 after 255 is a byte of the picture, D0 to D7 are marks in it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return bytes.length;
}

/** All that programs say of it, but for its colours: profiles (APP2), and Adobe's way of them (APP14). */
function isSaid(marker: number, segment: Uint8Array): boolean {
  if (marker === COMMENT) return true;
  if (marker === APP2) return latin(segment, 4, 11) !== 'ICC_PROFILE';
  return marker > APP0 && marker <= APP15 && marker !== APP14;
}

const EXIF = 'Exif\0\0';
const ORIENTATION = 0x112;

const turnOfExif = (segment: Uint8Array): number | undefined =>
  latin(segment, 4, EXIF.length) === EXIF ? turnIn(segment.subarray(4 + EXIF.length)) : undefined;

/** 1 to 8; undefined where it does not say. */
function turnIn(tiff: Uint8Array): number | undefined {
  if (tiff.length < 14) return undefined;
  const view = viewOf(tiff);
  const little = view.getUint16(0) === 0x4949;
  const list = view.getUint32(4, little);
  if (list + 2 > tiff.length) return undefined;
  const count = view.getUint16(list, little);
  for (let n = 0, at = list + 2; n < count && at + 12 <= tiff.length; n += 1, at += 12) {
    const value = view.getUint16(at + 8, little);
    if (view.getUint16(at, little) === ORIENTATION) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** One entry: how the picture is to be turned. */
const tiffOf = (turned: number): number[] => [
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0],
];

function exifSegment(turned: number): Uint8Array {
  const content = [...[...EXIF].map((letter) => letter.charCodeAt(0)), ...tiffOf(turned)];
  return Uint8Array.from([0xff, APP1, 0, 2 + content.length, ...content]);
}

const PNG_SAYS = /^(eXIf|tEXt|zTXt|iTXt|tIME)$/;

function pngWithout(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  let isWhole = false;
  for (let at = 8; at + 12 <= bytes.length && !isWhole; ) {
    const end = at + 12 + view.getUint32(at);
    const name = latin(bytes, at + 4, 4);
    if (!PNG_SAYS.test(name)) kept.push(bytes.subarray(at, end));
    isWhole = name === 'IEND';
    at = end;
  }
  const whole = joined(kept);
  return whole.length === bytes.length || !isWhole ? bytes : whole;
}

/** Bits of VP8X that say which chunks there are. */
const [SAYS_EXIF, SAYS_XMP] = [0x08, 0x04];

function webpWithout(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.slice(0, 12)];
  let turned = 1;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const chunk = bytes.slice(at, at + 8 + size + (size % 2));
    const name = latin(bytes, at, 4);
    if (name === 'EXIF') turned = turnIn(chunk.subarray(8)) ?? turned;
    else if (name !== 'XMP ') kept.push(chunk);
    at += 8 + size + (size % 2);
  }
  const turn = turned === 1 ? [] : [webpChunk('EXIF', tiffOf(turned))];
  const whole = joined([...kept, ...turn]);
  if (joined(kept).length === bytes.length) return bytes;
  viewOf(whole).setUint32(4, whole.length - 8, true);
  const says = 20;
  if (latin(whole, 12, 4) === 'VP8X' && whole.length > says)
    whole[says] = ((whole[says] as number) & ~(SAYS_EXIF | SAYS_XMP)) | (turned === 1 ? 0 : SAYS_EXIF);
  return whole;
}

const webpChunk = (name: string, content: readonly number[]): Uint8Array =>
  Uint8Array.from([
    ...[...[...name].map((letter) => letter.charCodeAt(0)), content.length, 0, 0, 0],
    ...content,
  ]);

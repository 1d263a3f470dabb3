/** How many pixels a picture says it has, by its first bytes: asked before a browser makes room for them. Pure. */

/** In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Whether it begins as pictures do that models take: PNG, JPEG, GIF, WebP. */
export function beginsAsPicture(bytes: Uint8Array): boolean {
  const latin = String.fromCharCode(...bytes.subarray(0, 12));
  const begins = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a'];
  return begins.some((begin) => latin.startsWith(begin)) || /^RIFF.{4}WEBP$/s.test(latin);
}

/** Of PNG, JPEG, GIF and WebP; undefined for what is none of them, or hides it. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
    if (word(0) === '\x89PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (word(0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (word(0) === 'RIFF' && word(8) === 'WEBP') return webpSize(view, word(12));
    return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
  } catch {
    // It is cut off.
    return undefined;
  }
}

function webpSize(view: DataView, kind: string): PictureSize | undefined {
  const whole = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  if (kind === 'VP8X') return { width: whole(24), height: whole(27) };
  if (kind === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** From segment to segment, until the one that begins the picture. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const begins = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (begins) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker < 0xff01 || marker === 0xffda) return undefined;
  }
}

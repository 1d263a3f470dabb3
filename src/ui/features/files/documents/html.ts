/** A page of the web as text. Nothing of it runs, and nothing is fetched: it is read from left to right. */
import { htmlText } from './markup-text.ts';
import { joined, type ReadText, Unreadable } from './types.ts';

/** Bytes of a page that are read: pictures may stand in it. */
const MOST = 30_000_000;

export function htmlDocument(bytes: Uint8Array, limit: number): ReadText {
  if (bytes.byteLength > MOST) throw new Unreadable('bomb');
  const text = htmlText(new TextDecoder(charsetOf(bytes)).decode(bytes));
  if (text === '') throw new Unreadable('wordless');
  return joined([text], { piece: 'document', all: 1, limit });
}

/** By its first bytes, or as it says itself; else UTF-8. */
function charsetOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 2_048));
  const said = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(said).encoding;
  } catch {
    return 'utf-8';
  }
}

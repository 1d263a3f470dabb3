/** What every adapter refuses before it does anything. */
import { OffsetUnknown } from './errors.ts';
import { type Offset, START } from './port.ts';

const NAME = /^[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*$/;
/** Segments that a URL would resolve away. */
const DOTS = /(?:^|\/)\.{1,2}(?:\/|$)/;
const LONGEST_NAME = 512;

/** The largest append, in bytes of JSON: 64 MiB. Above all, a length that no torn log can pretend by chance. */
export const MAX_APPEND_BYTES = 64 * 1024 * 1024;

/** @throws {TypeError} unless `stream` is a stream's name as the port defines it. */
export function checkStreamName(stream: string): void {
  if (stream.length > LONGEST_NAME || !NAME.test(stream) || DOTS.test(stream)) {
    throw new TypeError(`not a stream name: ${JSON.stringify(stream)}`);
  }
}

/**
 * The items as one text, `{...},{...}`: what one append stores.
 * @throws {TypeError} no items, one that is no JSON object, or more than MAX_APPEND_BYTES.
 */
export function encodeItems(items: readonly unknown[]): string {
  if (items.length === 0) throw new TypeError('an append needs at least one item');
  const text = items.map(encodeItem).join(',');
  if (Buffer.byteLength(text) > MAX_APPEND_BYTES) throw new TypeError('the append is too large');
  return text;
}

function encodeItem(item: unknown): string {
  const text = JSON.stringify(item);
  if (text?.[0] !== '{') throw new TypeError('an item must be a JSON object');
  return text;
}

export function decodeItems(text: string): unknown[] {
  return JSON.parse(`[${text}]`) as unknown[];
}

/** @throws {OffsetUnknown} for START, which engines refuse as a fork point. */
export function checkForkPoint(stream: string, offset: Offset): void {
  if (offset === START) throw new OffsetUnknown(stream, offset);
}

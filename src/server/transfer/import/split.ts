/** Cuts a stream of JSON into values that fit into memory: the elements of an array, or one value after another (JSONL). */
import { StringDecoder } from 'node:string_decoder';

/** In the place of a value that is no JSON: cut off or damaged. */
export const BROKEN = Symbol('broken');

/** One value of the file; `at` counts them from 0. */
export interface SplitValue {
  /** As `JSON.parse` gives it, or `BROKEN`. Its text is let go of: of the largest conversation it is as much again. */
  readonly value: unknown;
  readonly at: number;
  /** Of its text, in UTF-16 code units. */
  readonly length: number;
  /** `element` of an array that is the whole file; else a value of its own. */
  readonly of: 'element' | 'file';
}

/** More than this in one value is refused: the largest conversations seen have some 40 MB. */
export const VALUE_LIMIT = 300_000_000;

export class ValueTooLarge extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;

/**
 * Looks at brackets and strings alone, so that one broken element does not take the others with it. Scalars between values are passed
 * over. A file that ends in the middle gives what it has of the last value.
 * @throws {ValueTooLarge}
 */
export async function* splitJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SplitValue> {
  // As text from the first chunk on: bytes and text of the largest conversation are not held side by side.
  let pieces: string[] = [];
  let decoder = new StringDecoder('utf8');
  let size = 0;
  let depth = 0;
  let at = 0;
  let inString = false;
  let escaped = false;
  let isArray: boolean | undefined;
  const value = (): SplitValue => {
    pieces.push(decoder.end());
    const text = pieces.join('');
    pieces = [];
    decoder = new StringDecoder('utf8');
    size = 0;
    at += 1;
    return { value: parsed(text), at: at - 1, length: text.length, of: isArray ? 'element' : 'file' };
  };
  for await (const chunk of chunks) {
    let start = depth > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (depth === 0) {
        if (byte === ARRAY && isArray === undefined) isArray = true;
        else if (OPEN.has(byte)) {
          isArray ??= false;
          depth = 1;
          start = index;
        } else if (byte === ARRAY_END && isArray) isArray = undefined;
        continue;
      }
      if (byte === QUOTE) inString = true;
      else if (OPEN.has(byte)) depth += 1;
      else if (CLOSE.has(byte)) {
        depth -= 1;
        if (depth > 0) continue;
        pieces.push(decoder.write(bufferOf(chunk, start, index + 1)));
        start = -1;
        yield value();
      }
    }
    if (start < 0) continue;
    pieces.push(decoder.write(bufferOf(chunk, start, chunk.length)));
    size += chunk.length - start;
    if (size > VALUE_LIMIT) throw new ValueTooLarge();
  }
  if (depth > 0) yield value();
}

const bufferOf = (chunk: Uint8Array, start: number, end: number): Buffer =>
  Buffer.from(chunk.buffer, chunk.byteOffset + start, end - start);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}

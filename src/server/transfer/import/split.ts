/** Cuts a stream of JSON into values that fit into memory: the elements of an array, or one value after another (JSONL). */

/** One value of the file as text; `at` counts them from 0. What is wrong with it is found by whoever parses it. */
export interface SplitValue {
  readonly text: string;
  readonly at: number;
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
  let pieces: Uint8Array[] = [];
  let size = 0;
  let depth = 0;
  let at = 0;
  let inString = false;
  let escaped = false;
  let isArray: boolean | undefined;
  const value = (): SplitValue => {
    const text = Buffer.concat(pieces).toString('utf8');
    pieces = [];
    size = 0;
    at += 1;
    return { text, at: at - 1, of: isArray ? 'element' : 'file' };
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
        pieces.push(chunk.subarray(start, index + 1));
        start = -1;
        yield value();
      }
    }
    if (start < 0) continue;
    const rest = chunk.slice(start);
    pieces.push(rest);
    size += rest.length;
    if (size > VALUE_LIMIT) throw new ValueTooLarge();
  }
  if (depth > 0) yield value();
}

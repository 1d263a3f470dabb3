import * as z from 'zod/mini';

/**
 * Ids of conversations, messages and branches: made by whoever creates the thing, so that every command can be repeated.
 * `__proto__` is none: items hold records by id, and readers would lose that entry without a word.
 */
export const idSchema = z
  .string()
  .check(z.regex(/^(?!__proto__$)[A-Za-z0-9_-]{8,64}$/, 'An id has 8 to 64 letters, digits, "-" or "_".'));

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A new random id of 21 characters (126 bits). Needs Web Crypto, which browsers and Node >= 20 have. */
export function newId(): string {
  let id = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(21))) id += ALPHABET[byte & 63];
  return id;
}

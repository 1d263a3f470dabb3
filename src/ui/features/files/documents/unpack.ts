/** Zips of strangers: what is wanted of one, in a room that does not grow with what it says of itself. Pure. */
import { strFromU8, unzipSync } from 'fflate';
import { Unreadable } from './types.ts';

/** Bytes that are unpacked of one document, and files that it may hold. */
const UNPACKED = 150_000_000;
const ENTRIES = 10_000;

export type Unpacked = Readonly<Record<string, Uint8Array>>;

/**
 * The files of a zip whose names are `wanted`. What they say they unpack to is counted before anything is, and none gets more room than it
 * said.
 * @throws {Unreadable} `bomb`, `broken`
 */
export function unpack(zip: Uint8Array, wanted: (name: string) => boolean): Unpacked {
  let [entries, size] = [0, 0];
  const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
    entries += 1;
    if (entries > ENTRIES) throw new Unreadable('bomb');
    if (!wanted(name)) return false;
    size += originalSize;
    if (!(size <= UNPACKED)) throw new Unreadable('bomb');
    return true;
  };
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('broken');
  }
}

/** XML of a document: UTF-8, or UTF-16 where its first bytes say so. */
export function xmlIn(files: Unpacked, name: string): string | undefined {
  const bytes = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!bytes) return undefined;
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return strFromU8(bytes);
}

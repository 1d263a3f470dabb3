/** Files of messages by the SHA-256 of their content, in a folder of their own. The same content is stored once (decision 0066). */
import { open } from 'node:fs/promises';
import { isAudio, isHash, type StoredFile } from '../../protocol/index.ts';
import { type AcceptedAs, accepted, type Chunks, storedAs } from './accept-upload.ts';
import { HashFolder, missing } from './by-hash.ts';
import { HEAD_BYTES, storedType } from './file-type.ts';

export interface FileStore {
  /**
   * Stores what `chunks` give and answers what it is. Nothing is kept of what is refused. `as`: default `file`.
   * @throws {Refusal} `too-large` 413 as soon as the limit is passed, `file-type` 415, `empty-file` 400
   */
  add(chunks: Chunks, as?: AcceptedAs): Promise<StoredFile>;
  /** What is stored under `hash`; null if nothing is. It is kept for 30 days from now on. */
  use(hash: string): Promise<StoredFile | null>;
  /** The same without counting as use; like that it reads the first bytes alone. */
  look(hash: string): Promise<StoredFile | null>;
  /** Null if nothing is stored under `hash`. @throws {Refusal} `damaged`: a part of it was lost */
  read(hash: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
  /**
   * Removes the files nobody used for 30 days that are not in `referred`, which is asked only if there are such. Those that
   * are in it count as used now. Clears away what broken uploads left.
   */
  sweep(referred: () => Promise<ReadonlySet<string>>): Promise<void>;
}

/** How long a file that no message refers to is kept, in ms: it may be in a draft. */
export const UNUSED = 30 * 24 * 60 * 60_000;

/** @param folder made at the first upload @param now ms since the epoch; default: the real time */
export function createFileStore(folder: string, now: () => number = Date.now): FileStore {
  const files = new HashFolder(folder, now);
  const look = async (hash: string): Promise<StoredFile | null> => {
    const found = isHash(hash) ? await files.about(hash) : null;
    const type = found && (await typeAt(files.path(hash)).catch(missing));
    return found && type ? { hash, type, size: found.size } : null;
  };
  const isUnused = async (hash: string): Promise<boolean> => {
    const found = await files.about(hash);
    return found !== null && found.used < now() - UNUSED;
  };

  return {
    look,
    async add(chunks, as) {
      const { stored, content } = await accepted(chunks, as);
      if (!(await files.touch(stored.hash).catch(() => false))) await files.put(stored.hash, content);
      return stored;
    },
    async use(hash) {
      const found = isHash(hash) && (await files.touch(hash)) ? await look(hash) : null;
      // How long it lasts is told by all of it.
      const bytes = found && isAudio(found) ? await files.read(hash) : null;
      return bytes ? storedAs(hash, bytes) : found;
    },
    async read(hash) {
      const bytes = await files.read(hash);
      return bytes && { type: storedAs(hash, bytes).type, bytes };
    },
    async sweep(referred) {
      await files.clearBrokenUploads();
      const old: string[] = [];
      for (const hash of await files.hashes()) if (await isUnused(hash)) old.push(hash);
      if (old.length === 0) return;
      const kept = await referred();
      for (const hash of old) {
        if (kept.has(hash)) await files.touch(hash);
        // Used meanwhile: a message that is being sent refers to it.
        else if (await isUnused(hash)) await files.remove(hash);
      }
    },
  };
}

/** Hashes of all that is stored in the folder of a store. */
export const storedHashes = (folder: string): Promise<string[]> => new HashFolder(folder, Date.now).hashes();

async function typeAt(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return storedType(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * Files by the SHA-256 of their content, in a folder of their own: `ab/abcdef…`, written beside and moved into place, so that a
 * name always holds the whole content. The same content is stored once (decision 0066).
 */

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  IMAGE_LIMIT,
  isHash,
  Refusal,
  type StoredFile,
  TEXT_FILE_LIMIT,
  TEXT_TYPE,
} from '../../protocol/index.ts';
import { putWhole } from '../whole-file.ts';
import { HEAD_BYTES, imageType, typeOf } from './file-type.ts';

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface FileStore {
  /**
   * Stores what `chunks` give and answers what it is. Nothing is kept of what is refused.
   * @throws {Refusal} `too-large` 413 as soon as the limit is passed, `file-type` 415, `empty-file` 400
   */
  add(chunks: Chunks): Promise<StoredFile>;
  /** What is stored under `hash`; null if nothing is. It is kept for 30 days from now on. */
  use(hash: string): Promise<StoredFile | null>;
  /** The same without counting as use; like that it reads the first bytes alone. */
  look(hash: string): Promise<StoredFile | null>;
  /** Null if nothing is stored under `hash`. */
  read(hash: string): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;
  /**
   * Removes the files nobody used for 30 days that are not in `referred`, which is asked only if there are such. Those that
   * are in it count as used now. Clears away what broken uploads left.
   */
  sweep(referred: () => Promise<ReadonlySet<string>>): Promise<void>;
}

/** How long a file that no message refers to is kept, in ms: it may be in a draft. */
export const UNUSED = 30 * 24 * 60 * 60_000;
const BROKEN_UPLOAD = 60 * 60_000;
const INCOMING = 'incoming';

/** @param folder made at the first upload @param now ms since the epoch; default: the real time */
export function createFileStore(folder: string, now: () => number = Date.now): FileStore {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash);
  const touch = (hash: string) => utimes(pathOf(hash), now() / 1000, now() / 1000);
  const look = async (hash: string) => {
    if (!isHash(hash)) return null;
    try {
      const [{ size }, type] = await Promise.all([stat(pathOf(hash)), typeAt(pathOf(hash))]);
      return { hash, type, size };
    } catch (error) {
      return missing(error);
    }
  };

  return {
    look,
    async add(chunks) {
      const content = await gather(chunks);
      if (content.byteLength === 0) throw new Refusal(400, 'empty-file', 'This file is empty.');
      const type = typeOf(content);
      if (!type) throw unknownType();
      if (type === TEXT_TYPE && content.byteLength > TEXT_FILE_LIMIT)
        throw tooLarge('A text file', TEXT_FILE_LIMIT);
      const hash = createHash('sha256').update(content).digest('hex');
      const known = await touch(hash).then(
        () => true,
        () => false,
      );
      if (!known) await write(join(folder, INCOMING), pathOf(hash), content);
      return { hash, type, size: content.byteLength };
    },
    async use(hash) {
      if (!isHash(hash)) return null;
      if (isHash(hash)) await touch(hash).catch(missing);
      return look(hash);
    },
    async read(hash) {
      if (!isHash(hash)) return null;
      try {
        const bytes = await readFile(pathOf(hash));
        return { type: imageType(bytes) ?? TEXT_TYPE, bytes };
      } catch (error) {
        return missing(error);
      }
    },
    async sweep(referred) {
      await clear(join(folder, INCOMING), now() - BROKEN_UPLOAD);
      const old = await unused(folder, now() - UNUSED);
      if (old.length === 0) return;
      const kept = await referred();
      for (const hash of old) {
        if (kept.has(hash)) await touch(hash);
        // Used meanwhile: a message that is being sent refers to it.
        else if (await isOlder(pathOf(hash), now() - UNUSED)) await rm(pathOf(hash), { force: true });
      }
    },
  };
}

/** Hashes of all that is stored in the folder of a store. */
export async function storedHashes(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const shard of await shardsIn(folder)) {
    found.push(...(await namesIn(join(folder, shard))).filter(isHash));
  }
  return found;
}

/** In memory: at most the limit of an image. */
async function gather(chunks: Chunks): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > IMAGE_LIMIT) throw tooLarge('A file', IMAGE_LIMIT);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const tooLarge = (what: string, limit: number): Refusal =>
  new Refusal(413, 'too-large', `${what} can have at most ${limit / 1_000_000} MB. This one is larger.`);

const unknownType = (): Refusal =>
  new Refusal(
    415,
    'file-type',
    'This is neither an image (PNG, JPEG, GIF, WebP) nor text in UTF-8, and no model here could read it.',
  );

/** On the disk before it has its name. */
async function write(incoming: string, path: string, content: Uint8Array): Promise<void> {
  await makeFolder(incoming);
  await makeFolder(dirname(path));
  await putWhole(join(incoming, randomUUID()), path, content);
}

/** One by one: Node's own `recursive` says of a disk that cannot be written that there is no such folder. */
async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<void> => mkdir(path, { mode: 0o700 });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    if (error.code !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    await make().catch((again: NodeJS.ErrnoException) => {
      if (again.code !== 'EEXIST') throw again;
    });
  });
}

/** The type of a stored file: what is no image was checked to be text when it came. */
async function typeAt(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return imageType(buffer.subarray(0, bytesRead)) ?? TEXT_TYPE;
  } finally {
    await file.close();
  }
}

async function clear(folder: string, before: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (await isOlder(join(folder, name), before)) await rm(join(folder, name), { force: true });
  }
}

async function unused(folder: string, before: number): Promise<string[]> {
  const found: string[] = [];
  for (const shard of await shardsIn(folder)) {
    for (const hash of await namesIn(join(folder, shard))) {
      if (isHash(hash) && (await isOlder(join(folder, shard, hash), before))) found.push(hash);
    }
  }
  return found;
}

async function shardsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => missing(error) ?? []);
}

async function isOlder(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(missing);
  return found !== null && found.mtimeMs < before;
}

function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

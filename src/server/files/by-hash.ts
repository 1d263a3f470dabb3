/**
 * A folder of contents by their SHA-256: `ab/abcdef…`, written beside and moved into place, so that a name always holds the whole
 * content. When one was used last is its time of change.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isHash } from '../../protocol/index.ts';
import { putWhole } from '../whole-file.ts';

const INCOMING = 'incoming';
/** After so many ms what lies where contents come in was left by a crash. */
const BROKEN_UPLOAD = 60 * 60_000;

export class HashFolder {
  readonly #folder: string;
  readonly #now: () => number;

  /** @param folder made when something is put into it @param now ms since the epoch */
  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  path(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }

  /** On the disk before it has its name. */
  async put(hash: string, content: Uint8Array): Promise<void> {
    const incoming = join(this.#folder, INCOMING);
    await makeFolder(incoming);
    await makeFolder(dirname(this.path(hash)));
    await putWhole(join(incoming, randomUUID()), this.path(hash), content);
  }

  async read(hash: string): Promise<Uint8Array | null> {
    if (!isHash(hash)) return null;
    return readFile(this.path(hash)).catch(missing);
  }

  /** It is used now. False where there is none. */
  async touch(hash: string): Promise<boolean> {
    const seconds = this.#now() / 1000;
    return utimes(this.path(hash), seconds, seconds).then(
      () => true,
      (error: unknown) => missing(error) !== null,
    );
  }

  async remove(hash: string): Promise<void> {
    await rm(this.path(hash), { force: true });
  }

  /** All that is there. */
  async hashes(): Promise<string[]> {
    const found: string[] = [];
    const shards = (await namesIn(this.#folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
    for (const shard of shards) found.push(...(await namesIn(join(this.#folder, shard))).filter(isHash));
    return found;
  }

  /** Null where there is none. `used` in ms since the epoch. */
  async about(hash: string): Promise<{ readonly size: number; readonly used: number } | null> {
    const found = await stat(this.path(hash)).catch(missing);
    return found && { size: found.size, used: found.mtimeMs };
  }

  async clearBrokenUploads(): Promise<void> {
    const incoming = join(this.#folder, INCOMING);
    for (const name of await namesIn(incoming)) {
      const found = await stat(join(incoming, name)).catch(missing);
      if (found && found.mtimeMs < this.#now() - BROKEN_UPLOAD)
        await rm(join(incoming, name), { force: true });
    }
  }
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

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => missing(error) ?? []);
}

/** Null where something is not there. */
export function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

/**
 * Objects of git, written the way git does: for a few small ones a process takes longer than the work. A file of zlib below its id, whole or not at all, never
 * in the place of one that is there (git's gitformat-loose-object(5)).
 */
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { isOn, type Repository } from '../repository.ts';

/** Where the objects of a repository are, and how they are named. */
export interface ObjectFolder {
  readonly path: string;
  readonly hash: 'sha1' | 'sha256';
}

export type ObjectKind = 'blob' | 'tree' | 'commit';

/** Formats of repositories that say nothing of loose objects but how they are named. */
const KNOWN = ['objectformat', 'worktreeconfig', 'partialclone', 'refstorage', 'noop', 'relativeworktrees'];

/** Undefined: git itself has to write them. */
export function objectFolderOf({ config, objects }: Repository): ObjectFolder | undefined {
  const formats = [...config.keys()].filter((name) => name.startsWith('extensions.'));
  const hash = config.get('extensions.objectformat') ?? 'sha1';
  const isShared = ![undefined, 'umask', 'false', '0'].includes(config.get('core.sharedrepository'));
  // What is written has to be on the disk: git knows how.
  const isSynced = isOn(config.get('core.fsyncobjectfiles')) || config.has('core.fsync');
  if (
    process.platform === 'win32' ||
    isShared ||
    isSynced ||
    formats.some((name) => !KNOWN.includes(name.slice('extensions.'.length)))
  )
    return;
  return hash === 'sha1' || hash === 'sha256' ? { path: objects, hash } : undefined;
}

/** An object that may not be there yet. */
export interface NewObject {
  readonly id: string;
  /** With what it is, as it is named by. */
  readonly bytes: Buffer;
}

export function newObject({ hash }: ObjectFolder, kind: ObjectKind, content: Uint8Array): NewObject {
  const bytes = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  return { id: createHash(hash).update(bytes).digest('hex'), bytes };
}

const packed = promisify(deflate);

/** @throws what the file system says; nothing is left half written then */
export async function writeObject({ path }: ObjectFolder, { id, bytes }: NewObject): Promise<void> {
  const folder = join(path, id.slice(0, 2));
  const file = join(folder, id.slice(2));
  // Named again it is new again: git clears away what is old and nothing refers to.
  if (await isFreshened(file)) return;
  await mkdir(folder, { recursive: true });
  await putNew(
    join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`),
    file,
    await packed(bytes, { level: 1 }),
  );
}

const isFreshened = (file: string): Promise<boolean> =>
  utimes(file, new Date(), new Date()).then(
    () => true,
    () => false,
  );

async function putNew(draft: string, file: string, content: Uint8Array): Promise<void> {
  try {
    const opened = await open(draft, 'wx', 0o444);
    try {
      await opened.writeFile(content);
    } finally {
      await opened.close();
    }
    await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
      // Not every disk has hard links.
      if (error.code !== 'EEXIST') await rename(draft, file);
    });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Files that are there whole or not at all, also over a crash; only their owner reads them. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes `content` as `draft`, which must not be there, with mode 0600; then, once it is on the disk, puts it in the place of `path`.
 * Both in one file system. What went wrong leaves no draft.
 */
export async function putWhole(draft: string, path: string, content: string | Uint8Array): Promise<void> {
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      // The umask may have taken bits away, never added any; this makes it exact.
      await file.chmod(0o600);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** For secrets: written beside `path`, whose folder is made. */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await putWhole(`${path}.${randomBytes(6).toString('hex')}.tmp`, path, text);
}

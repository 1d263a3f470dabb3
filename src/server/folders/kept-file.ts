/** What a person set about folders, in files of the data folder that they may have changed by hand. */
import { readFile } from 'node:fs/promises';
import { FolderTrouble } from './git.ts';

/** Empty where there is no such file. @throws {FolderTrouble} it cannot be read: who would write it loses what is in it */
export async function keptIn(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const kept: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof kept === 'object' && kept !== null && !Array.isArray(kept))
      return kept as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw notOurs(path, error);
  }
  throw notOurs(path);
}

const notOurs = (path: string, cause?: unknown): FolderTrouble =>
  new FolderTrouble('failed', `${path} is not what Bough wrote: mend it or take it away.`, { cause });

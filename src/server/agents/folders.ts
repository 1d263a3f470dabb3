/** The folders agents may work in (docs/security.md, "Agents"). */

import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { Refusal } from '../../protocol/index.ts';
import { homeFolder } from '../process-settings.ts';

/**
 * The folder as it is on the disk, without links. `roots`: it has to be one of them or in one.
 * @throws {Refusal} with a sentence, when it is not there or not allowed.
 */
export async function folderOf(path: string, roots: readonly string[]): Promise<string> {
  const typed = path.trim().replace(/^~(?=$|[/\\])/, homeFolder());
  if (!isAbsolute(typed)) throw bad('A folder is given by its whole path, as /home/ada/project.');
  const resolved = await realpath(typed).catch(() => null);
  if (resolved === null || !(await isFolder(resolved))) throw bad(`There is no folder ${typed}.`);
  if (roots.length === 0) return resolved;
  for (const root of roots) {
    const real = await realpath(root).catch(() => null);
    if (real !== null && isWithin(real, resolved)) return resolved;
  }
  throw bad(
    'Agents may not work in this folder. Whoever runs Bough says where they may, in BOUGH_AGENT_ROOTS.',
  );
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Whether `path` is `root` or below it; both as they are on the disk. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way.split(/[/\\]/)[0] !== '..');
}

const bad = (sentence: string): Refusal => new Refusal(422, 'no-folder', sentence);

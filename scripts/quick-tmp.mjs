/** Where tests write: in memory, where there is plenty of it. What they check is what was written, not that a disk kept it. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const IN_MEMORY = '/dev/shm';
/** In bytes; a run leaves some hundred megabytes at most. Containers often have 64 MB. */
const PLENTY = 4 * 1024 ** 3;

/** @returns the folder for temporary files; that of the system where somebody named one, and where memory has no such folder or little room */
export function quickTmp(env = process.env, folder = IN_MEMORY) {
  if (env.TMPDIR) return tmpdir();
  try {
    const { bavail, bsize } = statfsSync(folder);
    accessSync(folder, constants.W_OK);
    return bavail * bsize >= PLENTY ? folder : tmpdir();
  } catch {
    return tmpdir();
  }
}

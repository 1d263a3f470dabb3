/** The files that the checks read: in order of the disk, paths from the root of the repository, with `/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/**
 * @param {string} folder from the root of the repository
 * @param {RegExp} name of files. Default: of TypeScript
 * @returns {[path: string, text: string][]}
 */
export function filesUnder(folder, name = /\.tsx?$/) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(ROOT, file).split(sep).join('/'), readFileSync(file, 'utf8')]);
}

/** Says each fault, and that there are some by the exit code. */
export function tell(faults) {
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

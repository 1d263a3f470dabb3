/** Whether dist/ is what the sources would give: a hash over what a build reads, kept in dist/.stamp. Only Node built-ins. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const FILES = [
  'index.html',
  'package-lock.json',
  'package.json',
  'vite.config.ts',
  'vite.server.config.ts',
  'tsconfig.json',
];
const FOLDERS = ['src', 'public'];

/** Tests do not reach the build. */
const isTest = (path) => /\.test\.tsx?$/.test(path);

/** One hash for all that a build reads: names and contents, so that neither a checkout nor a copy looks stale. */
export function inputsHash(from = root) {
  const hash = createHash('sha256');
  for (const path of inputs(from)) {
    const content = read(join(from, path));
    hash.update(`${path}\0${content?.length ?? -1}\0`).update(content ?? '');
  }
  return hash.digest('hex');
}

export function isBuilt(from = root) {
  return read(join(from, 'dist', '.stamp'))?.toString() === inputsHash(from);
}

export function writeStamp(hash, from = root) {
  writeFileSync(join(from, 'dist', '.stamp'), hash);
}

function inputs(from) {
  const found = FOLDERS.flatMap((folder) =>
    entries(join(from, folder))
      .filter((entry) => entry.isFile())
      .map((entry) =>
        relative(from, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join('/'),
      ),
  );
  return [...FILES, ...found.filter((path) => !isTest(path))].sort();
}

function entries(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

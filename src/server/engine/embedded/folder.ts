/**
 * The data folder: private to its owner, used by one Bough at a time, and marked with the format
 * of what is in it.
 *
 * `bough.json`  the mark: `{format, created}`, written before anything else
 * `lock/`       who uses the folder (see `lock.ts`)
 * `engine/`     the streams
 */
import { chmod, mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { codeOf } from './explain.ts';
import { FolderError, type FolderErrorKind } from './folder-error.ts';
import { lockFolder } from './lock.ts';

export { FolderError } from './folder-error.ts';

/** The format this Bough reads and writes. */
export const FORMAT = 1;

const MARK = 'bough.json';
/** Of a restore that was begun and not finished: what is beside it counts for nothing. */
export const UNFINISHED = 'restore-unfinished.json';
/** What may be in a folder that still counts as empty: what we began, and what systems put into every new disk or folder. */
const HARMLESS = new Set([`${MARK}.new`, 'lock', 'lost+found', '.DS_Store']);
/** Folders of the data folder beside the engine's. */
export const FOLDERS = [
  'cache',
  'files',
  'find',
  'folders',
  'imports',
  'set-aside',
  'shares',
  'worktrees',
] as const;
/** What a Bough whose conversations are at an engine elsewhere keeps here: the folder may have them one day. */
const BESIDE_ENGINE: ReadonlySet<string> = new Set([
  ...['access', 'agents', 'endpoints', 'prompts'].map((name) => `${name}.json`),
  ...FOLDERS,
]);

const markSchema = z.object({ format: z.int().min(1), created: z.string() });

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Where the embedded engine keeps its streams; may not be there yet. */
  readonly engine: string;
  /** Lets the next Bough in. After the engine's `shutdown`; idempotent. */
  release(): Promise<void>;
}

/**
 * Opens the data folder for this process alone, and makes it if it is missing or empty. A Bough
 * that was killed does not hold it.
 * @throws {FolderError} with one sentence for whoever started Bough.
 */
export async function openFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
    const lock = await lockFolder(path);
    await checkFormat(path).catch((error: unknown) => lock.release().then(() => Promise.reject(error)));
    return { path, engine: join(path, 'engine'), release: () => lock.release() };
  } catch (error) {
    throw explainFolder(path, error);
  }
}

/**
 * A data folder that is there, looked at from outside: nothing is locked, made or changed.
 * @throws {FolderError}
 */
export async function findFolder(folder: string): Promise<Omit<DataFolder, 'release'>> {
  const path = resolve(folder);
  try {
    await checkMark(path);
    return { path, engine: join(path, 'engine') };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw explainFolder(path, error);
    throw new FolderError(
      'missing',
      `There is no Bough data in ${path}. BOUGH_DATA says which folder to look at.`,
      {
        cause: error,
      },
    );
  }
}

export interface ClaimedFolder {
  /** From here on it is a data folder. */
  mark(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes a folder that is missing, empty, or holds no more than what an unfinished restore left, so that it can be filled.
 * @throws {FolderError} `taken` when it holds anything else
 */
export async function claimEmpty(folder: string): Promise<ClaimedFolder> {
  const path = resolve(folder);
  try {
    await makeParents(path);
    await refuseTaken(path);
    await chmod(path, 0o700);
    const lock = await lockFolder(path);
    // Another may have been quicker.
    await refuseTaken(path).catch((error: unknown) => lock.release().then(() => Promise.reject(error)));
    return { mark: () => writeMark(path), release: () => lock.release() };
  } catch (error) {
    throw explainFolder(path, error);
  }
}

async function refuseTaken(path: string): Promise<void> {
  const names = await readdir(path);
  const known = names.includes(UNFINISHED) ? [UNFINISHED, 'engine', 'files'] : [];
  if (names.every((name) => HARMLESS.has(name) || known.includes(name))) return;
  const what = names.includes(MARK) ? 'Bough data' : 'other things';
  throw new FolderError(
    'taken',
    `The folder ${path} holds ${what} already, and was left as it is: restore into an empty or a new one (BOUGH_DATA), or move this one away first.`,
  );
}

/** Nothing is written into a folder that is not ours, not even a lock. */
async function makeFolder(path: string): Promise<void> {
  await makeParents(path);
  const names = await readdir(path);
  if (names.includes(MARK)) return;
  if (names.includes(UNFINISHED)) {
    throw new FolderError(
      'unusable',
      `The folder ${path} holds a restore that was not finished: run it once more, or choose another folder.`,
    );
  }
  if (names.some((name) => !HARMLESS.has(name) && !BESIDE_ENGINE.has(name))) {
    throw new FolderError(
      'foreign',
      `The folder ${path} holds other things and no Bough data: choose an empty or a new one.`,
    );
  }
  await chmod(path, 0o700);
}

/**
 * Makes the folder and those above it, one by one: Node's own `recursive` never returns where a file system answers ENOENT
 * for a folder that cannot be made (/proc).
 */
async function makeParents(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) missing.push(at);
  for (const at of missing.reverse()) {
    await mkdir(at, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

async function isThere(path: string): Promise<boolean> {
  if (path === dirname(path)) return true;
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

async function checkFormat(path: string): Promise<void> {
  await checkMark(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return writeMark(path);
  });
}

/** When the folder was made, as its mark says; undefined where there is none that can be read. */
export async function madeWhen(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, MARK), 'utf8').catch(() => '');
  return parseMark(text)?.created;
}

async function checkMark(path: string): Promise<void> {
  const format = parseMark(await readFile(join(path, MARK), 'utf8'))?.format;
  if (format === undefined) {
    throw new FolderError('unusable', `The file ${join(path, MARK)} is damaged: restore it from a backup.`);
  }
  if (format > FORMAT) {
    throw new FolderError(
      'newer-format',
      `The data folder ${path} was written by a newer Bough (format ${format}, this one knows ${FORMAT}): update Bough.`,
    );
  }
}

function parseMark(text: string): z.infer<typeof markSchema> | null {
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** In one step and for good: a mark that is there is whole. */
async function writeMark(path: string): Promise<void> {
  const mark = { format: FORMAT, created: new Date().toISOString() };
  const file = await open(join(path, `${MARK}.new`), 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(mark)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(join(path, `${MARK}.new`), join(path, MARK));
}

/** What went wrong with the folder, in a sentence. */
export function explainFolder(path: string, error: unknown): FolderError {
  if (error instanceof FolderError) return error;
  const code = codeOf(error) ?? String(error);
  const as = (kind: FolderErrorKind, sentence: string): FolderError =>
    new FolderError(kind, sentence, { cause: error });
  switch (code) {
    case 'ENOTDIR':
    case 'EEXIST':
      return as('not-a-folder', `The data folder ${path} cannot be made, because a file is in its place.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return as(
        'not-writable',
        `The data folder ${path} cannot be written: check its owner and permissions.`,
      );
    case 'ENOENT':
      return as('not-writable', `The data folder ${path} cannot be made in that place: choose another.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return as('disk-full', `The data folder ${path} cannot be used, because its disk is full.`);
    default:
      return as('unusable', `The data folder ${path} cannot be used (${code}).`);
  }
}

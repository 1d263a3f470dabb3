/**
 * What git ignores and a branch needs all the same, as dependencies and keys: by a list a person keeps for each repository, and a line of theirs that makes the
 * rest.
 */
import { constants } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeOwnFile } from '../whole-file.ts';
import { keptIn } from './kept-file.ts';

export interface AlongList {
  /** From the top of the repository. */
  readonly paths: readonly string[];
  /** What a shell is given in a new copy; empty: nothing. */
  readonly run: string;
}

export interface AlongRoom {
  /** Where the lists are kept. */
  readonly along: string;
}

/** Empty where there is no list, or it cannot be read. */
export async function alongOf({ along }: AlongRoom, top: string): Promise<AlongList> {
  const lists: Readonly<Record<string, unknown>> = await keptIn(along).catch(() => ({}));
  return listIn(Object.hasOwn(lists, top) ? lists[top] : undefined);
}

/** A list of paths alone is one without a line. */
function listIn(kept: unknown): AlongList {
  const { paths = [], run = '' } = (Array.isArray(kept) ? { paths: kept } : (kept ?? {})) as Record<
    string,
    unknown
  >;
  return {
    paths: Array.isArray(paths) ? paths.filter((path) => typeof path === 'string' && isInside(path)) : [],
    run: typeof run === 'string' ? run : '',
  };
}

/** One change at a time: the file has the lists of all repositories. @throws {FolderTrouble} it cannot be read, and is left as it is */
export async function setAlong({ along }: AlongRoom, top: string, { paths, run }: AlongList): Promise<void> {
  const list = run === '' ? paths : { paths, run };
  await writeOwnFile(along, `${JSON.stringify({ ...(await keptIn(along)), [top]: list }, null, 2)}\n`);
}

/** A path from the top that leads to something below it, and to nothing of git's. */
export const isInside = (path: string): boolean =>
  path !== '' &&
  !/^([/\\]|[A-Za-z]:)/.test(path) &&
  !path.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..' || part === '.git');

/** Brings what the list names from `top` to `to`. What is not there is passed over. */
export async function copiedAlong(room: AlongRoom, top: string, to: string): Promise<void> {
  for (const path of (await alongOf(room, top)).paths) await copyTree(join(top, path), join(to, path));
}

/** The same bytes where the disk copies on write, else copied: a hard link would be the person's file, whatever is written in it. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, {
    ...{
      recursive: true,
      force: false,
      errorOnExist: false,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    },
    mode: constants.COPYFILE_FICLONE,
    // A repository in there stays where it is.
    filter: (path) => basename(path) !== '.git',
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

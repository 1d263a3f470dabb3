/** What git ignores and a branch needs all the same, as dependencies and keys: by a list a person keeps for each repository. */
import { constants } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeOwnFile } from '../whole-file.ts';

/** Paths from the top of the repository, by that. */
type AlongLists = Readonly<Record<string, readonly string[]>>;

export interface AlongRoom {
  /** Where the lists are kept. */
  readonly along: string;
}

/** None where there is no list, or it cannot be read. */
export async function alongOf({ along }: AlongRoom, top: string): Promise<readonly string[]> {
  const lists = await read(along);
  const list = Object.hasOwn(lists, top) ? lists[top] : undefined;
  return Array.isArray(list) ? list.filter((path) => typeof path === 'string' && isInside(path)) : [];
}

export async function setAlong({ along }: AlongRoom, top: string, paths: readonly string[]): Promise<void> {
  await writeOwnFile(along, `${JSON.stringify({ ...(await read(along)), [top]: paths }, null, 2)}\n`);
}

/** A path from the top that leads to something below it, and to nothing of git's. */
export const isInside = (path: string): boolean =>
  path !== '' &&
  !/^([/\\]|[A-Za-z]:)/.test(path) &&
  !path.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..' || part === '.git');

async function read(path: string): Promise<AlongLists> {
  try {
    const lists: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof lists === 'object' && lists !== null ? (lists as AlongLists) : {};
  } catch {
    return {};
  }
}

/** Brings what the list names from `top` to `to`. What is not there is passed over. */
export async function copiedAlong(room: AlongRoom, top: string, to: string): Promise<void> {
  for (const path of await alongOf(room, top)) await copyTree(join(top, path), join(to, path));
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

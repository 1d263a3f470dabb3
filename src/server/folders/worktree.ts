/**
 * A branch's own copy of a repository: a git worktree in the data folder, with the files of a snapshot, standing where the person stood then. A marker beside it
 * says that it is being made until it is whole, so that one a crash left half made is taken away and made again.
 */
import { copyFile, lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeOwnFile } from '../whole-file.ts';
import type { FolderState } from './desk.ts';
import { FolderTrouble, type Git, listOfNames, namesIn, printedBy } from './git.ts';
import { type Repository, repositoryOf } from './repository.ts';
import { forgetIndex, shadowFolder, shadowOf } from './snapshots/shadow.ts';
import { settled } from './snapshots/snapshot.ts';

/** What stands beside a copy, in the file of its name with `.json`. */
export interface CopyMarker {
  readonly v: 1;
  readonly state: 'making' | 'ready' | 'leaving';
  /** The person's working tree it was made of. */
  readonly of: string;
  /** The commit of the snapshot it was made at: its fork point. */
  readonly base: string;
  /** ms since the epoch. */
  readonly at: number;
}

export interface CopyWish {
  /** Where it is to be: an absolute path that nothing is at. */
  readonly path: string;
  readonly repository: Repository;
  /** The snapshot it is made of. */
  readonly base: FolderState;
  readonly now: number;
  /** Brings into it what git ignores. Default: nothing. */
  readonly along?: (path: string) => Promise<unknown>;
}

const markerOf = (path: string): string => `${path}.json`;

export async function readMarker(path: string): Promise<CopyMarker | null> {
  const text = await readFile(markerOf(path), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const marker = JSON.parse(text) as CopyMarker;
    return marker.v === 1 && typeof marker.of === 'string' ? marker : null;
  } catch {
    return null;
  }
}

const writeMarker = (path: string, marker: CopyMarker): Promise<void> =>
  writeOwnFile(markerOf(path), `${JSON.stringify(marker)}\n`);

/** Makes it, or takes away what it began. @param data the folder of all shadows. @throws {FolderTrouble} */
export async function makeCopy(git: Git, data: string, wish: CopyWish): Promise<Repository> {
  const { path, repository, base, now } = wish;
  const marker: CopyMarker = { v: 1, state: 'making', of: repository.top, base: base.commit, at: now };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeMarker(path, marker);
  try {
    const copy = await fill(git, data, wish);
    await wish.along?.(path);
    await writeMarker(path, { ...marker, state: 'ready' });
    return copy;
  } catch (error) {
    await removeCopy(git, data, path).catch(() => {});
    throw error;
  }
}

async function fill(git: Git, data: string, { path, repository, base }: CopyWish): Promise<Repository> {
  const { top } = repository;
  const { ref, commit, tree, head: at } = base;
  if (at === undefined)
    throw new FolderTrouble(
      'not-taken',
      `The repository ${top} has no commit yet. Make one, then branches can have copies of it.`,
    );
  await git.theirs({
    args: ['worktree', 'add', '-q', '-f', '--detach', '--no-checkout', path, at],
    cwd: top,
  });
  const copy = await repositoryOf(git, path);
  const shadow = await shadowOf(git, data, copy);
  await forgetIndex(shadow);
  const { env } = shadow;
  await git.ours({ args: ['read-tree', '--reset', '-u', commit], cwd: path, env });
  // Its own index has what our files were seen as, so that its first `git status` need not read them all.
  await copyFile(shadow.index, copy.index);
  await git.theirs({ args: ['read-tree', '--reset', at], cwd: path });
  await passOver(git, repository, path);
  // Now that its own index is what it will be: what is ignored need not be asked again.
  await settled(shadow, copy, { tree, isIndexed: true, anchor: { ref, commit } });
  return copy;
}

/** What need not be there is not missing: files outside of a sparse checkout, and submodules that are only named. Else a commit of all would take them away. */
async function passOver(git: Git, own: Repository, path: string): Promise<void> {
  const { out } = await git.theirs({ args: ['ls-files', '-z', '-d', '-s'], cwd: path });
  const missing = namesIn(out).map((line) => ({
    mode: line.slice(0, 6),
    name: line.slice(line.indexOf('\t') + 1),
  }));
  for (const { mode, name } of missing)
    if (mode === '160000') await mkdir(Buffer.from(`${path}/${name}`, 'latin1'), { recursive: true });
  if (!own.isSparse || missing.length === 0) return;
  const tagged = await git.theirs({ args: ['ls-files', '-z', '-t'], cwd: own.top });
  const skipped = new Set(
    namesIn(tagged.out).flatMap((line) => (line.startsWith('S ') ? [line.slice(2)] : [])),
  );
  const names = missing.flatMap(({ name }) => (skipped.has(name) ? [name] : []));
  const args = ['update-index', '-z', '--skip-worktree', '--stdin'];
  if (names.length > 0) await git.theirs({ args, cwd: path, input: listOfNames(names) });
}

/**
 * Takes a copy away, whole or half made; fine where there is none. What is in it and in no snapshot is gone then.
 * @param of whose copy it was, where no marker says so
 * @throws {FolderTrouble}
 */
export async function removeCopy(git: Git, data: string, path: string, of?: string): Promise<void> {
  const marker = await readMarker(path);
  if (marker && marker.state === 'ready') await writeMarker(path, { ...marker, state: 'leaving' });
  await rm(path, { recursive: true, force: true });
  await rm(shadowFolder(data, path), { recursive: true, force: true });
  const top = marker?.of ?? of;
  if (top !== undefined) await unlist(git, top, path);
  await rm(markerOf(path), { force: true });
}

/** Nothing of a copy is there, and its repository knows of none. */
export async function isFree(path: string, { common }: Repository): Promise<boolean> {
  const there = await Promise.all([path, markerOf(path)].map((one) => lstat(one).catch(() => null)));
  return there.every((one) => one === null) && !(await isListed(path, common));
}

/** Also where the listing cannot be read: git says then. */
async function isListed(path: string, common: string): Promise<boolean> {
  const listed = join(common, 'worktrees');
  const names = await readdir(listed).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : null,
  );
  const paths = await Promise.all(
    (names ?? []).map((name) =>
      // Newer versions of git can be told to name it from there.
      readFile(join(listed, name, 'gitdir'), 'utf8').then(
        (text) => resolve(listed, name, text.trimEnd()),
        () => null,
      ),
    ),
  );
  return names === null || paths.some((one) => one === null || one === join(path, '.git'));
}

/** The repository forgets this worktree, and no other that happens to be away. */
async function unlist(git: Git, top: string, path: string): Promise<void> {
  try {
    await git.theirs({ args: ['worktree', 'remove', '--force', '--force', path], cwd: top });
  } catch (error) {
    // The repository is gone, or never heard of it.
    const isGone =
      error instanceof FolderTrouble &&
      (error.code === 'no-git' || /is not a working tree|not a git repository/i.test(printedBy(error)));
    if (!isGone) throw error;
  }
}

/** Those of a folder of copies, of all conversations or one, with what is not whole. */
export async function copiesIn(
  folder: string,
  only?: string,
): Promise<{ path: string; marker: CopyMarker | null }[]> {
  const found: { path: string; marker: CopyMarker | null }[] = [];
  for (const conversation of only === undefined ? await namesOf(folder) : [only]) {
    const names = new Set(
      (await namesOf(join(folder, conversation))).map((name) => name.replace(/\.json$/, '')),
    );
    for (const name of names) {
      const path = join(folder, conversation, name);
      found.push({ path, marker: await readMarker(path) });
    }
  }
  return found;
}

const namesOf = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.filter((name) => !name.endsWith('.tmp')).sort(),
    () => [],
  );

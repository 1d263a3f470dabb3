/** What has to be known of the repository a folder is in. Nothing in it is changed, and nothing started that it names. */
import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FolderTrouble, type Git, printedBy } from './git.ts';

export interface Repository {
  /** The folder of all its files: an absolute path without links. */
  readonly top: string;
  /** The folder asked for, seen from `top`; empty: it is `top`. */
  readonly within: string;
  /** Of this working tree; `common` is that of all of them. */
  readonly gitDir: string;
  readonly common: string;
  readonly objects: string;
  /** The person's index; it need not be there. */
  readonly index: string;
  /** Only a part of its files is meant to be there (git sparse-checkout). */
  readonly isSparse: boolean;
  /** All settings that hold there, by their names in small letters; of several the last. */
  readonly config: ReadonlyMap<string, string>;
}

/** @param folder an absolute path without links. @throws {FolderTrouble} `no-git`, `no-repository`, `not-taken` */
export async function repositoryOf(git: Git, folder: string): Promise<Repository> {
  await git.version();
  const asked = ['--show-toplevel', '--absolute-git-dir', '--git-common-dir'];
  const [{ out }, config] = await Promise.all([
    git.theirs({
      args: ['rev-parse', ...asked, '--git-path', 'objects', '--git-path', 'index', '--show-prefix'],
      cwd: folder,
    }),
    git.theirs({ args: ['config', '-z', '--list'], cwd: folder }),
  ]).catch((error: unknown) => {
    throw noRepository(error, folder);
  });
  const [top = '', gitDir = '', common = '', objects = '', index = '', within = ''] = out
    .toString()
    .split('\n');
  const repository = {
    ...{ top: resolve(top), within: within.replace(/\/$/, ''), gitDir: resolve(folder, gitDir) },
    ...{ common: resolve(folder, common), objects: resolve(folder, objects), index: resolve(folder, index) },
    ...settingsIn(config.out),
  };
  await checkTaken(repository, folder);
  return repository;
}

function settingsIn(listed: Buffer): Pick<Repository, 'config' | 'isSparse'> {
  const config = new Map<string, string>();
  for (const entry of listed.toString().split('\0')) {
    const [name = '', ...value] = entry.split('\n');
    if (name) config.set(name.toLowerCase(), value.join('\n'));
  }
  return { config, isSparse: isOn(config.get('core.sparsecheckout')) };
}

export const isOn = (value: string | undefined): boolean =>
  value !== undefined && /^(true|yes|on|1|)$/i.test(value);

function noRepository(error: unknown, folder: string): unknown {
  const said = printedBy(error);
  if (/not a git repository|must be run in a work tree/i.test(said))
    return new FolderTrouble('no-repository', `${folder} is in no git repository.`);
  if (/dubious ownership|unsafe repository/i.test(said))
    return new FolderTrouble(
      'not-taken',
      `git does not trust the repository of ${folder}, which belongs to somebody else. Allow it with “git config --global --add safe.directory”.`,
    );
  return error;
}

/** A repository may say that its files are anywhere: they have to be where it is. */
async function checkTaken({ top, within, common }: Repository, folder: string): Promise<void> {
  if (/\n/.test(folder))
    throw new FolderTrouble('not-taken', 'A folder with a line break in its name cannot be copied.');
  const isThere = await lstat(join(top, '.git')).then(
    () => true,
    () => false,
  );
  if (!isThere || resolve(top, within) !== resolve(folder) || !common)
    throw new FolderTrouble(
      'not-taken',
      `The repository of ${folder} keeps its files elsewhere (core.worktree): it is left alone.`,
    );
}

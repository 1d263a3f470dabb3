/** Repositories as some people have them: what is kept of them and copied comes out as it went in, and a copy says of itself what the original does. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FolderDesk } from '../desk.ts';
import {
  contentsOf,
  describeGit,
  git,
  repositoryIn,
  tempFolders,
  testEnv,
  untouched,
} from '../testing/repositories.ts';
import { makeCopy, removeCopy } from '../worktree.ts';

vi.setConfig({ testTimeout: 120_000 });
const temp = tempFolders();

const put = (top: string, path: string, text: string): void => {
  mkdirSync(join(top, path, '..'), { recursive: true });
  writeFileSync(join(top, path), text);
};

/** A repository with some files, committed. */
function begun(home: string, name = 'project', ...options: string[]): string {
  const top = join(home, name);
  mkdirSync(top);
  git(top, 'init', '-q', '-b', 'main', ...options);
  for (const path of ['in/a', 'out/b', 'top']) put(top, path, `${path}\n`);
  git(top, 'add', '-A');
  git(top, 'commit', '-qm', 'All');
  return top;
}

function hasReftable(home: string): boolean {
  try {
    git(home, 'init', '-q', '--ref-format=reftable', 'tried');
    return true;
  } catch {
    return false;
  }
}

/** What git says of the original before and of the copy; the original is not touched. */
async function copied(home: string, top: string, change: (copy: string) => void = () => {}) {
  const desk = new FolderDesk({ data: join(home, 'data'), env: testEnv(home) });
  const own = await desk.repository(top);
  const before = untouched(top);
  const wish = { conversation: 'conversation-1', name: 'message-1', about: 'x' };
  const { state } = await desk.keep(own, wish);
  const path = join(home, 'data', 'worktrees', 'conversation-1', 'message-2');
  const place = { path, repository: own, base: state, now: 1 };
  await makeCopy(desk.git, desk.shadows, place);
  expect(untouched(top)).toBe(before);
  const found = { files: contentsOf(path), status: git(path, 'status', '--porcelain') };
  change(path);
  await removeCopy(desk.git, desk.shadows, path);
  expect(untouched(top)).toBe(before);
  return found;
}

describeGit('a copy of', () => {
  it('a sparse checkout has the files that are there, and a commit of all in it takes none of the others away', async () => {
    const home = temp();
    const top = begun(home);
    git(top, 'sparse-checkout', 'init', '--cone');
    git(top, 'sparse-checkout', 'set', 'in');
    put(top, 'in/new', 'n\n');
    rmSync(join(top, 'top'));
    const { files, status } = await copied(home, top, (copy) => {
      git(copy, 'add', '-A');
      git(copy, 'commit', '-qm', 'Of the copy');
      expect(git(copy, 'show', '--name-status', '--format=').trim().split('\n')).toEqual([
        'A\tin/new',
        'D\ttop',
      ]);
    });
    expect([...files.keys()].sort()).toEqual(['in/a', 'in/new']);
    expect(status).toBe(' D top\n?? in/new\n');
  });

  it('a repository with a submodule that is only named does not miss it', async () => {
    const home = temp();
    const top = begun(home);
    const other = begun(home, 'other');
    git(top, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', `file://${other}`, 'sub');
    git(top, 'commit', '-qm', 'Sub');
    git(top, 'submodule', 'deinit', '-q', '-f', 'sub');
    const { files, status } = await copied(home, top);
    expect([...files.keys()].sort()).toEqual(['.gitmodules', 'in/a', 'out/b', 'top']);
    expect(status).toBe('');
  });

  it('a repository with a submodule that is there is refused with a sentence', async () => {
    const home = temp();
    const top = begun(home);
    const other = begun(home, 'other');
    git(top, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', `file://${other}`, 'sub');
    await expect(copied(home, top)).rejects.toThrow('sub is a repository of its own in this one');
  });

  it('a worktree is a worktree beside it, at its commit and with its files', async () => {
    const home = temp();
    const main = begun(home);
    const top = join(home, 'beside');
    git(main, 'worktree', 'add', '-q', '-b', 'beside', top);
    put(top, 'in/more', '1\n');
    git(top, 'add', '-A');
    git(top, 'commit', '-qm', 'More');
    put(top, 'in/new', 'n\n');
    const before = untouched(main);
    const { files, status } = await copied(home, top, (copy) => {
      expect(git(copy, 'rev-parse', 'HEAD')).toBe(git(top, 'rev-parse', 'HEAD'));
      expect(git(main, 'worktree', 'list').trim().split('\n')).toHaveLength(3);
    });
    expect([...files.keys()].sort()).toEqual(['in/a', 'in/more', 'in/new', 'out/b', 'top']);
    expect(status).toBe('?? in/new\n');
    expect(untouched(main)).toBe(before);
  });

  it('a repository with an index in two files, or names of objects in SHA-256, has its files', async () => {
    const home = temp();
    const split = begun(home);
    git(split, 'update-index', '--split-index');
    put(split, 'in/a', 'changed\n');
    expect((await copied(home, split)).status).toBe(' M in/a\n');
    const long = begun(home, 'long', '--object-format=sha256');
    put(long, 'in/new', 'n\n');
    expect((await copied(home, long)).status).toBe('?? in/new\n');
  });

  it('a repository with its refs in a reftable has its files, of few changes too', async ({ skip }) => {
    const home = temp();
    if (!hasReftable(home)) return skip('git is older than 2.45');
    const top = begun(home, 'project', '--ref-format=reftable');
    put(top, 'in/new', 'n\n');
    expect((await copied(home, top)).status).toBe('?? in/new\n');
    put(top, 'in/new', 'other\n');
    const { files, status } = await copied(home, top);
    expect(files.get('in/new')).toBe('file other\n');
    expect(status).toBe('?? in/new\n');
    expect(git(top, 'for-each-ref', '--format=%(refname)', 'refs/bough').trim().split('\n')).toEqual([
      'refs/bough/conversation-1/message-1',
    ]);
  });

  it('files git was told not to look at has them as they are', async () => {
    const home = temp();
    const top = begun(home);
    git(top, 'update-index', '--assume-unchanged', 'top');
    put(top, 'top', 'changed\n');
    expect((await copied(home, top)).files.get('top')).toBe('file changed\n');
  });

  it('line ends that git changes has the bytes that were there', async () => {
    const home = temp();
    const top = repositoryIn(home);
    put(top, '.gitattributes', '*.txt text eol=crlf\n*.sh text eol=lf\n');
    put(top, 'a.txt', 'one\r\ntwo\r\n');
    put(top, 'b.sh', 'one\ntwo\n');
    put(top, 'mixed.txt', 'one\r\ntwo\n');
    git(top, 'config', 'core.autocrlf', 'true');
    git(top, 'add', '-A');
    git(top, 'commit', '-qm', 'Ends');
    const { files } = await copied(home, top);
    expect(files).toEqual(contentsOf(top));
  });

  it('a repository on a disk that does not tell small letters from capitals keeps each name as it is written', async () => {
    const home = temp();
    const top = begun(home);
    git(top, 'config', 'core.ignorecase', 'true');
    put(top, 'in/Letter', '1\n');
    rmSync(join(top, 'top'));
    put(top, 'Top', 'top\n');
    const { files } = await copied(home, top);
    expect([...files.keys()].sort()).toEqual(['Top', 'in/Letter', 'in/a', 'out/b']);
  });
});

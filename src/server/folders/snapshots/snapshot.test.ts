import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGit } from '../git.ts';
import { repositoryOf } from '../repository.ts';
import {
  contentsOf,
  describeGit,
  git,
  repositoryIn,
  tempFolders,
  testEnv,
  untouched,
} from '../testing/repositories.ts';
import {
  afresh,
  perform,
  put,
  type SnapshotDesk,
  snapshot,
  snapshotDesk,
  step,
} from '../testing/snapshots.ts';
import { makeCopy, removeCopy } from '../worktree.ts';
import { shadowOf } from './shadow.ts';

const temp = tempFolders();
const desk = (): SnapshotDesk => snapshotDesk(temp());

/** What git shows of a commit, by path, as `contentsOf` has it. */
async function inCommit({ git: runner }: SnapshotDesk, top: string, commit: string): Promise<string[]> {
  const { out } = await runner.theirs({ args: ['ls-tree', '-r', '-z', '--name-only', commit], cwd: top });
  return out.toString('latin1').split('\0').filter(Boolean).sort();
}

describeGit('a snapshot', () => {
  it('has untracked files and none that are ignored, but tracked ones that are', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    put(top, '.gitignore', 'build/\n*.log\n');
    put(top, 'kept.log', 'tracked all the same');
    git(top, 'add', '-f', '.');
    git(top, 'commit', '-qm', 'One');
    put(top, 'new.txt', 'new');
    put(top, 'build/out.js', 'x');
    put(top, 'a.log', 'x');
    const { commit } = await snapshot(at, top, 'message1');
    expect(await inCommit(at, top, commit)).toEqual(['.gitignore', 'kept.log', 'new.txt']);
  });

  it('follows a rule that is added and taken away again, and what is tracked meanwhile', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    put(top, 'a.tmp', '1');
    expect(await inCommit(at, top, (await snapshot(at, top, 'message1')).commit)).toEqual(['a.tmp']);
    put(top, '.gitignore', '*.tmp\n');
    expect(await inCommit(at, top, (await snapshot(at, top, 'message2')).commit)).toEqual(['.gitignore']);
    git(top, 'add', '-f', 'a.tmp');
    expect(await inCommit(at, top, (await snapshot(at, top, 'message3')).commit)).toEqual([
      '.gitignore',
      'a.tmp',
    ]);
    git(top, 'rm', '-q', '--cached', 'a.tmp');
    expect(await inCommit(at, top, (await snapshot(at, top, 'message4')).commit)).toEqual(['.gitignore']);
    put(top, '.git/info/exclude', 'b\n');
    put(top, 'b', 'x');
    rmSync(join(top, '.gitignore'));
    expect(await inCommit(at, top, (await snapshot(at, top, 'message5')).commit)).toEqual(['a.tmp']);
  });

  it('starts nothing that the repository names, and keeps bytes as they are', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    const mark = join(top, '..', 'ran');
    const program = join(top, '..', 'program.sh');
    writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${mark}\ncat\n`, { mode: 0o755 });
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit'])
      writeFileSync(join(top, '.git', 'hooks', hook), `#!/bin/sh\necho ${hook} >> ${mark}\n`, {
        mode: 0o755,
      });
    for (const [name, value] of Object.entries({
      'core.fsmonitor': program,
      'core.sshCommand': program,
      'core.autocrlf': 'true',
      'core.pager': program,
      'filter.x.clean': program,
      'filter.x.smudge': program,
      'filter.x.process': program,
      'diff.x.textconv': program,
      'diff.x.command': program,
      'diff.external': program,
      'core.alternateRefsCommand': program,
      'core.askPass': program,
      'gpg.program': program,
      'commit.gpgSign': 'true',
    }))
      git(top, 'config', name, value);
    put(top, '.gitattributes', '* filter=x diff=x text ident working-tree-encoding=UTF-16\n');
    put(top, '.git/info/attributes', '* filter=x diff=x text\n');
    put(top, 'a.txt', 'one\r\ntwo\r\n$Id$\r\n');
    const before = untouched(top);
    const { repository, ...base } = await snapshot(at, top, 'message1');
    const path = join(temp(), 'copy');
    await makeCopy(at.git, at.data, { path, repository, base, now: 1 });
    expect(contentsOf(path)).toEqual(contentsOf(top));
    await snapshot(at, path, 'message2');
    await removeCopy(at.git, at.data, path);
    expect(contentsOf(join(top, '..')).has('ran')).toBe(false);
    expect(untouched(top)).toBe(before);
  });

  it('names and leaves out what git takes no file of', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    put(top, 'a', 'a\n');
    put(top, '.gitmodules', '');
    await snapshot(at, top, 'message1');
    rmSync(join(top, '.gitmodules'));
    symlinkSync('a', join(top, '.gitmodules'));
    const { commit, left } = await snapshot(at, top, 'message2');
    expect(left).toEqual([{ path: '.gitmodules', why: 'name' }]);
    expect(await inCommit(at, top, commit)).toEqual(['a']);
  });

  it('names and leaves out what is over 50 MB, also once it has grown', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    put(top, 'data.bin', 'small');
    expect((await snapshot(at, top, 'message1')).left).toEqual([]);
    put(top, 'data.bin', Buffer.alloc(51 * 1024 * 1024));
    const { commit, left } = await snapshot(at, top, 'message2');
    expect(left).toEqual([{ path: 'data.bin', why: 'large' }]);
    expect(await inCommit(at, top, commit)).toEqual([]);
    expect((await snapshot(at, top, 'message3')).left).toEqual(left);
  });

  it('refuses repositories in it, wherever they are listed', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    repositoryIn(top, 'vendor/lib');
    await expect(snapshot(at, top, 'message1')).rejects.toThrow('vendor/lib is a repository of its own');
    put(top, '.gitignore', 'vendor/\n');
    await snapshot(at, top, 'message2');
  });

  it('refuses what says that its files are elsewhere, and what is no repository', async () => {
    const at = desk();
    const folder = temp();
    await expect(repositoryOf(at.git, folder)).rejects.toMatchObject({ code: 'no-repository' });
    const top = repositoryIn(folder);
    git(top, 'config', 'core.worktree', '/');
    await expect(repositoryOf(at.git, top)).rejects.toMatchObject({ code: 'not-taken' });
  });

  it('says so where there is no git, or an old one', async () => {
    const folder = temp();
    const none = createGit({ env: { PATH: folder }, nowhere: folder });
    await expect(repositoryOf(none, folder)).rejects.toMatchObject({ code: 'no-git' });
    writeFileSync(join(folder, 'git'), '#!/bin/sh\necho git version 2.29.1\n', { mode: 0o755 });
    await expect(repositoryOf(none, folder)).rejects.toThrow(
      'need git 2.30 or later; here is “git version 2.29.1”',
    );
  });

  it('begins anew with a torn index, a lock left behind, or objects that were cleared away', async () => {
    const at = desk();
    const top = repositoryIn(temp());
    put(top, 'a', '1');
    put(top, 'b/c', '2');
    const first = await snapshot(at, top, 'message1');
    const { index } = await shadowOf(at.git, at.data, first.repository);
    writeFileSync(index, 'torn');
    expect((await snapshot(at, top, 'message2')).tree).toBe(first.tree);
    writeFileSync(`${index}.lock`, '');
    put(top, 'a', '3');
    const other = await snapshot(at, top, 'message3');
    expect(other.tree).not.toBe(first.tree);
    for (const name of ['message1', 'message2', 'message3'])
      git(top, 'update-ref', '-d', `refs/bough/chat/${name}`);
    git(top, 'gc', '-q', '--prune=now');
    const again = await snapshot(at, top, 'message4');
    expect(again.tree).toBe(other.tree);
    git(top, 'fsck', '--full', '--strict');
  });
});

describeGit('whatever is done in a repository', () => {
  it('a copy of its snapshot has the same files, byte for byte, and nothing else of it is touched', {
    timeout: 240_000,
  }, async () => {
    const run = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 14 }),
      fc.boolean(),
      async (steps, crlf) => {
        const at = desk();
        const top = repositoryIn(temp());
        if (crlf) git(top, 'config', 'core.autocrlf', 'true');
        for (const [n, one] of steps.entries()) {
          perform(top, one);
          if (one.kind === 'snapshot') await snapshot(at, top, `earlier-${n}`);
        }
        const before = untouched(top);
        const { repository, left, ...base } = await snapshot(at, top, 'last-one');
        const { tree } = base;
        expect(untouched(top)).toBe(before);
        // What is remembered of earlier ones changes nothing.
        expect((await snapshot(afresh(at, temp()), top, 'afresh-1')).tree).toBe(tree);
        const path = join(temp(), 'copy');
        await makeCopy(at.git, at.data, { path, repository, base, now: 1 });
        expect(untouched(top)).toBe(before);
        const away = new Set([...ignoredIn(top), ...left.map((one) => one.path)]);
        expect(contentsOf(path)).toEqual(contentsOf(top, (name) => away.has(name)));
        expect((await snapshot(at, path, 'of-copy-1')).tree).toBe(tree);
        await removeCopy(at.git, at.data, path);
        expect(untouched(top)).toBe(before);
        expect(git(top, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
        git(top, 'fsck', '--connectivity-only');
      },
    );
    await fc.assert(run, { numRuns: Number(process.env.BOUGH_FOLDER_RUNS ?? 12) });
  });
});

function ignoredIn(top: string): ReadonlySet<string> {
  const args = ['ls-files', '-z', '-o', '-i', '--exclude-standard'];
  const out = execFileSync('git', args, { cwd: top, env: testEnv(top) });
  return new Set(out.toString('latin1').split('\0'));
}

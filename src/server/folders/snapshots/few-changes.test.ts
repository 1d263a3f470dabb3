/** Few changes are kept without our index: the tree has to be the one that git makes of the same files. */
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeGit, git, repositoryIn, tempFolders } from '../testing/repositories.ts';
import {
  afresh,
  perform,
  put,
  type SnapshotDesk,
  snapshot,
  snapshotDesk,
  step,
} from '../testing/snapshots.ts';
import { filesOf, treeOfEntries } from './few-changes.ts';
import { objectReader } from './object-reader.ts';
import { objectFolderOf } from './objects.ts';
import { shadowOf } from './shadow.ts';

const temp = tempFolders();
/** It may be anything, and is a file like others. */
const ANY_MODULES = ['Blob', 'Parse', 'Symlink'].flatMap((what) => ['-c', `fsck.gitmodules${what}=ignore`]);

/** A repository with a first snapshot of some files, and how the next ones are kept: by our index, or without; their trees are those of somebody who knows nothing. */
async function begun(...options: string[]) {
  const at = snapshotDesk(temp());
  const top = repositoryIn(temp(), 'project', ...options);
  for (const path of ['a', 'in/b', 'in/deep/c', 'in.txt', 'other/d']) put(top, path, `${path}\n`);
  await snapshot(at, top, 'first-one');
  let count = 0;
  const keep = async () => {
    count += 1;
    const { tree, isIndexed, commit } = await snapshot(at, top, `message-${count}`);
    expect((await snapshot(afresh(at, temp()), top, `afresh-${count}`)).tree).toBe(tree);
    git(top, ...ANY_MODULES, 'fsck', '--strict', '--no-dangling');
    return { isIndexed, commit };
  };
  return { at, top, keep };
}

async function indexOf({ git: runner, data, repository }: SnapshotDesk, top: string): Promise<Buffer> {
  return readFileSync((await shadowOf(runner, data, await repository(top))).index);
}

describeGit('entries of a tree', () => {
  it('are looked up and replaced without an index; what would vanish unsaid is left to git', async () => {
    const { at, top } = await begun();
    const tree = git(top, 'rev-parse', 'refs/bough/chat/first-one^{tree}').trim();
    const reader = objectReader(at.git, top);
    const store = objectFolderOf(await at.repository(top));
    if (!store) throw new Error('Git alone can write here.');
    const there = filesOf(reader, tree);
    const a = await there('a');
    expect(a).toEqual({ mode: '100644', id: git(top, 'rev-parse', `${tree}:a`).trim() });
    expect(await there('in/deep/c')).toMatchObject({ mode: '100644' });
    for (const none of ['in', 'in/deep', 'a/b', 'in/none', 'none/b'])
      expect(await there(none)).toBeUndefined();
    const replaced = (entries: Record<string, typeof a | null>) =>
      treeOfEntries(
        { reader, store },
        tree,
        new Map(Object.entries(entries).map(([k, v]) => [k, v ?? null])),
      );
    const gone = { 'in/b': null, 'in/deep/c': null };
    const made = await replaced({ ...gone, in: a, 'other/e/f': a });
    const listed = git(top, 'ls-tree', '-r', '--name-only', made ?? '');
    expect(listed.trim().split('\n')).toEqual(['a', 'in', 'in.txt', 'other/d', 'other/e/f']);
    expect(await replaced({ in: a })).toBeUndefined();
    expect(await replaced({ in: a, 'in/b': null })).toBeUndefined();
    await reader.end();
    git(top, 'fsck', '--strict', '--no-dangling');
  });
});

describeGit('few changes', () => {
  it.each([[[]], [['--object-format=sha256']]])(
    'are kept without our index, in a repository made with %j',
    async (options) => {
      const { at, top, keep } = await begun(...options);
      const before = await indexOf(at, top);
      put(top, 'a', 'changed\n');
      put(top, 'in/new/x/y', 'new\n');
      put(top, 'run.sh', '#!/bin/sh\n');
      chmodSync(join(top, 'run.sh'), 0o755);
      symlinkSync('in/b', join(top, 'link'));
      expect(await keep()).toMatchObject({ isIndexed: false });
      rmSync(join(top, 'in'), { recursive: true });
      put(top, 'in', 'a file now\n');
      rmSync(join(top, 'other/d'));
      mkdirSync(join(top, 'other/d'));
      put(top, 'other/d/e', 'in a folder now\n');
      rmSync(join(top, 'link'));
      const { isIndexed, commit } = await keep();
      expect(isIndexed).toBe(false);
      expect(git(top, 'ls-tree', '-r', '--name-only', commit).trim().split('\n')).toEqual([
        'a',
        'in',
        'in.txt',
        'other/d/e',
        'run.sh',
      ]);
      expect(await indexOf(at, top)).toEqual(before);
      for (const path of ['a', 'in', 'in.txt', 'other', 'run.sh'])
        rmSync(join(top, path), { recursive: true });
      expect(await keep()).toMatchObject({ isIndexed: false });
      put(top, 'a', 'a\n');
      expect(await keep()).toMatchObject({ isIndexed: false });
    },
  );

  it('bring it up to date once they are many, or more than little', async () => {
    const { top, keep } = await begun();
    for (let n = 0; n < 30; n += 1) put(top, `many/${n}`, `${n}\n`);
    expect(await keep()).toMatchObject({ isIndexed: false });
    for (let n = 30; n < 40; n += 1) put(top, `many/${n}`, `${n}\n`);
    expect(await keep()).toMatchObject({ isIndexed: true });
    put(top, 'many/1', 'other\n');
    expect(await keep()).toMatchObject({ isIndexed: false });
    put(top, 'large', Buffer.alloc(2 * 1024 * 1024, 1));
    expect(await keep()).toMatchObject({ isIndexed: true });
  });

  it('that are not plain are left to git', async () => {
    const { top, keep } = await begun();
    for (const name of ['back\\slash', '.gitmodules', 'git~1.txt', '\xe2\x80\x8cname']) {
      writeFileSync(Buffer.from(`${top}/${name}`, 'latin1'), 'x\n');
      expect(await keep(), name).toMatchObject({ isIndexed: true });
    }
    put(top, '.gitignore', 'other/\n');
    expect(await keep()).toMatchObject({ isIndexed: true });
    git(top, 'add', '-f', 'other/d');
    expect(await keep()).toMatchObject({ isIndexed: true });
    git(top, 'config', 'core.filemode', 'false');
    put(top, 'a', 'changed\n');
    expect(await keep()).toMatchObject({ isIndexed: true });
  });

  it('have modes and owners of a shared repository, and are on the disk, where the person wants that', async () => {
    const { top, keep } = await begun();
    for (const [name, value] of [
      ['core.sharedRepository', 'group'],
      ['core.fsync', 'all'],
    ] as const) {
      put(top, 'a', `${name}\n`);
      git(top, 'config', name, value);
      expect(await keep(), name).toMatchObject({ isIndexed: true });
      git(top, 'config', '--unset', name);
    }
  });

  it('do not need what our index names once it is held no more', async () => {
    const { top, keep } = await begun();
    put(top, 'a', 'changed\n');
    expect(await keep()).toMatchObject({ isIndexed: false });
    for (const name of ['first-one', 'afresh-1']) git(top, 'update-ref', '-d', `refs/bough/chat/${name}`);
    git(top, 'gc', '-q', '--prune=now');
    put(top, 'a', 'again\n');
    expect(await keep()).toMatchObject({ isIndexed: true });
    git(top, 'gc', '-q', '--prune=now');
    put(top, 'in/b', 'again\n');
    expect(await keep()).toMatchObject({ isIndexed: false });
  });

  it('whatever they are make the tree that git makes', { timeout: 240_000 }, async () => {
    let without = 0;
    const some = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 });
    const run = fc.asyncProperty(some, async (turns) => {
      const { top, keep } = await begun();
      for (const steps of turns) {
        for (const one of steps) perform(top, one);
        if (!(await keep()).isIndexed) without += 1;
      }
    });
    await fc.assert(run, { numRuns: Number(process.env.BOUGH_FOLDER_RUNS ?? 10) });
    expect(without).toBeGreaterThan(0);
  });
});

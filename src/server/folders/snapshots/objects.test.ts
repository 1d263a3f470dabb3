import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryOf } from '../repository.ts';
import { describeGit, git, repositoryIn, tempFolders } from '../testing/repositories.ts';
import { snapshotDesk } from '../testing/snapshots.ts';
import { objectReader } from './object-reader.ts';
import { newObject, objectFolderOf, writeObject } from './objects.ts';

const temp = tempFolders();

async function begun(...options: string[]) {
  const top = repositoryIn(temp(), 'project', ...options);
  const { git: runner } = snapshotDesk(temp());
  const store = objectFolderOf(await repositoryOf(runner, top));
  if (!store) throw new Error('It can be written to.');
  const fileOf = (id: string) => join(store.path, id.slice(0, 2), id.slice(2));
  return { top, runner, store, fileOf };
}

const drafts = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('tmp_obj'));

describeGit('an object', () => {
  it.each([[[]], [['--object-format=sha256']]])(
    'is the one git writes, in a repository made with %j',
    async (options) => {
      const { top, store, fileOf } = await begun(...options);
      for (const content of ['', 'one\n', '\0\xff'.repeat(70_000)]) {
        const bytes = Buffer.from(content, 'latin1');
        const object = newObject(store, 'blob', bytes);
        await Promise.all([writeObject(store, object), writeObject(store, object)]);
        writeFileSync(join(top, 'file'), bytes);
        expect(git(top, 'hash-object', '--no-filters', 'file').trim()).toBe(object.id);
        expect(git(top, 'cat-file', '-s', object.id).trim()).toBe(String(bytes.length));
        expect(statSync(fileOf(object.id)).mode & 0o777).toBe(0o444);
      }
      expect(drafts(store.path)).toEqual([]);
      git(top, 'fsck', '--strict', '--no-dangling');
    },
  );

  it('that is there stays what it is, and is not old any more', async () => {
    const { store, fileOf } = await begun();
    const object = newObject(store, 'blob', Buffer.from('one\n'));
    await writeObject(store, object);
    const before = readFileSync(fileOf(object.id));
    utimesSync(fileOf(object.id), 1_000_000, 1_000_000);
    await writeObject(store, object);
    expect(readFileSync(fileOf(object.id))).toEqual(before);
    expect(statSync(fileOf(object.id)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });

  it('that cannot be written leaves nothing', async () => {
    const { store, fileOf } = await begun();
    const object = newObject(store, 'blob', Buffer.from('one\n'));
    mkdirSync(join(store.path, object.id.slice(0, 2)), { recursive: true });
    mkdirSync(fileOf(object.id), { recursive: true });
    rmSync(store.path, { recursive: true });
    writeFileSync(store.path, 'no folder');
    await expect(writeObject(store, object)).rejects.toThrow('ENOTDIR');
  });
});

describeGit('one process of git', () => {
  it('reads one object after another, of any size, and says which are not there', async () => {
    const { top, runner, store } = await begun();
    const contents = ['', 'line\n', 'x'.repeat(3_000_000), '\n\n'];
    const objects = contents.map((content) => newObject(store, 'blob', Buffer.from(content)));
    const reader = objectReader(runner, top);
    expect(await reader.read('HEAD^{commit}')).toMatchObject({
      kind: 'commit',
      id: git(top, 'rev-parse', 'HEAD').trim(),
    });
    // They come after it has begun.
    for (const object of objects) await writeObject(store, object);
    const found = await Promise.all([
      ...objects.map(({ id }) => reader.read(id)),
      reader.read('refs/heads/none'),
    ]);
    expect(found.map((one) => one?.content.toString())).toEqual([...contents, undefined]);
    await reader.end();
    await expect(reader.read('HEAD')).rejects.toThrow('ended before');
  });

  it('that cannot be started says so to all who ask', async () => {
    const { runner } = await begun();
    const reader = objectReader(runner, '/no/such/folder');
    const asked = [reader.read('HEAD'), reader.read('HEAD')];
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'no-git' });
    await reader.end();
  });
});

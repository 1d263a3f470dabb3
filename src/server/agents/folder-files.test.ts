import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolderFiles, mentionsIn } from './folder-files.ts';

let outside: string;
let folder: string;

beforeAll(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'bough-files-')));
  folder = join(outside, 'project');
  await mkdir(join(folder, 'src', 'deep'), { recursive: true });
  await mkdir(join(folder, 'node_modules', 'x'), { recursive: true });
  for (const name of ['notes.txt', 'src/main.ts', 'src/deep/notes.ts', 'a b.md', 'node_modules/x/notes.txt'])
    await writeFile(join(folder, name), name);
  await writeFile(join(outside, 'secret.txt'), 'secret');
  await symlink(join(outside, 'secret.txt'), join(folder, 'way-out.txt'));
});
afterAll(() => rm(outside, { recursive: true, force: true }));

test('files are found by their names, the nearest first, and what programs made is left out', async () => {
  const { find } = createFolderFiles();
  expect((await find(folder, '')).files).toEqual(['a b.md', 'notes.txt', 'src/', 'way-out.txt']);
  expect((await find(folder, 'NOTES')).files).toEqual(['notes.txt', 'src/deep/notes.ts']);
  expect((await find(folder, 'src/d')).files).toEqual(['src/deep/', 'src/deep/notes.ts']);
  expect(await find(folder, 'nothing')).toEqual({ files: [], some: false });
  expect((await find(join(folder, 'gone'), '')).files).toEqual([]);
});

test('a message mentions what is in the folder, and nothing out of it', async () => {
  const text =
    '@notes.txt, see @src/main.ts. And (@"a b.md") not me@notes.txt, @../secret.txt, @way-out.txt, @gone.txt';
  expect(await mentionsIn(text, folder)).toEqual(
    ['notes.txt', 'src/main.ts', 'a b.md'].map((path) => ({
      path,
      uri: pathToFileURL(join(folder, path)).href,
    })),
  );
});

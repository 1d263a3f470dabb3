import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { runs } from '../../child-script.ts';
import { item, range, settled } from '../contract/harness.ts';
import { START } from '../port.ts';
import { type DataFolder, FOLDERS, FORMAT, openFolder } from './folder.ts';
import { openEmbeddedEngine } from './index.ts';
import { tempFolders } from './testing.ts';

const folderOf = tempFolders();
/** Processes start slowly on a busy machine. */
const SLOW = { timeout: 60_000 };

const others: ChildProcess[] = [];

afterEach(() => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
});

/** A Bough in another process, which holds the folder from when this resolves. */
async function otherBough(folder: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'hold.child.ts');
  const args = [...runs(script), folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  others.push(child);
  await once(child.stdout, 'data');
  return child;
}

/** Of eight that open the folder at once, those that get it. */
async function winners(path: string): Promise<DataFolder[]> {
  const results = await Promise.all(range(8).map(() => settled(openFolder(path))));
  return results.filter((one) => !(one instanceof Error)) as DataFolder[];
}

test('a missing folder is made, private, with its format', async () => {
  const path = join(await folderOf(), 'a', 'b');
  const folder = await openFolder(path);
  expect(folder).toMatchObject({ path, engine: join(path, 'engine') });
  expect(JSON.parse(await readFile(join(path, 'bough.json'), 'utf8'))).toMatchObject({ format: FORMAT });
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o700);
  await folder.release();
  await (await openFolder(path)).release();
});

test('an empty folder becomes private; that of a Bough is left as its owner set it', async () => {
  const path = await folderOf();
  await (await openFolder(path)).release();
  const mark = await readFile(join(path, 'bough.json'), 'utf8');
  await (await openFolder(path)).release();
  expect(await readFile(join(path, 'bough.json'), 'utf8')).toBe(mark);
});

test('a folder in use is refused in one sentence, until it is released', async () => {
  const path = await folderOf();
  const first = await openFolder(path);
  const message = `The data folder ${path} is in use by another Bough.`;
  await expect(openFolder(path)).rejects.toMatchObject({ kind: 'in-use', message });
  await expect(openEmbeddedEngine(path)).rejects.toMatchObject({ kind: 'in-use' });
  await first.release();
  await first.release();
  await (await openFolder(path)).release();
});

test('another way to the same folder does not get around the lock', async () => {
  const path = await folderOf();
  const link = join(await folderOf(), 'link');
  await symlink(path, link);
  const first = await openFolder(path);
  await expect(openFolder(link)).rejects.toMatchObject({ kind: 'in-use' });
  await first.release();
});

test('of eight that come at once exactly one gets in', SLOW, async () => {
  const path = await folderOf();
  for (const _ of range(5)) {
    const folders = await winners(path);
    expect(folders).toHaveLength(1);
    for (const folder of folders) await folder.release();
  }
});

test('a Bough that was killed does not hold its folder; one that stands still does', SLOW, async () => {
  const path = await folderOf();
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    const other = await otherBough(path);
    await expect(openFolder(path)).rejects.toMatchObject({ kind: 'in-use' });
    other.kill(signal);
    if (signal === 'SIGSTOP') {
      await expect(openFolder(path)).rejects.toMatchObject({ kind: 'in-use' });
      other.kill('SIGKILL');
    }
    await once(other, 'exit');
    await (await openFolder(path)).release();
  }
});

test('of eight that find a killed one exactly one gets in', SLOW, async () => {
  const path = await folderOf();
  const other = await otherBough(path);
  other.kill('SIGKILL');
  await once(other, 'exit');
  const folders = await winners(path);
  expect(folders).toHaveLength(1);
  for (const folder of folders) await folder.release();
  expect(await readdir(join(path, 'lock'))).toEqual([]);
});

test('one who knocks and stays does not hold up the release', async () => {
  const path = await folderOf();
  const folder = await openFolder(path);
  const [name = ''] = await readdir(join(path, 'lock'));
  const socket = connect({ path: join(path, 'lock', name), allowHalfOpen: true });
  await once(socket, 'connect');
  await folder.release();
  await (await openFolder(path)).release();
  socket.destroy();
});

test('a path too long for a socket is locked all the same', async () => {
  const path = join(await realpath(await folderOf()), 'x'.repeat(90), 'y'.repeat(90));
  vi.stubEnv('TMPDIR', await folderOf());
  const first = await openFolder(path);
  await expect(openFolder(path)).rejects.toMatchObject({ kind: 'in-use' });
  await first.release();
  await (await openFolder(path)).release();
  vi.unstubAllEnvs();
});

test('a folder of a newer Bough is refused', async () => {
  const path = await folderOf();
  await writeFile(join(path, 'bough.json'), JSON.stringify({ format: FORMAT + 1, created: 'x' }));
  await expect(openFolder(path)).rejects.toMatchObject({
    kind: 'newer-format',
    message: `The data folder ${path} was written by a newer Bough (format 2, this one knows 1): update Bough.`,
  });
  await writeFile(join(path, 'bough.json'), JSON.stringify({ format: FORMAT, created: 'x' }));
  await (await openFolder(path)).release();
});

test('what a Bough keeps whose conversations are at an engine elsewhere is no other thing', async () => {
  const path = await folderOf();
  for (const name of FOLDERS) await mkdir(join(path, name));
  await (await openFolder(path)).release();
});

test('a folder with other things in it is refused, and left as it is', async () => {
  const path = await folderOf();
  await writeFile(join(path, 'letters.txt'), 'dear');
  await expect(openFolder(path)).rejects.toMatchObject({ kind: 'foreign' });
  expect(await readdir(path)).toEqual(['letters.txt']);
});

test('a disk that is new but for what its system put there is as good as empty', async () => {
  const path = await folderOf();
  await mkdir(join(path, 'lost+found'));
  await (await openFolder(path)).release();
});

test('a folder whose making was cut short is made', async () => {
  const path = await folderOf();
  await mkdir(join(path, 'lock'));
  await writeFile(join(path, 'bough.json.new'), '{"form');
  await (await openFolder(path)).release();
  expect(JSON.parse(await readFile(join(path, 'bough.json'), 'utf8'))).toMatchObject({ format: FORMAT });
});

test('a damaged mark, a file in the way, a place that cannot be written: one sentence each', async () => {
  const path = await folderOf();
  await writeFile(join(path, 'bough.json'), '{"format":');
  await expect(openFolder(path)).rejects.toMatchObject({ kind: 'unusable' });
  await expect(openFolder(join(path, 'bough.json'))).rejects.toMatchObject({ kind: 'not-a-folder' });
  await expect(openFolder(join(path, 'bough.json', 'below'))).rejects.toMatchObject({ kind: 'not-a-folder' });
  const readOnly = process.platform === 'linux' ? '/sys/bough' : '/bough';
  await expect(openFolder(readOnly)).rejects.toMatchObject({ kind: 'not-writable' });
});

test.runIf(process.platform === 'linux')(
  'a place that says there is none is refused, not waited for',
  async () => {
    await expect(openFolder('/proc/bough/data')).rejects.toMatchObject({ kind: 'not-writable' });
  },
);

test('an engine on a data folder holds it until it is shut down', async () => {
  const path = await folderOf();
  const engine = await openEmbeddedEngine(path);
  await engine.create('s');
  await engine.append('s', [item(0)]);
  await expect(openFolder(path)).rejects.toMatchObject({ kind: 'in-use' });
  await engine.shutdown();
  const again = await openEmbeddedEngine(path);
  expect((await again.read('s', START)).items).toEqual([item(0)]);
  await again.shutdown();
});

/** Backups of real folders: what is in them comes back, whatever happens to the file, and nothing is overwritten. */
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { branchStream, CONVERSATIONS, outlineStream, viewStream } from '../../../protocol/index.ts';
import { id } from '../../conversations/testing.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { logOf, smallDisk } from '../../engine/embedded/testing.ts';
import { type Engine, readAll, START } from '../../engine/index.ts';
import { createFileStore, storedHashes } from '../../files/index.ts';
import { PNG } from '../../files/testing.ts';
import { checkSound } from '../soundness.ts';
import {
  command,
  commandWith,
  folderWith,
  KYOTO,
  OSAKA,
  PDF,
  tempFolders,
  usual,
  withOriginal,
} from '../testing.ts';

vi.setConfig({ testTimeout: 60_000 });

const folderOf = tempFolders();

/** A folder with the usual conversations in it, and its backup. */
async function backedUp() {
  const place = await folderOf();
  const data = join(place, 'data');
  const file = join(place, 'all.backup');
  await folderWith(data, usual);
  const said = await command(data, 'backup', file);
  return { place, data, file, said };
}

async function withEngine<T>(data: string, look: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEmbeddedEngine(data);
  try {
    return await look(engine);
  } finally {
    await engine.shutdown();
  }
}

/** Every stream that is not the log of a reply, with all it holds and where it ends. */
async function contents(data: string): Promise<Record<string, unknown>> {
  return withEngine(data, async (engine) => {
    const found: Record<string, unknown> = {};
    for await (const name of engine.list('')) {
      if (!name.includes('/g/')) found[name] = await readAll(engine, name, START);
    }
    return found;
  });
}

test('what is restored is what was there: streams with their offsets, marks, titles, forks and files', async () => {
  const { place, data, file, said } = await backedUp();
  expect(said).toMatchObject({ code: 0 });
  expect(said.text).toContain('2 conversations, 9 messages, 1 attached file');
  const other = join(place, 'other');
  const restored = await command(other, 'restore', file);
  expect(restored.code).toBe(0);
  expect(restored.text).toContain('2 conversations, 9 messages, 1 attached file');
  const before = await contents(data);
  expect(await contents(other)).toEqual(before);
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining([
      CONVERSATIONS,
      outlineStream(KYOTO),
      branchStream(KYOTO, id('c')),
      branchStream(KYOTO, id('d')),
      viewStream(KYOTO),
    ]),
  );
  const [hash = ''] = await storedHashes(join(other, 'files'));
  expect((await createFileStore(join(other, 'files')).read(hash))?.bytes).toEqual(PNG);
});

test('what a file was made of is in the backup, and comes back', async () => {
  const place = await folderOf();
  const [data, other, file] = [join(place, 'data'), join(place, 'other'), join(place, 'all.backup')];
  let original = '';
  await folderWith(data, async (talk, hash) => {
    await usual(talk, hash);
    original = await withOriginal(talk, data);
    await talk.answer('read');
  });
  expect((await command(data, 'backup', file)).text).toContain('3 attached files');
  expect((await command(other, 'restore', file)).code).toBe(0);
  const found = await createFileStore(join(other, 'files')).read(original);
  expect(found?.type).toBe('application/pdf');
  expect(Buffer.from(found?.bytes ?? [])).toEqual(Buffer.from(PDF));
});

test('a backup is not written into the folder it is of, by whatever name', async () => {
  const place = await folderOf();
  const data = join(place, 'data');
  await folderWith(data, usual);
  await symlink(data, join(place, 'other-name'));
  const before = await readdir(data, { recursive: true });
  for (const target of [
    data,
    join(data, 'all.backup'),
    join(data, 'files'),
    join(place, 'other-name', 'x'),
  ]) {
    const said = await command(data, 'backup', target);
    expect(said).toMatchObject({ code: 1 });
    expect(said.text).toMatch(
      / is inside the data folder, and would be lost with it: choose a place outside of /,
    );
  }
  expect(await readdir(data, { recursive: true })).toEqual(before);
  expect(await command(data, 'backup', join(place, 'data.backup'))).toMatchObject({ code: 0 });
});

test('a restored folder goes on: a reply that was being written ends as interrupted with its text, forks take messages', async () => {
  const { place, file } = await backedUp();
  const other = join(place, 'other');
  await command(other, 'restore', file);
  await folderWith(other, async (talk) => {
    await talk.send(KYOTO, 'f', 'rc');
    await talk.answer('f');
    await talk.send(OSAKA, 'g', 're');
  });
  await withEngine(other, async (engine) => {
    const { items } = await readAll(engine, branchStream(OSAKA, id('e')), START);
    expect(items).toMatchObject([
      { id: id('e') },
      { id: id('re'), parts: [{ text: 'It begins' }], finish: { reason: 'interrupted' } },
      { id: id('g') },
    ]);
    const south = (await readAll(engine, branchStream(KYOTO, id('c')), START)).items;
    expect(south.map((item) => (item as { id: string }).id)).toEqual(
      ['a', 'ra', 'c', 'rc', 'f', 'rf'].map(id),
    );
  });
});

test('indexes that rolled over come back with all their segments, and go on', async () => {
  const place = await folderOf();
  const data = join(place, 'data');
  await folderWith(data, usual, { segmentItems: 3 });
  const file = join(place, 'all.backup');
  await command(data, 'backup', file);
  const other = join(place, 'other');
  expect(await command(other, 'restore', file)).toMatchObject({ code: 0 });
  const before = await contents(data);
  expect(Object.keys(before)).toContain(`${outlineStream(KYOTO)}~2`);
  expect(await contents(other)).toEqual(before);
});

test('a backup that was cut off anywhere restores nothing, and says so', async () => {
  const { place, file } = await backedUp();
  const whole = await readFile(file);
  const torn = join(place, 'torn.backup');
  const lengths = [0, 1, 9, 10, 11, 40, Math.floor(whole.length / 2), whole.length - 9, whole.length - 1];
  for (const length of lengths) {
    await writeFile(torn, whole.subarray(0, length));
    const said = await command(join(place, 'other'), 'restore', torn);
    expect(said, `cut at ${length}`).toMatchObject({ code: 1 });
    expect(said.text).toMatch(/is not whole|is no backup/);
  }
  expect(await readdir(place)).not.toContain('other');
});

test('a byte that changed anywhere is noticed', async () => {
  const { place, file } = await backedUp();
  const whole = await readFile(file);
  const changed = join(place, 'changed.backup');
  // The ten bytes at the beginning hold a time and a system, which say nothing.
  for (let at = 10; at < whole.length; at += Math.ceil(whole.length / 60)) {
    await writeFile(
      changed,
      whole.map((byte, place) => (place === at ? byte ^ 0x10 : byte)),
    );
    const said = await command(join(place, 'other'), 'restore', changed);
    expect(said, `byte ${at}`).toMatchObject({ code: 1 });
    expect(said.text).toMatch(/damaged, or was changed|is not whole/);
  }
  expect(await readdir(place)).not.toContain('other');
});

test.each([
  ['words', (lines: string[]) => lines.map((line) => line.replace('says b', 'says x'))],
  ['a line less', (lines: string[]) => lines.filter((_, at) => at !== 5)],
  ['a line more', (lines: string[]) => [...lines.slice(0, 5), ...lines.slice(4)]],
  ['something behind its end', (lines: string[]) => [...lines, '{"tail":"x"}']],
  ['what is no JSON', (lines: string[]) => lines.map((line, at) => (at === 5 ? line.slice(1) : line))],
])('packed again with %s it is refused', async (_, change) => {
  const { place, file } = await backedUp();
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
  await writeFile(file, gzipSync(`${change(lines).join('\n')}\n`));
  const said = await command(join(place, 'other'), 'restore', file);
  expect(said).toMatchObject({ code: 1 });
  expect(said.text).toContain('damaged, or was changed');
  expect(await readdir(place)).not.toContain('other');
});

test('what is no backup, is made by a newer Bough, or is not there is said', async () => {
  const place = await folderOf();
  const file = join(place, 'file');
  const restore = async (content: string | Uint8Array): Promise<string> => {
    await writeFile(file, content);
    return (await command(join(place, 'other'), 'restore', file)).text;
  };
  expect(await restore('some text')).toContain('is no backup of Bough');
  expect(await restore(gzipSync('some text\n'))).toContain('damaged, or was changed');
  const newer = { backup: 'bough', format: 2, made: new Date().toISOString(), version: '9.0.0' };
  expect(await restore(gzipSync(`${JSON.stringify(newer)}\n`))).toContain('update Bough');
  expect((await command(join(place, 'other'), 'restore', join(place, 'none'))).text).toContain(
    'There is no file',
  );
  expect((await command(join(place, 'other'), 'backup', file)).text).toContain('There is no Bough data');
  expect((await command(join(place, 'other'))).code).toBe(2);
});

test('restore overwrites nothing: neither conversations nor other things', async () => {
  const { place, data, file } = await backedUp();
  const before = await contents(data);
  const said = await command(data, 'restore', file);
  expect(said).toMatchObject({ code: 1 });
  expect(said.text).toContain('holds Bough data already, and was left as it is');
  expect(await contents(data)).toEqual(before);
  const foreign = await folderOf();
  await writeFile(join(foreign, 'letter.txt'), 'Dear');
  expect((await command(foreign, 'restore', file)).text).toContain('holds other things');
  expect(await readdir(foreign)).toEqual(['letter.txt']);
  expect(await readdir(place)).toEqual(['all.backup', 'data']);
});

test('a folder with a restore that was not finished does not start, and takes the next one', async () => {
  const { place, data, file } = await backedUp();
  const other = join(place, 'other');
  await command(other, 'restore', file);
  // What is there if it is cut off right before its end.
  const { rm } = await import('node:fs/promises');
  await rm(join(other, 'bough.json'));
  await writeFile(join(other, 'restore-unfinished.json'), '{}');
  await expect(openEmbeddedEngine(other)).rejects.toThrow('a restore that was not finished');
  expect(await command(other, 'restore', file)).toMatchObject({ code: 0 });
  expect(await contents(other)).toEqual(await contents(data));
  expect(await readdir(other)).not.toContain('restore-unfinished.json');
});

test('backup overwrites nothing, and leaves nothing behind where it cannot write', async () => {
  const { place, data, file } = await backedUp();
  const before = await stat(file);
  expect((await command(data, 'backup', file)).text).toContain('choose another name');
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  expect((await command(data, 'backup', join(place, 'none', 'x'))).text).toContain('there is no such folder');
  expect(await readdir(place)).toEqual(['all.backup', 'data']);
  // A folder: named by the date, for its owner alone.
  expect(await command(data, 'backup', place)).toMatchObject({ code: 0 });
  const named = (await readdir(place)).find((name) => /^bough-\d{4}-\d\d-\d\d-\d{4}\.backup$/.test(name));
  expect((await stat(join(place, named ?? ''))).mode & 0o777).toBe(0o600);
});

test('of a damaged folder it says what is lost, and keeps the rest', async () => {
  const { place, data } = await backedUp();
  const log = logOf(join(data, 'engine'), branchStream(KYOTO, id('a')));
  const bytes = await readFile(log);
  await writeFile(
    log,
    bytes.map((byte, at) => (at > bytes.length - 40 ? 0 : byte)),
  );
  const file = join(place, 'damaged.backup');
  const said = await command(data, 'backup', file);
  expect(said.code).toBe(1);
  expect(said.text).toContain(`- ${branchStream(KYOTO, id('a'))}: what was said after its offset`);
  const other = join(place, 'other');
  expect(await command(other, 'restore', file)).toMatchObject({ code: 0 });
  await withEngine(other, async (engine) => {
    const { items } = await readAll(engine, branchStream(KYOTO, id('c')), START);
    expect(items).toHaveLength(4);
    expect((await readAll(engine, outlineStream(OSAKA), START)).items.length).toBeGreaterThan(0);
  });
});

const disk = smallDisk('40m');
afterAll(() => disk?.remove());

test.skipIf(disk === null)(
  'a folder on a read-only mount is backed up whole, and nothing is left behind',
  async () => {
    const data = join(disk?.path ?? '', 'data');
    const place = await folderOf();
    await folderWith(data, usual);
    const whole = await command(data, 'backup', join(place, 'before.backup'));
    disk?.readOnly();
    const temporary = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('bough-database-'));
    const before = await temporary();
    const said = await commandWith({ checkSound }, data, ['backup', join(place, 'all.backup')]);
    expect(said).toMatchObject({ code: 0 });
    expect(said.text.split('\n')[0]).toBe(whole.text.split('\n')[0]);
    expect(await temporary()).toEqual(before);
    const restored = join(place, 'restored');
    const again = await command(restored, 'restore', join(place, 'all.backup'));
    expect(again).toMatchObject({ code: 0 });
    expect((await command(restored, 'doctor')).text).toContain('All is well.');
  },
);
test('what a later version wrote is in a backup, byte for byte', async () => {
  const place = await folderOf();
  const [data, file, other] = ['data', 'all.backup', 'other'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  await folderWith(data, usual);
  await withEngine(data, async (engine) => {
    const later = { v: 1, kind: 'message', id: id('later'), parent: id('rb'), role: 'critic', time: 1 };
    const said = {
      author: { kind: 'agent' },
      origin: { kind: 'merge' },
      parts: [{ kind: 'itinerary', steps: [1] }],
      mood: 'calm',
    };
    await engine.append(branchStream(KYOTO, id('a')), [{ ...later, ...said }]);
    await engine.append(outlineStream(KYOTO), [{ v: 1, kind: 'quote', of: id('a') }]);
    await engine.append(CONVERSATIONS, [{ v: 1, kind: 'folder', name: 'work' }]);
  });
  await folderWith(data, async ({ service }) => service.open(KYOTO));
  expect((await command(data, 'backup', file)).code).toBe(0);
  expect((await command(other, 'restore', file)).code).toBe(0);
  expect(await contents(other)).toEqual(await contents(data));
});

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mp3 } from '../../protocol/files/testing-audio.ts';
import { IMAGE_LIMIT, ORIGINAL_LIMIT, TEXT_FILE_LIMIT } from '../../protocol/index.ts';
import { createFileStore, type FileStore, UNUSED } from './store.ts';
import { PNG, pieces, utf8 } from './testing.ts';

let folder: string;
let now: number;
let store: FileStore;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'bough-files-')), 'files');
  now = Date.now();
  store = createFileStore(folder, () => now);
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const stored = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

test('a file is stored under the hash of its content, whole and private', async () => {
  const hash = sha(PNG);
  expect(await store.add(pieces(PNG, 7))).toEqual({ hash, type: 'image/png', size: PNG.byteLength });
  const path = join(folder, hash.slice(0, 2), hash);
  expect(await readFile(path)).toEqual(PNG);
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect(await store.read(hash)).toEqual({ type: 'image/png', bytes: PNG });
  for (const found of [await store.use(hash), await store.look(hash)])
    expect(found).toEqual({ hash, type: 'image/png', size: PNG.byteLength });
});

test('the same content is stored once, also when it comes twice at the same time', async () => {
  await Promise.all([store.add(pieces(PNG)), store.add(pieces(PNG))]);
  await store.add(pieces(PNG));
  expect(await stored()).toHaveLength(1);
});

test('the type is what the content is', async () => {
  const { hash, type } = await store.add(pieces(utf8('<script>alert(1)</script>')));
  expect(type).toBe('text/plain');
  expect(await store.read(hash)).toMatchObject({ type: 'text/plain' });
});

test.each([
  ['application/pdf', utf8('%PDF-1.4 and so on \0')],
  ['application/zip', utf8('PK\x03\x04 and so on')],
  ['application/octet-stream', utf8('\0\0\0\x1cftypheic and so on')],
  ['text/plain', utf8('x'.repeat(TEXT_FILE_LIMIT + 1))],
])('as an original %s is kept and known again', async (type, content) => {
  if (type !== 'text/plain') await expect(store.add([content])).rejects.toMatchObject({ code: 'file-type' });
  const { hash } = await store.add([content], 'original');
  const size = content.byteLength;
  expect([await store.look(hash), await store.use(hash)]).toEqual([
    { hash, type, size },
    { hash, type, size },
  ]);
  expect(await store.read(hash)).toMatchObject({ type });
});

test('of audio it is told how long it lasts, when it comes and when it is sent', async () => {
  const told = { type: 'audio/mpeg', seconds: 10 };
  const { hash, ...added } = await store.add(pieces(mp3(383, 80), 7));
  expect(added).toEqual({ ...told, size: mp3(383, 80).byteLength });
  expect(await store.use(hash)).toEqual({ hash, ...added });
  // Pages look at many: that reads the first bytes alone.
  expect(await store.look(hash)).toEqual({ hash, type: 'audio/mpeg', size: added.size });
});

test('an original has its limit and its kinds, too', async () => {
  const refused = { code: 'too-large' };
  await expect(store.add([new Uint8Array(ORIGINAL_LIMIT + 1)], 'original')).rejects.toMatchObject(refused);
  await expect(store.add([utf8('a\0b')], 'original')).rejects.toMatchObject({ code: 'file-type' });
});

test.each([
  ['too-large', new Uint8Array(IMAGE_LIMIT + 1)],
  ['too-large', utf8('x'.repeat(TEXT_FILE_LIMIT + 1))],
  ['file-type', utf8('a\0b')],
  ['empty-file', new Uint8Array()],
])('refused with %s, nothing is kept', async (code, content) => {
  await expect(store.add(pieces(content))).rejects.toMatchObject({ code });
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});

test('what is too large is not read to its end', async () => {
  let read = 0;
  const endless = async function* () {
    for (;;) {
      read += 1_000_000;
      yield new Uint8Array(1_000_000);
    }
  };
  await expect(store.add(endless())).rejects.toMatchObject({ code: 'too-large' });
  expect(read).toBeLessThanOrEqual(IMAGE_LIMIT + 1_000_000);
});

test('an upload that breaks off leaves nothing', async () => {
  const broken = async function* () {
    yield PNG;
    throw new Error('The sender left.');
  };
  await expect(store.add(broken())).rejects.toThrow('The sender left.');
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});

test.each(['../../bough.json', 'a'.repeat(64), ''])('%j holds nothing', async (hash) => {
  expect(await store.read(hash)).toBeNull();
  expect(await store.use(hash)).toBeNull();
  expect(await store.look(hash)).toBeNull();
});

test('files are removed when no message and nobody else used them for 30 days', async () => {
  const [lost, said, drafted] = await Promise.all(
    ['lost', 'said', 'drafted'].map(async (text) => (await store.add(pieces(utf8(text)))).hash),
  );
  const referred = vi.fn(async () => new Set([said as string]));
  await store.sweep(referred);
  expect(referred).not.toHaveBeenCalled();

  now += UNUSED + 60_000;
  await store.use(drafted as string);
  await store.look(lost as string);
  await store.sweep(referred);
  expect(await store.read(lost as string)).toBeNull();
  expect(await store.read(said as string)).not.toBeNull();
  expect(await store.read(drafted as string)).not.toBeNull();

  await store.sweep(referred);
  expect(referred).toHaveBeenCalledOnce();
});

test('a file that is used while the sweep looks around stays', async () => {
  const { hash } = await store.add(pieces(PNG));
  now += UNUSED + 60_000;
  await store.sweep(async () => {
    await store.use(hash);
    return new Set();
  });
  expect(await store.read(hash)).not.toBeNull();
});

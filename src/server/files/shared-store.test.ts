import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FILES, fileStream } from '../../protocol/index.ts';
import { type ByteStreams, type Engine, readAll, START } from '../engine/index.ts';
import { openRemote } from '../engine/remote/index.ts';
import { type EngineProcess, referenceServer } from '../engine/remote/testing/reference.ts';
import { hashOf } from './accept-upload.ts';
import { createCache } from './cache.ts';
import { PIECE, readPieces, writePieces } from './pieces.ts';
import { createSharedStore } from './shared-store.ts';
import { createFileStore, type FileStore, UNUSED } from './store.ts';
import { PNG, pieces, utf8 } from './testing.ts';

/** As with the contract: `BOUGH_STREAMS_URL` names another engine to run these on. */
const given = process.env.BOUGH_STREAMS_URL;
let reference: EngineProcess | undefined;
beforeAll(async () => {
  if (!given) reference = await referenceServer();
});
afterAll(() => reference?.stop());

let folder: string;
let now: number;
let engine: Engine & ByteStreams;
let troubles: unknown[];
let runs = Date.now();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-shared-files-'));
  now = Date.now();
  troubles = [];
  runs += 1;
  engine = openRemote({ url: `${given ?? reference?.url}/run-${runs}` });
});
afterEach(async () => {
  await engine.shutdown();
  await rm(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

/** A server of its own, on the same engine. */
function storeOf(name: string): FileStore {
  const trouble = (error: unknown): void => void troubles.push(error);
  return createSharedStore({
    engine,
    cache: createCache({ folder: join(folder, name, 'cache'), trouble, now: () => now }),
    before: join(folder, name, 'files'),
    ...{ trouble, now: () => now, pause: 0 },
  });
}
/** By bytes: comparing a megabyte item by item takes seconds. */
const isSame = (found: { bytes: Uint8Array } | null | undefined, content: Uint8Array): boolean =>
  found != null && Buffer.compare(found.bytes, content) === 0;

/** Three pieces, the last one short. */
const LARGE = Buffer.concat([PNG, Buffer.alloc(2 * PIECE + 1_000, 7)]);

test('what is uploaded at one server is there at all, byte for byte, and read from the engine once', async () => {
  const stored = await storeOf('one').add(pieces(LARGE));
  expect(stored).toEqual({ hash: hashOf(LARGE), type: 'image/png', size: LARGE.byteLength });
  expect(await engine.head(fileStream(stored.hash))).toMatchObject({ closed: true });
  const other = storeOf('other');
  expect(await other.look(stored.hash)).toEqual(stored);
  const read = vi.spyOn(engine, 'readBytes');
  expect(isSame(await other.read(stored.hash), LARGE)).toBe(true);
  expect(await other.use(stored.hash)).toEqual(stored);
  expect(read).not.toHaveBeenCalled();
});

test('there is no file before all of it is there, and anybody who has it finishes it', async () => {
  const hash = hashOf(LARGE);
  await engine.createBytes(fileStream(hash));
  await engine.appendBytes(fileStream(hash), LARGE.subarray(0, PIECE), { seq: '0'.repeat(12) });
  const store = storeOf('one');
  expect([await store.look(hash), await store.use(hash), await store.read(hash)]).toEqual([null, null, null]);
  await store.add([LARGE]);
  expect(isSame(await storeOf('other').read(hash), LARGE)).toBe(true);
});

test('of several that upload the same at once each has it, and it is there once', async () => {
  const stores = ['a', 'b', 'c', 'd'].map(storeOf);
  const stored = await Promise.all(stores.map((store) => store.add(pieces(LARGE))));
  const hash = stored[0]?.hash ?? '';
  expect(isSame(await stores[0]?.read(hash), LARGE)).toBe(true);
  expect(await readPieces(engine, fileStream(hash), { hash, most: LARGE.byteLength })).not.toBeNull();
});

test.each<[string, (stream: string) => Promise<unknown>]>([
  ['a piece that is lost', (stream) => engine.appendBytes(stream, LARGE.subarray(0, PIECE), { close: true })],
  ['another content', (stream) => engine.appendBytes(stream, utf8('another'), { close: true })],
  [
    'more than there was',
    async (stream) => {
      for (const part of [LARGE, LARGE]) await engine.appendBytes(stream, part);
      await engine.close(stream);
    },
  ],
])('%s is said, and mended by whoever attaches the file again', async (_what, damage) => {
  const hash = hashOf(LARGE);
  await engine.createBytes(fileStream(hash));
  await damage(fileStream(hash));
  await expect(storeOf('reader').read(hash)).rejects.toMatchObject({ code: 'damaged', status: 500 });
  expect(troubles).toHaveLength(1);
  await storeOf('one').add([LARGE]);
  expect(isSame(await storeOf('reader').read(hash), LARGE)).toBe(true);
});

test('an answer that is lost loses and doubles nothing', async () => {
  const append = engine.appendBytes.bind(engine);
  let nth = 0;
  vi.spyOn(engine, 'appendBytes').mockImplementation(async (...asked) => {
    const answer = await append(...asked);
    nth += 1;
    if (nth === 2) throw new (await import('../engine/index.ts')).EngineUnavailable('The answer is lost.');
    return answer;
  });
  await writePieces(engine, fileStream(hashOf(LARGE)), LARGE);
  expect(isSame(await storeOf('other').read(hashOf(LARGE)), LARGE)).toBe(true);
});

test('while the engine is away nothing is acknowledged, and what was read before is still read', async () => {
  const store = storeOf('one');
  const { hash } = await store.add([PNG]);
  await engine.shutdown();
  await expect(store.add([LARGE])).rejects.toMatchObject({ kind: 'unavailable' });
  expect((await store.read(hash))?.bytes).toEqual(PNG);
}, 20_000);

test('what the folder had before is read as ever, and brought to the engine once it is used', async () => {
  const before = createFileStore(join(folder, 'one', 'files'));
  const [{ hash }, unused] = [await before.add([PNG]), await before.add([utf8('never named')])];
  const store = storeOf('one');
  expect((await store.read(hash))?.bytes).toEqual(PNG);
  expect(await storeOf('other').read(hash)).toBeNull();
  await store.use(hash);
  expect((await storeOf('other').read(hash))?.bytes).toEqual(PNG);
  await store.sweep(async () => new Set([hash]));
  expect(await storeOf('other').read(unused.hash)).toBeNull();
});

test('clearing up brings what conversations name, and the folder had before, to the engine', async () => {
  const { hash } = await createFileStore(join(folder, 'one', 'files')).add([PNG]);
  await storeOf('one').sweep(async () => new Set([hash]));
  expect((await storeOf('other').read(hash))?.bytes).toEqual(PNG);
});

test('files go for all when no message and nobody used them for 30 days', async () => {
  const store = storeOf('one');
  const other = storeOf('other');
  const stored = await Promise.all(['lost', 'said', 'drafted'].map((text) => store.add(pieces(utf8(text)))));
  const [lost = '', said = '', drafted = ''] = stored.map(({ hash }) => hash);
  const referred = vi.fn(async () => new Set([said]));
  await other.sweep(referred);
  expect(referred).not.toHaveBeenCalled();
  now += UNUSED + 60_000;
  await other.use(drafted);
  await other.sweep(referred);
  expect(await engine.head(fileStream(lost))).toBeNull();
  expect(await other.read(lost)).toBeNull();
  for (const hash of [said, drafted]) expect(await other.read(hash)).not.toBeNull();
  // Those that are named count as used.
  await store.sweep(referred);
  expect(referred).toHaveBeenCalledOnce();
  await store.add([utf8('lost')]);
  expect((await other.read(lost))?.bytes).toEqual(utf8('lost'));
});

test('a file that is used while it goes stays', async () => {
  const { hash } = await storeOf('one').add([PNG]);
  now += UNUSED + 60_000;
  const other = storeOf('other');
  await storeOf('one').sweep(async () => {
    await other.use(hash);
    return new Set();
  });
  expect(await engine.head(fileStream(hash))).not.toBeNull();
});

test('that a file is used is said once a day', async () => {
  const store = storeOf('one');
  const { hash } = await store.add([PNG]);
  for (let n = 0; n < 5; n += 1) await store.use(hash);
  expect((await readAll(engine, FILES, START)).items).toHaveLength(1);
});

test('the cache keeps what was used last, within its limit, and nothing that is damaged', async () => {
  const contents = Array.from({ length: 12 }, (_, n) => utf8(`${n}`.padEnd(100, '.')));
  const cache = createCache({
    folder: join(folder, 'cache'),
    trouble: (error) => troubles.push(error),
    ...{ now: () => (now += 1_000), limit: 1_000 },
  });
  for (const content of contents) await cache.keep(hashOf(content), content);
  const kept = await Promise.all(contents.map((content) => cache.read(hashOf(content))));
  expect(kept.filter((content) => content !== null).length).toBeLessThanOrEqual(10);
  expect(kept.slice(-8)).toEqual(contents.slice(-8));
  const hash = hashOf(contents[11] as Uint8Array);
  await writeFile(join(folder, 'cache', hash.slice(0, 2), hash), 'something else');
  expect(await cache.read(hash)).toBeNull();
  expect(await readdir(join(folder, 'cache', hash.slice(0, 2)))).not.toContain(hash);
  expect(troubles).toEqual([]);
});

import { FileBackedStreamStore } from '@durable-streams/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { item, put, range } from '../contract/harness.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { encodeFrame } from './frames.ts';
import { offsetAt } from './positions.ts';
import { tear, tempFolders, using } from './testing.ts';

const folderOf = tempFolders();
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const JSON_TYPE = { contentType: 'application/json' };

beforeEach(() => {
  for (const method of ['log', 'info', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('the reference store reads what this engine wrote', async () => {
  const folder = await folderOf();
  const next = await using(folder, async (engine) => {
    await engine.create('s');
    const at = await put(engine, 's', item(0), item(1));
    await put(engine, 's', item(2));
    await engine.fork('f', { stream: 's', offset: at });
    return put(engine, 'f', { own: 'ü' });
  });
  const store = new FileBackedStreamStore({ dataDir: folder });
  const { messages } = store.read('f');
  const read: unknown = JSON.parse(new TextDecoder().decode(store.formatResponse('f', messages)));
  expect(read).toEqual([item(0), item(1), { own: 'ü' }]);
  expect(store.getCurrentOffset('f')).toBe(next);
  expect(store.get('s')?.refCount).toBe(1);
  await store.close();
});

test('this engine reads what the reference store wrote', async () => {
  const folder = await folderOf();
  const store = new FileBackedStreamStore({ dataDir: folder });
  await store.create('s', JSON_TYPE);
  await store.append('s', json([item(0), item(1)]), JSON_TYPE);
  await store.append('s', json(item(2)), { ...JSON_TYPE, seq: 'b' });
  await store.create('f', { ...JSON_TYPE, forkedFrom: 's' });
  await store.close();
  await using(folder, async (engine) => {
    expect((await readAll(engine, 'f', START)).items).toEqual(range(3).map(item));
    expect(await engine.append('s', [item(3)], { seq: 'a' })).toEqual({ kind: 'conflict' });
    expect(
      (await engine.fork('f', { stream: 's', offset: (await engine.head('f'))?.next ?? '' })).created,
    ).toBe(false);
  });
});

test('nothing is printed, not even when a crash is put right', async () => {
  const folder = await folderOf();
  await using(folder, async (engine) => {
    await engine.create('s');
    await Promise.all(range(50).map((n) => put(engine, 's', item(n))));
    await engine.fork('f', { stream: 's', offset: offsetAt(0) });
  });
  tear(folder, 's', encodeFrame('{}').subarray(0, 5));
  await using(folder, async (engine) => {
    await readAll(engine, 's', START);
    await engine.delete('s');
    await engine.delete('f');
  });
  for (const method of ['log', 'info', 'debug'] as const) expect(console[method]).not.toHaveBeenCalled();
});

test('those who wait at the tail get an append from memory', async () => {
  await using(await folderOf(), async (engine) => {
    await engine.create('s');
    const read = vi.spyOn(engine, 'read');
    const abort = new AbortController();
    const got: unknown[] = [];
    const following = (async () => {
      for await (const frame of engine.follow('s', START, abort.signal)) got.push(...frame.items);
    })();
    for (const n of range(30)) {
      await put(engine, 's', item(n));
      await new Promise(setImmediate);
    }
    expect(got).toEqual(range(30).map(item));
    expect(read).toHaveBeenCalledTimes(1);
    abort.abort();
    await following;
  });
});

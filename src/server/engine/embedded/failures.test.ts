import { type FileHandle, open } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { item, put, range } from '../contract/harness.ts';
import { EngineUnavailable, StreamDamaged } from '../errors.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { positionOf } from './positions.ts';
import { logOf, tempFolders, using } from './testing.ts';

const folderOf = tempFolders();

afterEach(() => {
  vi.restoreAllMocks();
});

async function fileHandles(): Promise<FileHandle> {
  const handle = await open(process.execPath);
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

const full = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

test('a disk that is full in the middle of an append leaves nothing of it, and heals', async () => {
  const handles = await fileHandles();
  await using(await folderOf(), async (engine) => {
    await engine.create('s');
    await put(engine, 's', item(0));
    const { write } = handles;
    const half = vi.spyOn(handles, 'write').mockImplementationOnce(async function (
      this: FileHandle,
      ...args: unknown[]
    ) {
      const [bytes, , length, place] = args as [Buffer, number, number, number];
      await (write as (...all: unknown[]) => Promise<unknown>).call(this, bytes, 0, length >> 1, place);
      throw full();
    } as never);
    const failed = engine.append('s', [{ long: 'x'.repeat(500) }], { seq: 'z', close: true });
    await expect(failed).rejects.toThrow(
      new EngineUnavailable('The disk with the data folder is full.', 's', { why: 'full' }),
    );
    half.mockRestore();
    expect(await engine.head('s')).toMatchObject({ closed: false });
    await engine.append('s', [item(1)], { seq: 'a' });
    expect((await readAll(engine, 's', START)).items).toEqual([item(0), item(1)]);
  });
});

test('an append that cannot be made durable is not there, now or after a restart', async () => {
  const folder = await folderOf();
  const handles = await fileHandles();
  await using(folder, async (engine) => {
    await engine.create('s');
    await put(engine, 's', item(0));
    vi.spyOn(handles, 'datasync').mockRejectedValueOnce(full());
    await expect(engine.append('s', [item(7)])).rejects.toThrow(EngineUnavailable);
    expect((await readAll(engine, 's', START)).items).toEqual([item(0)]);
  });
  const items = await using(folder, async (engine) => (await readAll(engine, 's', START)).items);
  expect(items).toEqual([item(0)]);
});

test('short writes are continued', async () => {
  const handles = await fileHandles();
  await using(await folderOf(), async (engine) => {
    await engine.create('s');
    const { write } = handles;
    vi.spyOn(handles, 'write').mockImplementation(function (this: FileHandle, ...args: unknown[]) {
      const [bytes, from, length, place] = args as [Buffer, number, number, number];
      return (write as (...all: unknown[]) => Promise<unknown>).call(
        this,
        bytes,
        from,
        Math.min(length, 7),
        place,
      );
    } as never);
    await put(engine, 's', ...range(20).map(item));
    expect((await readAll(engine, 's', START)).items).toEqual(range(20).map(item));
  });
});

test('a log that was damaged where it was acknowledged is an error, not an end or a loop', async () => {
  const folder = await folderOf();
  const ends = await using(folder, async (engine) => {
    await engine.create('s');
    return [
      await put(engine, 's', item(0)),
      await put(engine, 's', item(1)),
      await put(engine, 's', item(2)),
    ];
  });
  const log = await open(logOf(folder, 's'), 'r+');
  await log.write('#', positionOf(ends[0] ?? '') + 4);
  await log.close();
  await using(folder, async (engine) => {
    await expect(engine.read('s', START)).rejects.toThrow(StreamDamaged);
    expect((await engine.read('s', START, { maxItems: 1 })).items).toEqual([item(0)]);
    expect((await engine.read('s', ends[1] ?? '')).items).toEqual([item(2)]);
  });
});

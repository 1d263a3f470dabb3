import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { range } from '../contract/harness.ts';
import { encodeFrame } from './frames.ts';
import { LogFiles } from './log-files.ts';
import { Logs } from './logs.ts';
import { Records } from './records.ts';
import { openStore } from './store.ts';
import { tempFolders } from './testing.ts';

const folderOf = tempFolders();

afterEach(() => {
  vi.restoreAllMocks();
});

test('a stream in the middle of an append is not put right by others, however many are touched', async () => {
  const folder = await folderOf();
  const store = openStore(folder);
  const records = new Records(store.db);
  const files = new LogFiles(join(folder, 'streams'));
  const busy = new Set<string>();
  const options = { records, files, onRepair: () => {}, remembered: 3 };
  const logs = new Logs({ ...options, busy: (stream) => busy.has(stream) });
  await logs.make((await records.make('s0', null)).record);
  for (const n of range(10, 1)) await records.make(`s${n}`, null);

  let finish = (): void => {};
  const handle = await open(files.path(logs.live('s0').directoryName));
  vi.spyOn(Object.getPrototypeOf(handle), 'datasync').mockImplementationOnce(
    () => new Promise<void>((resolve) => (finish = resolve)),
  );
  const before = logs.live('s0').currentOffset;
  busy.add('s0');
  const written = logs.write(logs.live('s0'), encodeFrame('{}'), { lastSeq: undefined, closed: false });
  while ((await handle.stat()).size === 0) await new Promise(setImmediate);
  for (const n of range(10, 1)) logs.live(`s${n}`);
  expect(logs.live('s0').currentOffset).toBe(before);
  finish();
  expect(logs.live('s0').currentOffset).toBe(before);
  expect(await written).not.toBe(before);
  expect(logs.live('s0').currentOffset).toBe(await written);

  await handle.close();
  await files.close();
  await store.close();
});

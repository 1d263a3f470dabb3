import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { item, range } from '../contract/harness.ts';
import { StreamMissing } from '../errors.ts';
import { START } from '../port.ts';
import { readAll } from '../read-all.ts';
import { encodeFrame } from './frames.ts';
import { offsetAt } from './positions.ts';
import { openStore, type StreamRecord } from './store.ts';
import { tempFolders, using } from './testing.ts';

const folderOf = tempFolders();
const DEEP = 5_000;

/** As 4,999 forks, each of the one before, would have left it; every fiftieth got an item of its own. */
async function writeChain(folder: string): Promise<void> {
  mkdirSync(join(folder, 'streams'), { recursive: true });
  const { db, close } = openStore(folder);
  let tail = 0;
  const records = range(DEEP).map((n): StreamRecord => {
    const base = tail;
    const frame = encodeFrame(JSON.stringify(item(n)));
    if (n % 50 === 0) {
      writeFileSync(join(folder, 'streams', `log${n}.log`), frame);
      tail += frame.length;
    }
    return {
      path: `chain/${n}`,
      contentType: 'application/json',
      currentOffset: offsetAt(tail),
      createdAt: 0,
      lastAccessedAt: 0,
      segmentCount: 1,
      totalBytes: 0,
      directoryName: `log${n}`,
      refCount: n < DEEP - 1 ? 1 : 0,
      softDeleted: n > 0 && n < DEEP - 1,
      ...(n > 0 && { forkedFrom: `chain/${n - 1}`, forkOffset: offsetAt(base) }),
    };
  });
  await db.transaction(() => {
    for (const record of records) void db.put(`stream:${record.path}`, record);
  });
  await close();
}

test('a chain of 5,000 forks is read, paged, forked and deleted', { timeout: 60_000 }, async () => {
  const folder = await folderOf();
  await writeChain(folder);
  await using(folder, async (engine) => {
    const last = `chain/${DEEP - 1}`;
    const expected = range(DEEP / 50).map((n) => item(n * 50));
    const { items, next } = await readAll(engine, last, START);
    expect(items).toEqual(expected);
    const page = await engine.read(last, START, { maxItems: 60 });
    expect((await engine.read(last, page.next)).items).toEqual(expected.slice(60));
    await engine.fork('leaf', { stream: last, offset: next });
    await engine.delete(last);
    expect((await readAll(engine, 'leaf', START)).items).toEqual(expected);
    await engine.delete('leaf');
    await expect(engine.read(`chain/${DEEP / 2}`, START)).rejects.toThrow(StreamMissing);
    expect((await readAll(engine, 'chain/0', START)).items).toEqual([item(0)]);
  });
});

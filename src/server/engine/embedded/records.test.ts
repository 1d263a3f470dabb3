import { expect, test } from 'vitest';
import { item, put, range } from '../contract/harness.ts';
import { Records } from './records.ts';
import { type Database, openStore, type StreamRecord } from './store.ts';
import { tempFolders, using } from './testing.ts';

const folderOf = tempFolders();
const AT = (n: number): string => `0000000000000000_${String(n).padStart(16, '0')}`;
const tailAt = (n: number) => ({ currentOffset: AT(n), lastSeq: undefined, closed: false });

/** Does as LMDB does with its cache on: what is written is seen at once, also if its commit fails later. */
class FailingDatabase {
  readonly committed = new Map<string, StreamRecord | undefined>();
  readonly cache = new Map<string, StreamRecord | undefined>();
  readonly flushed = Promise.resolve();
  fails = false;
  /** Called between the writing and the commit. */
  meanwhile: () => void = () => {};

  get(key: string): StreamRecord | undefined {
    return this.cache.has(key) ? this.cache.get(key) : this.committed.get(key);
  }

  async put(key: string, value: StreamRecord): Promise<boolean> {
    this.cache.set(key, value);
    return true;
  }

  async remove(key: string): Promise<boolean> {
    this.cache.set(key, undefined);
    return true;
  }

  async transaction<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    const result = work();
    const written = [...this.cache];
    this.meanwhile();
    await Promise.resolve();
    const reason = Promise.reject(new Error('No space left on device'));
    reason.catch(() => {});
    if (this.fails) throw Object.assign(new Error('Commit failed'), { commitError: reason });
    for (const [key, value] of written) this.committed.set(key, value);
    return result;
  }
}

async function failingRecords() {
  const db = new FailingDatabase();
  const records = new Records(db as unknown as Database);
  await records.make('s', null);
  await records.landed('s', tailAt(10));
  return { db, records };
}

test('a reader is not told of an append before it is committed', async () => {
  const { db, records } = await failingRecords();
  const seen: (string | undefined)[] = [];
  db.meanwhile = () => seen.push(records.get('s')?.currentOffset);
  db.fails = true;
  await records.landed('s', { ...tailAt(20), closed: true }).catch(() => {});
  expect([...seen, records.get('s')?.currentOffset]).toEqual([AT(10), AT(10)]);
  db.fails = false;
  await records.landed('s', { ...tailAt(20), closed: true });
  expect([...seen, records.get('s')?.currentOffset]).toEqual([AT(10), AT(10), AT(20)]);
});

test('of two changes on their way at once, a reader is told of the first when it is committed', async () => {
  const { db, records } = await failingRecords();
  await records.make('fork', { stream: 's', offset: AT(10) });
  const append = records.landed('s', { ...tailAt(20), closed: true });
  const deletion = records.delete('fork');
  await append;
  expect(records.get('s')?.currentOffset).toBe(AT(20));
  await deletion;
  expect(records.get('s')).toMatchObject({ currentOffset: AT(20), refCount: 0 });
  expect(db.committed.get('stream:s')).toMatchObject({ currentOffset: AT(20), refCount: 0 });
});

test('a change whose commit fails did not happen, and says why', async () => {
  const { db, records } = await failingRecords();
  const before = records.get('s');
  db.fails = true;
  const failing = [
    () => records.close('s'),
    () => records.delete('s'),
    () => records.make('f', { stream: 's', offset: AT(10) }),
    () => records.landed('s', { ...tailAt(20), closed: true }),
    () => records.flush(),
  ];
  for (const change of failing) {
    await expect(change()).rejects.toThrow('No space left on device');
    expect(records.get('s')).toEqual(before);
    expect(records.get('f')).toBeUndefined();
  }
  db.fails = false;
  await records.make('f', { stream: 's', offset: AT(10) });
  expect(records.get('s')).toEqual({ ...before, refCount: 1 });
});

test('small appends move the tail in memory; what else changes takes it along', async () => {
  const { db, records } = await failingRecords();
  expect(records.get('s')?.currentOffset).toBe(AT(10));
  expect(db.committed.get('stream:s')?.currentOffset).toBe(AT(0));
  await records.close('s');
  expect(db.committed.get('stream:s')).toMatchObject({ currentOffset: AT(10), closed: true });
});

test('so do those that carry a sequence number: it is known at once, and written with the next change', async () => {
  const { db, records } = await failingRecords();
  for (const n of range(9)) await records.landed('s', { ...tailAt(20 + n), lastSeq: String(n) });
  expect(records.get('s')).toMatchObject({ currentOffset: AT(28), lastSeq: '8' });
  expect(db.committed.get('stream:s')).toMatchObject({ currentOffset: AT(0) });
  await records.flush();
  expect(db.committed.get('stream:s')).toMatchObject({ currentOffset: AT(28), lastSeq: '8' });
});

test('a record lags behind its log by a bounded length, and few do', async () => {
  const { db, records } = await failingRecords();
  const lag = (stream: string): number =>
    Number(records.get(stream)?.currentOffset.slice(17)) -
    Number(db.committed.get(`stream:${stream}`)?.currentOffset.slice(17));
  let most = 0;
  for (let tail = 20; tail < 300_000; tail += 1000) {
    await records.landed('s', tailAt(tail));
    most = Math.max(most, lag('s'));
  }
  expect(most).toBeLessThan(64 * 1024);
  const names = range(600).map((n) => `n${n}`);
  for (const name of names) {
    await records.make(name, null);
    await records.landed(name, tailAt(5));
  }
  expect(names.filter((name) => lag(name) > 0).length).toBeLessThanOrEqual(256);
});

test('an append that lands while lagging records are written is not undone, whether or not that fails', async () => {
  for (const fails of [false, true]) {
    const { db, records } = await failingRecords();
    db.fails = fails;
    const landed: Promise<void>[] = [];
    db.meanwhile = () => {
      db.meanwhile = () => {};
      landed.push(records.landed('s', tailAt(30)));
    };
    await records.flush().catch(() => {});
    await Promise.all(landed);
    expect(records.get('s')?.currentOffset).toBe(AT(30));
    db.fails = false;
    await records.flush();
    expect(db.committed.get('stream:s')?.currentOffset).toBe(AT(30));
  }
});

test('a small append stands, however many records lag and cannot be written', async () => {
  const { db, records } = await failingRecords();
  const names = range(300).map((n) => `n${n}`);
  for (const name of names) await records.make(name, null);
  db.fails = true;
  for (const name of names) await records.landed(name, tailAt(5));
  expect(names.filter((name) => records.get(name)?.currentOffset !== AT(5))).toEqual([]);
});

test('all records have one shape, which is there from the start', async () => {
  const shapesIn = async (folder: string): Promise<unknown[]> => {
    const { db, close } = openStore(folder);
    const shapes = db.get(Symbol.for('structures') as unknown as string);
    await close();
    return (shapes as unknown as string[][]).map((shape) => [...shape]);
  };
  const folder = await folderOf();
  const first = await shapesIn(folder);
  expect(first).toHaveLength(1);
  await using(folder, async (engine) => {
    const { next } = await engine.create('s');
    await put(engine, 's', item(0));
    await engine.append('s', [item(1)], { seq: 'a' });
    await engine.fork('f', { stream: 's', offset: next });
    await engine.delete('s');
    await engine.append('f', [item(1)], { close: true });
  });
  expect(await shapesIn(folder)).toEqual(first);
});

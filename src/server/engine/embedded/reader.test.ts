/** Looking at a folder from outside: while it is written, after a crash, and after somebody else changed it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { runs } from '../../child-script.ts';
import type { AppendResult } from '../port.ts';
import { openBulk } from './bulk.ts';
import { type FolderReader, type LogEnd, openReader, type StoredAppend } from './reader.ts';
import { logOf, tear, tempFolders, using } from './testing.ts';

const folderOf = tempFolders();

async function looking<T>(folder: string, look: (reader: FolderReader) => Promise<T>): Promise<T> {
  const reader = openReader(folder);
  try {
    return await look(reader);
  } finally {
    await reader.close();
  }
}

interface Seen {
  readonly appends: readonly StoredAppend[];
  readonly end: LogEnd | undefined;
}

async function scanned(reader: FolderReader, name: string): Promise<Seen> {
  const stream = reader.stream(name);
  if (!stream) throw new Error(`no stream ${name}`);
  const appends: StoredAppend[] = [];
  let end: LogEnd | undefined;
  for await (const append of reader.appends(stream, (how) => (end = how))) appends.push(append);
  return { appends, end };
}

const seen = (folder: string, name: string): Promise<Seen> =>
  looking(folder, (reader) => scanned(reader, name));

const nextOf = (result: AppendResult): string => (result.kind === 'appended' ? result.next : '');

const itemsIn = ({ appends }: Seen): unknown[] => appends.flatMap(({ items }) => items);

test('a folder without streams has none', async () => {
  expect(await looking(await folderOf(), async (reader) => [...reader.streams('')])).toEqual([]);
});

test('it gives what was appended, append by append, with the offsets the engine gave', async () => {
  const folder = await folderOf();
  const large = 'x'.repeat(3 * 1024 * 1024);
  const ends = await using(folder, async (engine) => {
    await engine.create('s');
    const said = [[{ n: 1 }, { n: 2 }], [{ large }], [{ n: 3 }]];
    const ends: string[] = [];
    for (const items of said) ends.push(nextOf(await engine.append('s', items)));
    await engine.fork('f', { stream: 's', offset: ends[0] ?? '' });
    ends.push(nextOf(await engine.append('f', [{ own: 1 }], { close: true })));
    await engine.delete('s');
    return ends;
  });
  const source = await seen(folder, 's');
  expect(source.appends.map(({ end }) => end)).toEqual(ends.slice(0, 3));
  expect(itemsIn(source)).toEqual([{ n: 1 }, { n: 2 }, { large }, { n: 3 }]);
  expect(source.end).toEqual({ kind: 'whole' });
  const fork = await seen(folder, 'f');
  expect(fork.appends).toEqual([{ items: [{ own: 1 }], start: ends[0], end: ends[3] }]);
  const facts = await looking(folder, async (reader) => [...reader.streams('')]);
  expect(facts.map(({ name, from, closed, gone }) => ({ name, from, closed, gone }))).toEqual([
    { name: 'f', from: { stream: 's', offset: ends[0] }, closed: true, gone: false },
    { name: 's', from: null, closed: false, gone: true },
  ]);
});

test('it says how a log ends: torn, short or damaged, and where', async () => {
  const folder = await folderOf();
  const ends = await using(folder, async (engine) => {
    const at: string[] = [];
    for (const name of ['torn', 'short', 'damaged', 'away']) {
      await engine.create(name);
      const { next } = (await engine.append(name, [{ n: 1 }], { seq: 'a' })) as { next: string };
      at.push(next);
      await engine.append(name, [{ n: 2 }], { seq: 'b' });
    }
    return at;
  });
  tear(folder, 'torn', Buffer.from([0, 0, 0, 99, 123]));
  const bytes = await readFile(logOf(folder, 'short'));
  await truncate(logOf(folder, 'short'), bytes.length - 3);
  await writeFile(
    logOf(folder, 'damaged'),
    bytes.map((byte, at) => (at > bytes.length / 2 + 5 ? 0 : byte)),
  );
  await rm(logOf(folder, 'away'));
  const [torn, short, damaged, away] = await Promise.all(
    ['torn', 'short', 'damaged', 'away'].map((name) => seen(folder, name)),
  );
  expect(torn).toMatchObject({ end: { kind: 'torn', bytes: 5 } });
  expect(torn?.appends).toHaveLength(2);
  expect(short).toMatchObject({ end: { kind: 'short', at: ends[1], bytes: bytes.length / 2 } });
  expect(damaged).toMatchObject({ end: { kind: 'damaged', at: ends[2] } });
  expect(away?.end).toMatchObject({ kind: 'short', bytes: bytes.length });
  expect(itemsIn(short as Seen)).toEqual([{ n: 1 }]);
});

test('while another process writes it sees all that was acknowledged, and after a kill it changes nothing', async () => {
  const folder = await folderOf();
  const child = spawn(process.execPath, [...runs(join(import.meta.dirname, 'crash.child.ts')), folder, '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const said = new Map<string, number>();
  try {
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [what, stream = '', n] = line.split(' ');
        if (what === 'item') said.set(stream, Number(n));
        if (said.size === 6 && [...said.values()].every((last) => last > 15)) resolve();
      });
      void gone.then(() => reject(new Error('the writer ended')));
    });
    const engine = join(folder, 'engine');
    const acknowledged = new Map(said);
    await looking(engine, async (reader) => {
      for (const [stream, last] of acknowledged) {
        const { appends } = await scanned(reader, stream);
        const numbers = appends.map(({ items }) => (items[0] as { n: number }).n);
        expect(numbers).toEqual(numbers.map((_, index) => index));
        expect(numbers.length).toBeGreaterThan(last);
      }
      expect([...reader.streams('f/')].length).toBeGreaterThan(5);
    });
    child.kill('SIGKILL');
    await gone;
    const before = await bytesOfAll(join(engine, 'streams'));
    await looking(engine, async (reader) => {
      for (const stream of acknowledged.keys()) await scanned(reader, stream);
    });
    expect(await bytesOfAll(join(engine, 'streams'))).toEqual(before);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}, 60_000);

async function bytesOfAll(folder: string): Promise<Map<string, number>> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await readFile(join(folder, name))).length));
  return new Map(names.map((name, index) => [name, sizes[index] ?? 0]));
}

test('logs that no stream has are found', async () => {
  const folder = await folderOf();
  await using(folder, async (engine) => {
    await engine.create('s');
    await engine.append('s', [{ n: 1 }]);
  });
  await writeFile(join(folder, 'streams', 'left.log'), '');
  expect(await looking(folder, (reader) => reader.strayLogs())).toEqual(['left.log']);
});

test('streams written in bulk are as if they had been appended', async () => {
  const folder = await folderOf();
  const bulk = await openBulk(folder);
  const end = await bulk.add({ name: 's', from: null, closed: true }, [[{ n: 1 }], [{ n: 2 }, { n: 3 }]]);
  const first = await bulk.add({ name: 'other', from: null, closed: false }, [[{ n: 1 }]]);
  await bulk.add({ name: 'f', from: { stream: 's', offset: first }, closed: false }, [[{ own: 1 }]]);
  await bulk.add({ name: 'f2', from: { stream: 's', offset: end }, closed: false }, []);
  await expect(bulk.add({ name: 's', from: null, closed: false }, [])).rejects.toThrow(TypeError);
  await bulk.end();
  await bulk.close();
  await using(folder, async (engine) => {
    const read = async (name: string) => (await engine.read(name, '-1')).items;
    expect(await engine.head('s')).toEqual({ next: end, closed: true });
    expect(await read('s')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await read('f')).toEqual([{ n: 1 }, { own: 1 }]);
    expect(await engine.append('f2', [{ own: 2 }], { seq: 'a' })).toMatchObject({
      kind: 'appended',
      start: end,
    });
    await engine.delete('s');
    expect(await read('f2')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { own: 2 }]);
    await engine.delete('f2');
    await engine.delete('f');
    // Nothing holds it any more.
    await engine.create('s');
  });
});

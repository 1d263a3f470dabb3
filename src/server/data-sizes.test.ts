import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDataMeasure, type DataMeasure } from './data-sizes.ts';

let data: string;
let measure: DataMeasure;
let time: number;
let troubles: unknown[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'bough-sizes-'));
  time = 1_000;
  troubles = [];
  measure = createDataMeasure({ data, trouble: (error) => troubles.push(error), now: () => time });
});

afterEach(async () => {
  await measure.close();
  await rm(data, { recursive: true, force: true });
  expect(troubles).toEqual([]);
});

async function put(path: string, bytes: number): Promise<void> {
  await mkdir(dirname(join(data, path)), { recursive: true });
  await writeFile(join(data, path), Buffer.alloc(bytes));
}

/** Once it is measured to its end. */
async function told(anew = false) {
  await measure.look({ anew });
  return vi.waitFor(
    async () => {
      const sizes = await measure.look();
      expect(sizes.measuring).toBe(false);
      return sizes;
    },
    { timeout: 10_000 },
  );
}

test('says what is in the folder by what it is, with all that is below', async () => {
  await put('engine/a/b.log', 100);
  await put('engine/c.log', 20);
  await put('find/words.db', 30);
  await put('files/ab/abcd', 7);
  await put('worktrees/c/m/deep/er/file', 5);
  await put('set-aside/then/x', 4);
  await put('endpoints.json', 3);
  await put('lock/socket', 0);
  await put('lost/x', 2);
  await put('core', 1);
  const sizes = await told();
  expect(sizes).toMatchObject({ folder: data, unread: 0, measuring: false, at: 1_000 });
  expect(sizes).not.toHaveProperty('engine');
  expect(sizes.free).toBeGreaterThan(0);
  expect(sizes.parts).toEqual([
    { part: 'conversations', bytes: 120, files: 2 },
    { part: 'find', bytes: 30, files: 1 },
    { part: 'files', bytes: 7, files: 1 },
    { part: 'copies', bytes: 5, files: 1 },
    { part: 'set-aside', bytes: 4, files: 1 },
    { part: 'settings', bytes: 3, files: 2 },
    { part: 'other', bytes: 3, files: 2 },
  ]);
});

test('a link counts as what it is, and leads nowhere', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'bough-elsewhere-'));
  await writeFile(join(elsewhere, 'large'), Buffer.alloc(50_000));
  await mkdir(join(data, 'files'));
  await symlink(elsewhere, join(data, 'files', 'link'));
  await symlink(data, join(data, 'files', 'round'));
  const { parts } = await told();
  expect(parts).toMatchObject([{ part: 'files', files: 2 }]);
  expect(parts[0]?.bytes).toBeLessThan(1_000);
  await rm(elsewhere, { recursive: true });
});

test('is not measured again at once, unless it is asked for', async () => {
  await put('files/a', 1);
  await told();
  await put('files/b', 1);
  expect((await told()).parts).toEqual([{ part: 'files', bytes: 1, files: 1 }]);
  expect((await told(true)).parts).toEqual([{ part: 'files', bytes: 2, files: 2 }]);
  await put('files/c', 1);
  time += 31_000;
  expect((await told()).parts).toEqual([{ part: 'files', bytes: 3, files: 3 }]);
});

test('several who ask at once share one look, and are told meanwhile', async () => {
  await Promise.all(Array.from({ length: 1_500 }, (_, n) => put(`engine/${n}`, 1)));
  const [first, second] = await Promise.all([measure.look(), measure.look({ anew: true })]);
  for (const { parts } of [first, second])
    for (const { bytes } of parts) expect(bytes).toBeLessThanOrEqual(1_500);
  expect((await told()).parts).toEqual([{ part: 'conversations', bytes: 1_500, files: 1_500 }]);
});

test('ends when the server closes', async () => {
  await Promise.all(Array.from({ length: 1_500 }, (_, n) => put(`engine/${n}`, 1)));
  const asked = measure.look();
  await measure.close();
  expect((await asked).measuring).toBe(false);
  expect(await measure.look({ anew: true })).toMatchObject({ measuring: false });
});

// Root reads everything.
test.skipIf(process.getuid?.() === 0)('what may not be read is counted, and the rest told', async () => {
  await put('files/a', 1);
  await put('engine/locked/b', 1);
  await chmod(join(data, 'engine/locked'), 0o000);
  const sizes = await told();
  await chmod(join(data, 'engine/locked'), 0o700);
  expect(sizes).toMatchObject({
    unread: 1,
    parts: [
      { part: 'conversations', bytes: 0 },
      { part: 'files', bytes: 1 },
    ],
  });
});

test('a folder that is not there is said to the log, and nothing else fails', async () => {
  await rm(data, { recursive: true });
  const sizes = await measure.look();
  expect(sizes).toMatchObject({ parts: [], measuring: false });
  expect(troubles).toHaveLength(1);
  troubles = [];
});

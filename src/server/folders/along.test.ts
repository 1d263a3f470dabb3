import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alongOf, setAlong } from './along.ts';
import { openersOf, setOpeners } from './open-with.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-along-'));
});
afterEach(() => rm(folder, { recursive: true }));

const list = { paths: ['node_modules'], run: '' };

it('keeps a list for each repository', async () => {
  const room = { along: join(folder, 'along.json') };
  await setAlong(room, '/one', list);
  await setAlong(room, '/two', { paths: ['.env'], run: 'npm ci' });
  expect(await alongOf(room, '/one')).toEqual(list);
  expect(await alongOf(room, '/two')).toEqual({ paths: ['.env'], run: 'npm ci' });
  expect(await alongOf(room, '/three')).toEqual({ paths: [], run: '' });
});

it.each(['{"/one": ["node_modules"', '["/one"]', 'null'])(
  'writes nothing over a file that somebody broke by hand: %s',
  async (text) => {
    const path = join(folder, 'kept.json');
    await writeFile(path, text);
    const room = { along: path, openers: path, env: {} };
    expect(await alongOf(room, '/one')).toEqual({ paths: [], run: '' });
    expect(await openersOf(room)).toEqual({ editor: '', terminal: '' });
    const refusal = { code: 'failed', message: `${path} is not what Bough wrote: mend it or take it away.` };
    await expect(setAlong(room, '/two', list)).rejects.toMatchObject(refusal);
    await expect(setOpeners(room, { editor: 'code' })).rejects.toMatchObject(refusal);
    expect(await readFile(path, 'utf8')).toBe(text);
  },
);

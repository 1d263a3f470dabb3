import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPrompts } from './prompts.ts';

let folder: string;
let path: string;
const troubles: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-prompts-'));
  path = join(folder, 'prompts.json');
  troubles.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openPrompts({ path, trouble: (error) => troubles.push(error) });
const review = { id: 'prompt-1', name: 'Review', text: 'Review this, line by line.' };
const brief = { id: 'prompt-2', name: 'brief', text: 'Say it in one sentence.' };

test('what is saved is there by name, at once and after a restart', async () => {
  const prompts = await open();
  await prompts.execute('save', review);
  expect(await prompts.execute('save', brief)).toEqual({ prompts: [brief, review], system: '' });
  const after = await prompts.execute('save', { ...review, name: 'Audit' });
  expect(after.prompts.map(({ name }) => name)).toEqual(['Audit', 'brief']);
  await prompts.execute('set-system', { text: 'Be kind.' });
  const again = await open();
  expect(await again.execute('list', {})).toEqual({ ...after, system: 'Be kind.' });
  expect(again.system()).toBe('Be kind.');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('one that is removed is gone, and removing it again is fine', async () => {
  const prompts = await open();
  await prompts.execute('save', review);
  expect((await prompts.execute('remove', { id: review.id })).prompts).toEqual([]);
  expect((await prompts.execute('remove', { id: review.id })).prompts).toEqual([]);
  expect((await (await open()).execute('list', {})).prompts).toEqual([]);
});

test('a name is of one prompt, whatever its letters', async () => {
  const prompts = await open();
  await prompts.execute('save', review);
  const taken = prompts.execute('save', { ...brief, name: 'REVIEW' });
  await expect(taken).rejects.toMatchObject({ status: 409, code: 'id-taken' });
  expect((await prompts.execute('list', {})).prompts).toEqual([review]);
});

test('changes that come at once are all kept', async () => {
  const prompts = await open();
  const ids = Array.from({ length: 20 }, (_, n) => `prompt-${n + 10}`);
  await Promise.all(ids.map((id) => prompts.execute('save', { id, name: id, text: 'x' })));
  expect((await (await open()).execute('list', {})).prompts).toHaveLength(20);
});

test('a file that cannot be read is left as it is, and nothing is changed', async () => {
  await writeFile(path, '{"v": 1, "prompts": "?"}');
  const prompts = await open();
  expect(troubles).toHaveLength(1);
  expect(await prompts.execute('list', {})).toEqual({ prompts: [], system: '' });
  await expect(prompts.execute('save', review)).rejects.toMatchObject({ status: 500 });
  expect(await readFile(path, 'utf8')).toBe('{"v": 1, "prompts": "?"}');
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFindings } from './folder-copies.ts';

test('copies that belong to nobody are told, and so is what a crash left', async () => {
  const data = await mkdtemp(join(tmpdir(), 'bough-doctor-'));
  const make = async (conversation: string, copy: string, state?: string) => {
    await mkdir(join(data, 'worktrees', conversation, copy), { recursive: true });
    const marker = { v: 1, state, of: '/p', base: 'a', at: 1 };
    if (state) await writeFile(join(data, 'worktrees', conversation, `${copy}.json`), JSON.stringify(marker));
  };
  await make('chat-0001', 'whole', 'ready');
  await make('chat-0001', 'begun', 'making');
  await make('chat-0001', 'strange');
  await make('chat-0002', 'orphan', 'ready');
  const found = await copyFindings(data, new Set(['chat-0001']));
  await rm(data, { recursive: true });
  expect(
    found.map(({ kind, about, words }) => [kind, about.split('/').at(-1), words.split(/[;,]/)[0]]),
  ).toEqual([
    ['harmless', 'begun', 'it was being made'],
    ['problem', 'strange', 'it does not say whose it is'],
    ['problem', 'orphan', 'it belongs to no conversation'],
  ]);
});

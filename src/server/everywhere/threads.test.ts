import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeptMessage, Portion } from './port.ts';
import { ClosingStore, openWordStore } from './threads.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-words-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Much to do for the thread that writes: some seconds. */
function large(): Portion {
  const messages = Array.from({ length: 400 }, (_, n): KeptMessage => {
    const text = Array.from({ length: 900 }, (_word, at) =>
      ((n + 7) * (at + 11) * 2_654_435_761).toString(36),
    ).join(' ');
    return {
      id: `m${n}`,
      text,
      time: n,
      role: 'user',
      author: '',
      model: '',
      file: false,
      code: false,
      branch: '',
    };
  });
  return {
    conversation: 'c',
    messages,
    archived: false,
    age: 'new',
    whole: { cursor: 'x', standings: [], hidden: 0 },
  };
}

// Stopped from outside within SQLite, a thread ended the whole process.
test('closes while it writes, and tells so whoever asks then', async () => {
  const words = openWordStore({ path: join(folder, 'words.db'), engine: 'test' });
  await words.conversations();
  const writing = words.take([large()]).catch((error: unknown) => error);
  await setTimeout(50);
  await words.close();
  await expect(words.conversations()).rejects.toBeInstanceOf(ClosingStore);
  await words.close();
  // Done, or given up: both are for the next start to find.
  expect([undefined, expect.any(ClosingStore)]).toContainEqual(await writing);
}, 60_000);

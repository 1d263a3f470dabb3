import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Portion, StoredMessage } from './port.ts';
import { ClosingStore } from './sqlite-guard.ts';
import { openWordStore } from './threads.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-words-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Much to do for the thread that writes: some seconds. */
function large(count = 400): Portion {
  const messages = Array.from({ length: count }, (_, n): StoredMessage => {
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

/** A process of its own, with a thread that is within SQLite when `ends` is done. What it ended with. */
async function processThat(
  ends: string,
): Promise<{ code: number | null; signal: string | null; err: string }> {
  const threads = JSON.stringify(new URL('./threads.ts', import.meta.url).href);
  const script = `
    const { openWordStore } = await import(${threads});
    const words = openWordStore({ path: ${JSON.stringify(join(folder, 'words.db'))}, engine: 'test' });
    await words.conversations();
    words.take([${JSON.stringify(large())}]).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    ${ends}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.end(script);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, err };
}

// Node stops threads then, which took the process with it: SIGABRT, and "terminate called after throwing an instance of 'Napi::Error'".
test.each([
  ['is told to', 'process.exit(3)', 3],
  [
    'fails',
    'process.on("uncaughtException", () => process.exit(4)); setTimeout(() => { throw new Error("x"); })',
    4,
  ],
])(
  'ends in order where the process %s while a thread is within SQLite, and the next finds all it needs',
  async (_, ends, code) => {
    expect(await processThat(ends)).toEqual({ code, signal: null, err: '' });
    const words = openWordStore({ path: join(folder, 'words.db'), engine: 'test' });
    expect(await words.conversations()).toEqual([]);
    await words.take([large()]);
    expect(await words.messages('c')).toHaveLength(400);
    await words.close();
  },
  120_000,
);

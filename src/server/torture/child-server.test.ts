import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spawnChild } from './child-server.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'bough-child-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

test('a server whose parent dies while it starts does not start first', async () => {
  const child = spawnChild(data, { words: 1, pause: 0 }, 'inherit');
  const gone = once(child, 'exit');
  child.stdin?.end();
  const [said] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), gone]);
  expect(said).toBe('');
});

test('a server whose parent dies while it runs ends', async () => {
  const child = spawnChild(data, { words: 1, pause: 0 }, 'inherit');
  const gone = once(child, 'exit');
  await once(child.stdout as NodeJS.ReadableStream & NodeJS.EventEmitter, 'data');
  child.stdin?.end();
  expect(await gone).toEqual([1, null]);
});

/** The real process over many conversations: what it keeps open does not grow with them. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  CONVERSATIONS,
  type ConversationPatch,
  foldConversations,
  noConversations,
} from '../../protocol/index.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { readsAt, serversAt } from './over-http.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const MODEL = { source: 'sim', id: 'sim' };
const AT_ONCE = 6;
/** Of five logs each: more than may be open at a time. */
const CONVERSATIONS_EACH = 30;

let data: string;
let server: ChildServer;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'bough-growth-'));
  server = await startChild(data, { words: 3, pause: 0 });
});
afterEach(async () => {
  await server.kill();
  await rm(data, { recursive: true, force: true });
});

// What a process has open is told under /proc only.
test.runIf(process.platform === 'linux')('no more files are open after more turns', async () => {
  await turns();
  const before = await openFiles();
  expect(before).toBeGreaterThan(100);
  await turns();
  await turns();
  await expect.poll(openFiles, { timeout: 20_000 }).toBeLessThanOrEqual(before);
});

/** Two turns in each of many conversations; resolves once no reply is open. */
async function turns(): Promise<void> {
  const left = Array.from({ length: CONVERSATIONS_EACH }, () => `c${randomUUID()}`);
  const work = async (): Promise<void> => {
    for (let conversation = left.pop(); conversation; conversation = left.pop()) await talk(conversation);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await expect.poll(open, { timeout: 30_000 }).toEqual([]);
}

async function talk(conversation: string): Promise<void> {
  const { execute } = serversAt(() => server.url).any();
  await execute('create', { conversation });
  for (let n = 0; n < 2; n += 1) {
    const [message, reply] = [`m${randomUUID()}`, `r${randomUUID()}`];
    await execute('send', { conversation, message, parent: null, text: 'Count', reply, model: MODEL });
  }
}

async function open(): Promise<string[]> {
  const { items } = await readsAt(() => server.url).read(CONVERSATIONS, '-1');
  const list = foldConversations(noConversations, items as ConversationPatch[]);
  return [...list.values()].flatMap(({ header }) => header.open);
}

/** Of its logs; its sockets come and go with those who ask, and the index of the finder opens once there is something to find. */
async function openFiles(): Promise<number> {
  const folder = `/proc/${server.pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(join(data, 'engine'))).length;
}

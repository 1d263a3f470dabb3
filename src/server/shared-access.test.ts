/** Several whole servers behind one address, and what a browser is to them. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type EngineProcess, referenceServer } from './engine/remote/testing/reference.ts';
import { createLog } from './log.ts';
import { type RunningServer, startServer } from './server.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let engine: EngineProcess;
beforeAll(async () => {
  engine = await referenceServer();
});
afterAll(() => engine.stop());

let folder: string;
let servers: RunningServer[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-shared-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true });
});

async function start(name: string, publicUrl?: string): Promise<RunningServer> {
  const server = await startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data: join(folder, name), log: 'error' },
      streams: { url: `${engine.url}/bough` },
      ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: false },
      ...(publicUrl !== undefined && { publicUrl }),
    },
    { log: createLog({ write: () => {} }), sources: [] },
  );
  servers.push(server);
  return server;
}

/** The cookie a browser has afterwards. */
async function signIn({ url }: RunningServer, token: string | undefined): Promise<string> {
  const response = await fetch(`${url}/api/access/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(response.status).toBe(200);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const read = async ({ url }: RunningServer, cookie: string): Promise<number> =>
  (await fetch(`${url}/api/models`, { headers: { cookie } })).status;

test.each([
  ['https://bough.example.org', '__Host-bough-443'],
  ['http://bough.example.org:8080', 'bough-8080'],
])('a cookie of one Bough at %s is good at another with the same access.json', async (address, name) => {
  const first = await start('first', address);
  await mkdir(join(folder, 'second'));
  await copyFile(join(folder, 'first', 'access.json'), join(folder, 'second', 'access.json'));
  const second = await start('second', address);
  expect(second.secret).toBeUndefined();
  const cookie = await signIn(first, first.secret);
  expect(cookie).toBe(`${name}=${first.secret}`);
  expect([await read(first, cookie), await read(second, cookie)]).toEqual([200, 200]);
  // With tokens of its own it knows nobody.
  expect(await read(await start('third', address), cookie)).toBe(401);
});

test('without an address for all, two Boughs on one computer have a cookie each', async () => {
  const { secret } = await start('first', 'http://bough.example.org');
  await mkdir(join(folder, 'second'));
  await copyFile(join(folder, 'first', 'access.json'), join(folder, 'second', 'access.json'));
  const second = await start('second');
  expect(await signIn(second, secret)).toBe(`bough-${new URL(second.url).port}=${secret}`);
});

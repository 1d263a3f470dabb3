/** Several whole servers behind one address, and what a browser is to them. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createAccess, openTokenFile } from './access/index.ts';
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

let runs = 0;
beforeEach(() => {
  runs += 1;
});

async function start(name: string, publicUrl?: string, at = engine.url): Promise<RunningServer> {
  const server = await startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data: join(folder, name), log: 'error' },
      streams: { url: `${at}/bough-${runs}` },
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

const make = async (
  { url }: RunningServer,
  cookie: string,
  body: object,
): Promise<{ token: { id: string }; secret: string }> =>
  (await post(url, 'make', cookie, body)).json() as never;

const post = (url: string, name: string, cookie: string, body: object): Promise<Response> =>
  fetch(`${url}/api/access/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });

const statusWith = async ({ url }: RunningServer, secret: string): Promise<number> =>
  (await fetch(`${url}/api/models`, { headers: { authorization: `Bearer ${secret}` } })).status;

test.each([
  ['https://bough.example.org', '__Host-bough-443'],
  ['http://bough.example.org:8080', 'bough-8080'],
])('a token of one Bough at %s is good at all on its engine, and so is its cookie', async (address, name) => {
  const first = await start('first', address);
  const second = await start('second', address);
  // Somebody has one already.
  expect(second.secret).toBeUndefined();
  const cookie = await signIn(first, first.secret);
  expect(cookie).toBe(`${name}=${first.secret}`);
  expect([await read(first, cookie), await read(second, cookie)]).toEqual([200, 200]);
  const { secret } = await make(second, cookie, { name: 'A reader', scope: 'read-only' });
  expect(await statusWith(first, secret)).toBe(200);
});

test('of several that begin at once one makes the first token', async () => {
  const servers = await Promise.all(['a', 'b', 'c'].map((name) => start(name, 'https://bough.example.org')));
  expect(servers.filter(({ secret }) => secret !== undefined)).toHaveLength(1);
});

test('what is revoked at one is revoked at all, for what is being read too', async () => {
  const first = await start('first', 'https://bough.example.org');
  const second = await start('second', 'https://bough.example.org');
  const cookie = await signIn(first, first.secret);
  const { token, secret } = await make(first, cookie, { name: 'Lent', scope: 'read-only' });
  expect(await statusWith(second, secret)).toBe(200);
  const live = await fetch(`${second.url}/api/live`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ streams: [] }),
  });
  expect(live.status).toBe(200);
  const cut = live.text().then(
    () => 'ended',
    () => 'cut',
  );
  expect((await post(first.url, 'revoke', cookie, { id: token.id })).status).toBe(200);
  // Nobody asks in between: the second finds out by itself.
  expect(await cut).toBe('cut');
  expect([await statusWith(first, secret), await statusWith(second, secret)]).toEqual([401, 401]);
});

test('tokens a folder had before are good at all, stay revoked, and are in the folder still', async () => {
  const data = join(folder, 'before');
  const file = join(data, 'access.json');
  const store = createAccess({ store: await openTokenFile(file) });
  const [kept, lost] = [
    await store.make({ name: 'Kept', scope: 'owner' }),
    await store.make({ name: 'Lost', scope: 'owner' }),
  ];
  const old = await readFile(file);
  const first = await start('before', 'https://bough.example.org');
  expect(first.secret).toBeUndefined();
  expect(await statusWith(first, lost.secret)).toBe(200);
  const second = await start('second', 'https://bough.example.org');
  const cookie = await signIn(second, kept.secret);
  await post(second.url, 'revoke', cookie, { id: lost.token.id });
  await first.close();
  expect((await readFile(file, 'utf8')).includes(kept.token.id)).toBe(true);
  // A folder as it was before the token was revoked.
  await mkdir(join(folder, 'older'));
  await writeFile(join(folder, 'older', 'access.json'), old);
  const older = await start('older', 'https://bough.example.org');
  expect([await statusWith(older, kept.secret), await statusWith(older, lost.secret)]).toEqual([200, 401]);
});

test('nobody gets in while the engine is away: what was revoked meanwhile is not known', async () => {
  const own = await referenceServer();
  const first = await start('first', 'https://bough.example.org', own.url);
  expect(await statusWith(first, first.secret ?? '')).toBe(200);
  await own.stop();
  await vi.waitFor(async () => expect(await statusWith(first, first.secret ?? '')).toBe(503), {
    timeout: 10_000,
  });
});

test('without an address for all, two Boughs on one computer have a cookie each', async () => {
  const { secret } = await start('first', 'http://bough.example.org');
  const second = await start('second');
  expect(await signIn(second, secret)).toBe(`bough-${new URL(second.url).port}=${secret}`);
});

async function say({ url }: RunningServer, cookie: string, name: string, body: object): Promise<Response> {
  return fetch(`${url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
}

test('a link made at one opens at the others, as it is updated, until it is revoked anywhere', async () => {
  const [first, second] = [
    await start('first', 'https://bough.example.org'),
    await start('second', 'https://bough.example.org'),
  ];
  const cookie = await signIn(first, first.secret);
  const conversation = 'conversation1';
  await say(first, cookie, 'commands/create', { conversation });
  const system = { conversation, message: 'system-001', after: null, text: 'You are a lighthouse.' };
  expect((await say(first, cookie, 'commands/system', system)).status).toBe(200);
  const made = (await (
    await say(first, cookie, 'shares/make', { conversation, part: 'conversation' })
  ).json()) as {
    share: { id: string; secret: string };
  };
  const shown = async (server: RunningServer) => {
    const page = await fetch(`${server.url}/s/${made.share.secret}`);
    return [page.status, (await page.text()).includes('lighthouse')];
  };
  expect(await shown(second)).toEqual([200, true]);
  await say(first, cookie, 'commands/system', { ...system, message: 'system-002', text: 'You are a ferry.' });
  expect((await say(second, cookie, 'shares/update', { id: made.share.id })).status).toBe(200);
  expect(await (await fetch(`${first.url}/s/${made.share.secret}`)).text()).toContain('ferry');
  expect((await say(second, cookie, 'shares/revoke', { id: made.share.id })).status).toBe(200);
  expect([await shown(first), await shown(second)]).toEqual([
    [404, false],
    [404, false],
  ]);
});

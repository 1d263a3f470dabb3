/** On a whole server that others can reach: a link shows its page to anybody, and nothing else. */
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Share } from '../../protocol/requests/shares.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let folder: string;
let server: RunningServer;
let secret: string;
const start = async (): Promise<RunningServer> =>
  startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data: folder, log: 'error', publicUrl: 'https://bough.example.org' },
      ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: false },
    },
    { log: createLog({ write: () => {} }), sources: [] },
  );
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-shares-'));
  server = await start();
  secret = server.secret ?? '';
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function ask(path: string, body: object, token = secret): Promise<Response> {
  const authorization = `Bearer ${token}`;
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization }) },
    body: JSON.stringify(body),
  });
}

const made = async (body: object): Promise<Share> =>
  ((await (await ask('/api/shares/make', body)).json()) as { share: Share }).share;
const page = (share: Share) => fetch(`${server.url}/s/${share.secret}`);

async function conversation(): Promise<{
  id: string;
  say: (words: string, parent: string | null) => Promise<string>;
}> {
  const id = 'conversation-1';
  await ask('/api/commands/create', { conversation: id });
  let count = 0;
  const say = async (words: string, parent: string | null) => {
    count += 1;
    const message = `message-${count}`;
    // A prompt needs no model.
    const first = { conversation: id, after: parent, message, text: words };
    expect((await ask('/api/commands/system', first)).status).toBe(200);
    return message;
  };
  return { id, say };
}

test('a link shows the page as it was, to whoever has it, until it is updated or revoked', async () => {
  const { id, say } = await conversation();
  const first = await say('Be brief, and kind', null);
  const share = await made({ conversation: id, part: 'conversation' });
  const answer = await page(share);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-/);
  expect(await answer.text()).toContain('Be brief, and kind');
  await say('Be long', first);
  expect(await (await page(share)).text()).not.toContain('Be long');
  await ask('/api/shares/update', { id: share.id });
  expect(await (await page(share)).text()).toContain('Be long');
  const { shares, address } = (await (await ask('/api/shares/list', { conversation: id })).json()) as {
    shares: Share[];
    address: string;
  };
  expect(shares).toMatchObject([{ id: share.id, messages: 2 }]);
  expect(address).toBe('https://bough.example.org');

  await server.close();
  server = await start();
  expect((await page(share)).status).toBe(200);
  for (const name of await readdir(join(folder, 'shares')))
    expect((await stat(join(folder, 'shares', name))).mode & 0o077).toBe(0);
  await ask('/api/shares/revoke', { id: share.id });
  expect((await page(share)).status).toBe(404);
  expect(await readdir(join(folder, 'shares'))).toEqual([]);
});

test('a link ends when it should, and a path is a path', async () => {
  const { id, say } = await conversation();
  const first = await say('The first', null);
  await say('What follows', first);
  // Until there is more than prompts the last of them names the chat.
  await ask('/api/commands/rename', { conversation: id, title: 'Of two prompts' });
  const path = await made({ conversation: id, part: 'path', message: first });
  expect(path.messages).toBe(1);
  expect(await (await page(path)).text()).not.toContain('What follows');
  const over = await made({ conversation: id, part: 'conversation', until: 1 });
  const answer = await page(over);
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('Not shared any more')]);
});

test('nobody but an owner shares, and a wrong address tells nothing', async () => {
  const { id, say } = await conversation();
  await say('Mine', null);
  expect((await ask('/api/shares/make', { conversation: id, part: 'conversation' }, '')).status).toBe(401);
  expect((await ask('/api/shares/make', { conversation: 'nowhere-1', part: 'conversation' })).status).toBe(
    404,
  );
  expect((await ask('/api/shares/make', { conversation: id, part: 'all' })).status).toBe(400);
  for (const wrong of ['x', '..%2Faccess.json', '%00', 'undefined']) {
    const answer = await fetch(`${server.url}/s/${wrong}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('Mine');
  }
});

test('a disk that does not give a page is a failure that may pass, not the end of the link', async () => {
  const { id, say } = await conversation();
  await say('Be brief', null);
  const share = await made({ conversation: id, part: 'conversation' });
  const path = join(folder, 'shares', `${share.id}.html`);
  await rename(path, `${path}.away`);
  expect((await page(share)).status).toBe(404);
  await mkdir(path);
  expect((await page(share)).status).toBe(500);
});

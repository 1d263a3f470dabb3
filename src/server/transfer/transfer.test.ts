/** Over HTTP, on a whole server with its folder. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ImportLine } from '../../protocol/requests/transfer.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import { zipOf } from './testing.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let folder: string;
let server: RunningServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-transfer-'));
  server = await startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data: folder, log: 'error' },
      ...{ demoModes: false, localModels: false, agents: false, agentRoots: [], titles: false },
    },
    { log: createLog({ write: () => {} }), sources: [] },
  );
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const EXPORT = zipOf({
  'conversations.json': JSON.stringify([
    {
      ...{ uuid: 'one', name: 'Elsewhere', created_at: '2025-01-01T00:00:00Z' },
      chat_messages: [
        { uuid: 'a', sender: 'human', text: 'A question from elsewhere' },
        { uuid: 'b', sender: 'assistant', text: 'An answer from elsewhere' },
      ],
    },
  ]),
});

const upload = (body: Buffer<ArrayBuffer>, type = 'application/octet-stream') =>
  fetch(`${server.url}/api/imports?name=export.zip`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });

async function asked(path: string, body?: object): Promise<ImportLine[]> {
  const answer = await fetch(`${server.url}/api/imports/${path}`, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  expect(answer.status).toBe(200);
  return (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('an export is uploaded, looked through, brought in and let go of', async () => {
  const { id, size } = (await (await upload(EXPORT)).json()) as { id: string; size: number };
  expect(size).toBe(EXPORT.length);
  const seen = await asked(`${id}/preview`);
  expect(seen).toContainEqual(
    expect.objectContaining({
      kind: 'conversation',
      title: 'Elsewhere',
      source: 'Claude',
      messages: 2,
      standing: 'new',
    }),
  );
  const { id: conversation } = seen.find(({ kind }) => kind === 'conversation') as { id: string };
  const list = async () => (await fetch(`${server.url}/v1/stream/conversations?offset=-1`)).text();
  expect(await list()).not.toContain(conversation);
  const done = await asked(`${id}/run`, { conversations: [conversation] });
  expect(done.map(({ kind }) => kind).filter((kind) => kind !== 'progress')).toEqual(['brought', 'end']);
  expect(await list()).toContain('"text":"Elsewhere","by":"person"');
  const outline = await (await fetch(`${server.url}/v1/stream/c/${conversation}/outline?offset=-1`)).text();
  expect(outline).toContain('An answer from elsewhere');
  const found = await fetch(`${server.url}/api/find?conversation=${conversation}&q=question`);
  expect(((await found.json()) as { ids: string[] }).ids).toHaveLength(1);
  expect((await fetch(`${server.url}/api/imports/${id}`, { method: 'DELETE' })).status).toBe(200);
  expect(await readdir(join(folder, 'imports'))).toEqual([]);
  expect((await fetch(`${server.url}/api/imports/${id}/preview`, { method: 'POST' })).status).toBe(404);
});

test('what is no file, or no name of one, is refused, and leaves nothing', async () => {
  expect((await upload(EXPORT, 'text/plain')).status).toBe(415);
  for (const id of ['..%2faccess.json', 'a'.repeat(32), 'x'])
    expect(
      (
        await fetch(`${server.url}/api/imports/${id}/run`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(404);
  const { id } = (await (await upload(EXPORT)).json()) as { id: string };
  const wrong = await fetch(`${server.url}/api/imports/${id}/run`, {
    method: 'POST',
    body: '{"all":true}',
    headers: { 'content-type': 'application/json' },
  });
  expect(wrong.status).toBe(400);
});

/** As somebody elsewhere asks it, through a proxy. `fetch` would unpack what comes, and not say how it was packed. */
async function fromAfar(path: string): Promise<IncomingMessage> {
  const made = await fetch(`${server.url}/api/access/make`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"Afar","scope":"owner"}',
  });
  const { secret } = (await made.json()) as { secret: string };
  const headers = {
    ...{ 'x-forwarded-for': '203.0.113.9', 'accept-encoding': 'gzip, deflate, br' },
    authorization: `Bearer ${secret}`,
  };
  return new Promise((resolve, reject) => {
    request(`${server.url}${path}`, { headers }, resolve).on('error', reject).end();
  });
}

test('what is exported over a network is packed once, and flows as it is made', async () => {
  const long = { messages: [{ role: 'user', content: 'Words '.repeat(1_000) }] };
  const { id } = (await (await upload(Buffer.from(JSON.stringify(long)))).json()) as { id: string };
  await asked(`${id}/run`, {});
  for (const as of ['bough', 'chatgpt']) {
    const near = await (await fetch(`${server.url}/api/export?as=${as}`)).text();
    const far = await fromAfar(`/api/export?as=${as}`);
    // All of it would be gathered first to say how long it is.
    expect(far.headers).toMatchObject({ 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' });
    expect(gunzipSync(await buffer(far)).toString()).toBe(near);
  }
});

test('an export that cannot be finished breaks off: no part of it passes for a file', async () => {
  const hash = createHash('sha256').update('A note').digest('hex');
  const own = {
    ...{ bough: 1, conversation: { id: 'conversation-01' }, marks: [] },
    messages: [
      {
        ...{ v: 1, kind: 'message', id: 'message-0001', parent: null, role: 'user', time: 1_700_000_000_000 },
        ...{ author: { kind: 'user' }, origin: { kind: 'send' } },
        parts: [{ kind: 'file', hash, name: 'note.txt', type: 'text/plain', size: 6 }],
      },
    ],
    files: { [hash]: Buffer.from('A note').toString('base64') },
  };
  const { id } = (await (await upload(Buffer.from(JSON.stringify(own)))).json()) as { id: string };
  await asked(`${id}/run`, {});
  const path = '/api/export?as=bough&conversation=conversation-01';
  expect(await (await fetch(server.url + path)).text()).toContain('note.txt');
  // A disk that gives an error where the file is.
  const stored = join(folder, 'files', hash.slice(0, 2), hash);
  await rm(stored);
  await mkdir(stored);
  await expect(fetch(server.url + path).then((answer) => answer.text())).rejects.toThrow();
  await expect(server.fetch(server.url + path).then((answer) => answer.text())).rejects.toThrow();
});

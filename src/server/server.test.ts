import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  branchStream,
  type LiveLine,
  type Message,
  modelListSchema,
  outlineStream,
  replyStream,
} from '../protocol/index.ts';
import { type Connection, connect } from './http/streams/live-testing.ts';
import { createLog } from './log.ts';
import { demoSource, type ModelSource } from './models/index.ts';
import { type RunningServer, startServer } from './server.ts';
import type { ServerSettings } from './settings.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let folder: string;
let servers: RunningServer[];
let connections: Connection[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-server-'));
  servers = [];
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) connection.leave();
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true });
});

const logged: Record<string, unknown>[] = [];
const quick = demoSource({ pause: async () => {} });

/** Says one word and then nothing until it is stopped. */
const waiting: ModelSource = {
  ...quick,
  async *stream({ signal }) {
    yield { kind: 'text', text: 'Beginning' };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  },
};

/** @param source null: those of the settings. */
async function start(
  source: ModelSource | readonly ModelSource[] | null = quick,
  settings: Partial<ServerSettings> = {},
): Promise<RunningServer> {
  const server = await startServer(
    {
      host: '127.0.0.1',
      port: 0,
      data: folder,
      demoModes: false,
      localModels: false,
      agents: false,
      agentRoots: [],
      titles: false,
      log: 'error',
      ...settings,
    },
    {
      log: createLog({ write: (line) => logged.push(JSON.parse(line)) }),
      ...(source && { sources: [source].flat() }),
    },
  );
  servers.push(server);
  return server;
}

async function command(server: RunningServer, name: string, input: object): Promise<unknown> {
  const response = await fetch(`${server.url}/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return response.json();
}

const conversation = 'conversation1';
const BRANCH = branchStream(conversation, 'message-1');
const REPLY = replyStream(conversation, 'reply-001');

async function ask(server: RunningServer): Promise<void> {
  await command(server, 'create', { conversation });
  const model = { source: 'demo', id: 'demo' };
  const send = { conversation, message: 'message-1', parent: null, text: 'Hello', reply: 'reply-001', model };
  expect(await command(server, 'send', send)).toEqual({
    message: 'message-1',
    branch: 'message-1',
    forked: false,
  });
}

async function follow(server: RunningServer, ...streams: string[]): Promise<Connection> {
  const connection = await connect(
    server.url,
    streams.map((stream) => ({ stream, offset: '-1' })),
  );
  connections.push(connection);
  return connection;
}

async function until(connection: Connection, found: (line: LiveLine) => boolean): Promise<LiveLine> {
  for (;;) {
    const line = await connection.next();
    if (!line) throw new Error('the connection ended');
    if (found(line)) return line;
  }
}

async function messages(server: RunningServer): Promise<Message[]> {
  return (await (await fetch(`${server.url}/v1/stream/${BRANCH}`)).json()) as Message[];
}

const said = (message: Message | undefined): string =>
  (message?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('');

test('from a question to a whole answer', async () => {
  const server = await start();
  await ask(server);
  const connection = await follow(server, BRANCH, outlineStream(conversation));
  await until(connection, (line) => JSON.stringify(line).includes('generation-end'));
  const [question, answer] = await messages(server);
  expect(said(question)).toBe('Hello');
  expect(said(answer)).toContain('1 message; the last was “Hello”');
  expect(answer?.finish).toMatchObject({ reason: 'complete' });
});

test('the settings say which models there are', async () => {
  const provider = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":[{"id":"big"}]}');
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const server = await start(null, { openai: { baseUrl: `http://${host}/v1` }, demoModes: true });
  const list = modelListSchema.parse(await (await fetch(`${server.url}/api/models`)).json());
  expect(list.default).toEqual({ source: host, id: 'big' });
  expect(list.models.map(({ ref }) => ref.id)).toEqual(expect.arrayContaining(['big', 'demo', 'slow']));
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
});

test('what a person adds and uses is there after a restart, and the default', async () => {
  const server = await start(null);
  await ask(server);
  const added = await fetch(`${server.url}/api/endpoints/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: 'endpoint-1',
      baseUrl: 'http://127.0.0.1:9/v1',
      name: 'Mine',
      key: 'sk-hush',
    }),
  });
  expect(added.status).toBe(200);
  const used = await start([fake('one', ['a']), fake('two', ['b', 'c'])], { data: `${folder}/used` });
  const model = { source: 'two', id: 'c' };
  await command(used, 'create', { conversation });
  await command(used, 'settings', { conversation, model });
  await server.close();
  await used.close();

  const listAt = async ({ url }: RunningServer) =>
    modelListSchema.parse(await (await fetch(`${url}/api/models`)).json());
  const again = await listAt(await start(null));
  expect(again.sources.map(({ name, state, hasKey }) => [name, state, hasKey])).toEqual([
    ['Mine', 'failed', true],
    ['Demo', 'ready', false],
  ]);
  expect(JSON.stringify([again, logged])).not.toContain('hush');
  const sources = [fake('one', ['a']), fake('two', ['b', 'c'])];
  expect((await listAt(await start(sources, { data: `${folder}/used` }))).default).toEqual(model);
});

/** Lists these models and says nothing. */
function fake(id: string, names: readonly string[]): ModelSource {
  return {
    ...quick,
    id,
    facts: { name: id, kind: 'openai-compatible', found: 'environment', hasKey: false },
    describe: (name) => ({ name }),
    list: async () =>
      names.map((name) => ({
        ...{ ref: { source: id, id: name }, name, sourceName: id, demo: false, kind: 'chat' as const },
      })),
  };
}

test('closing says bye and ends replies as interrupted, with their text', async () => {
  const server = await start(waiting);
  await ask(server);
  const connection = await follow(server, 'conversations');
  const reply = await follow(server, BRANCH);
  await until(connection, ({ kind }) => kind === 'ready');
  await spoken(server);
  await server.close();
  await until(connection, ({ kind }) => kind === 'bye');
  expect(await connection.next()).toBeUndefined();
  reply.leave();
  await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();

  const next = await start();
  const [, answer] = await messages(next);
  expect([said(answer), answer?.finish?.reason]).toEqual(['Beginning', 'interrupted']);
});

/** Resolves once the reply has said its first word. */
async function spoken(server: RunningServer): Promise<void> {
  for (;;) {
    const response = await fetch(`${server.url}/v1/stream/${REPLY}`);
    if (response.ok && (await response.text()).includes('Beginning')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a request that never ends does not hold the end', async () => {
  const server = await start();
  const { hostname, port, host } = new URL(server.url);
  const socket = connectTo({ host: hostname, port: Number(port) });
  const gone = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `POST /api/commands/create HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
  );
  await (await fetch(`${server.url}/api/health`)).text();
  await server.close();
  await gone;
});

test('close may be called again', async () => {
  const server = await start();
  expect(server.close()).toBe(server.close());
  await server.close();
});

test('a second server on the same folder is refused in one line, the first goes on', async () => {
  const server = await start();
  const refused = await start().catch((error: Error) => error);
  expect(refused).toBeInstanceOf(Error);
  expect((refused as Error).message).toMatch(/^[^\n]+\.$/);
  expect((refused as Error).message).toContain(folder);
  expect((await fetch(`${server.url}/api/health`)).ok).toBe(true);
});

test('a list of conversations that is damaged on the disk is said before anybody asks, with what to do', async () => {
  const first = await start();
  for (const conversation of ['conversation1', 'conversation2'])
    await command(first, 'create', { conversation });
  await first.close();
  const streams = join(folder, 'engine', 'streams');
  for (const name of await readdir(streams)) {
    const bytes = await readFile(join(streams, name));
    const at = bytes.indexOf('conversation1');
    if (at >= 0) await writeFile(join(streams, name), bytes.fill(0, at, at + 5));
  }
  await expect(start()).rejects.toThrow(/The conversations cannot be read\. .*npm run bough -- doctor/);
});

test('a server that cannot listen lets go of the folder', async () => {
  await expect(start(quick, { host: '192.0.2.1' })).rejects.toThrow(/^Cannot listen on/);
  expect((await fetch(`${(await start()).url}/api/health`)).ok).toBe(true);
});

test('a port that is taken is left alone', async () => {
  const first = await start();
  const other = await mkdtemp(join(tmpdir(), 'bough-server-'));
  const second = await start(quick, { data: other, port: Number(new URL(first.url).port) });
  expect(second.url).not.toBe(first.url);
  await second.close();
  await rm(other, { recursive: true });
});

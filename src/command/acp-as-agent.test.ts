/** Bough as the agent of another Bough: a real agent process, that forks by its cursors, at its messages and at its end. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commandPath, type Message, newId, readMessages, textOf } from '../protocol/index.ts';
import { runs } from '../server/child-script.ts';
import { createLog } from '../server/log.ts';
import { type RunningServer, startServer } from '../server/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 });

let folder: string;
let server: RunningServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-in-bough-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What it is asked is kept in a file. `cursors`: whether its own come through. */
async function start(cursors: boolean): Promise<void> {
  const inner = [process.execPath, ...runs(join(import.meta.dirname, 'main.ts')), 'acp'];
  const quoted = inner.map((word) => `'${word}'`).join(' ');
  const without = cursors ? '' : ` | grep --line-buffered -v cursor_update`;
  // Agents start at home, where what runs the source is not found.
  const args = ['-c', `cd '${process.cwd()}' && tee '${join(folder, 'asked')}' | ${quoted}${without}`];
  const env = {
    ...{ BOUGH_DATA: join(folder, 'inner'), BOUGH_LOCAL_MODELS: '0', BOUGH_TITLES: '0' },
    ...{ BOUGH_DEMO_MODES: '1', BOUGH_DEMO_PAUSE: '5', BOUGH_AGENTS: '0' },
  };
  const data = join(folder, 'data');
  const settings = { host: '127.0.0.1', port: 0, demoModes: false, localModels: false, titles: false };
  server = await startServer(
    { ...settings, data, agents: true, agentRoots: [], log: 'error' },
    { log: createLog({ write: () => {} }), env: process.env },
  );
  const agent_servers = { Inner: { command: '/bin/sh', args, env } };
  await writeFile(join(data, 'agents.json'), JSON.stringify({ agent_servers }));
}

async function post(path: string, body: unknown): Promise<Record<string, string>> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Record<string, string>;
  expect([answer.status, said.detail]).toEqual([200, undefined]);
  return said;
}

/** Says something to it, and gives its reply once that has ended. */
async function say(conversation: string, text: string, parent: string | null): Promise<Message> {
  const input = { conversation, message: newId(), parent, text, reply: newId(), folder };
  const { branch } = await post(commandPath('send'), { ...input, model: { source: 'agents', id: 'Inner' } });
  return vi.waitFor(
    async () => {
      const answer = await fetch(`${server.url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
      const found = readMessages((await answer.json()) as unknown[]).find(({ id }) => id === input.reply);
      if (!found) throw new Error('It is not there yet.');
      expect(found.finish).toMatchObject({ reason: 'complete' });
      return found;
    },
    { timeout: 40_000, interval: 100 },
  );
}

interface AskedMessage {
  readonly method?: string;
  readonly params?: { readonly cursorId?: string; readonly _meta?: unknown };
}

async function forks(): Promise<readonly NonNullable<AskedMessage['params']>[]> {
  const lines = (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n');
  const asked = lines.map((line) => JSON.parse(line) as AskedMessage);
  return asked.flatMap(({ method, params }) => (method === 'session/fork' && params ? [params] : []));
}

/** What the agent keeps of the session a reply stands in: what a person said there. */
async function keptOf({ parts }: Message): Promise<readonly string[]> {
  const [standing] = parts;
  const session = standing?.kind === 'session' && 'id' in standing ? standing.id : '';
  const { conversation } = await post('/api/agents/continue', { agent: 'Inner', folder, session });
  const outline = await fetch(`${server.url}/v1/stream/c/${conversation}/outline?offset=-1`);
  const items = (await outline.json()) as { message?: { role: string; preview: string } }[];
  return items.flatMap(({ message }) => (message?.role === 'user' ? [message.preview] : []));
}

test.each([
  ['by its cursors', true, { cursorId: expect.any(String) }],
  ['at its messages', false, { _meta: { jetbrains: { air: { fork: expect.anything() } } } }],
])('a Bough goes back %s, and what was said later is not there', async (_, cursors, where) => {
  await start(cursors);
  const { conversation } = { conversation: newId() };
  await post(commandPath('create'), { conversation });
  const first = await say(conversation, 'First', null);
  expect(textOf(first.parts)).toContain("Bough's built-in demo");
  await say(conversation, 'Second', first.id);
  expect(await forks()).toEqual([]);
  const other = await say(conversation, 'Otherwise', first.id);
  expect(await forks()).toEqual([expect.objectContaining(where)]);
  expect(await keptOf(other)).toEqual(['First', 'Otherwise']);
});

test('of a copied chat a Bough forks the end of the session both stand in', async () => {
  await start(false);
  const from = newId();
  await post(commandPath('create'), { conversation: from });
  const first = await say(from, 'First', null);
  const conversation = newId();
  const copied = await post(commandPath('copy'), {
    conversation,
    from: { conversation: from, message: first.id },
  });
  const there = await say(conversation, 'There', String(copied.message));
  const here = await say(from, 'Here', first.id);
  expect(await forks()).toHaveLength(1);
  expect(await keptOf(there)).toEqual(['First', 'There']);
  expect(await keptOf(here)).toEqual(['First', 'Here']);
});

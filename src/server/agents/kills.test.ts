/** What is left when Bough or an agent is killed in a turn, and of a fleet: whole servers in processes of their own. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commandPath, type Message, newId, readMessages } from '../../protocol/index.ts';
import { type ChildServer, startChild } from '../torture/child-server.ts';
import { remoteEngine } from '../torture/remote-engine.ts';
import { scripted } from './testing/scripted.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const AGENT = { source: 'agents', id: 'Scripted' };
const OPTIONS = { words: 1, pause: 1, agents: true };
let folder: string;
const running: ChildServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-kills-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.kill();
  await rm(folder, { recursive: true, force: true });
});

async function start(more: object = {}, data = join(folder, 'data')): Promise<ChildServer> {
  const server = await startChild(data, { ...OPTIONS, ...more });
  running.push(server);
  return server;
}

const configure = async (env: Record<string, string> = {}, data = join(folder, 'data')) => {
  // One with an engine elsewhere has made none yet.
  await mkdir(data, { recursive: true });
  const { command, args, name } = scripted();
  const kept = { SCRIPT_STORE: join(folder, 'sessions.json'), SCRIPT_PID: join(folder, 'pid') };
  const agent_servers = { [name]: { command, args, env: { ...kept, ...env } } };
  await writeFile(join(data, 'agents.json'), JSON.stringify({ agent_servers }));
};

async function post({ url }: ChildServer, path: string, body: unknown) {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

interface Asked {
  readonly conversation: string;
  readonly reply: string;
  readonly branch: string;
}

async function send(server: ChildServer, text: string, after?: Asked): Promise<Asked> {
  const conversation = after?.conversation ?? newId();
  if (!after) await post(server, commandPath('create'), { conversation });
  const input = { conversation, message: newId(), parent: after?.reply ?? null, text, reply: newId() };
  const { body } = await post(server, commandPath('send'), { ...input, model: AGENT, folder });
  expect(body).toMatchObject({ branch: expect.any(String) });
  return { conversation, reply: input.reply, branch: String(body.branch) };
}

const logOf = ({ url }: ChildServer, { conversation, reply }: Asked): Promise<string> =>
  fetch(`${url}/v1/stream/c/${conversation}/g/${reply}?offset=-1`).then((answer) => answer.text());

const logHas = (server: ChildServer, asked: Asked, words: string) =>
  vi.waitFor(async () => expect(await logOf(server, asked)).toContain(words), {
    timeout: 30_000,
    interval: 50,
  });

function settled({ url }: ChildServer, { conversation, reply, branch }: Asked): Promise<Message> {
  return vi.waitFor(
    async () => {
      const answer = await fetch(`${url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
      const found = readMessages((await answer.json()) as unknown[]).find(({ id }) => id === reply);
      if (!found) throw new Error('It is not there yet.');
      return found;
    },
    { timeout: 40_000, interval: 100 },
  );
}

const textIn = ({ parts }: Message): string =>
  parts.map((part) => (part.kind === 'text' && 'text' in part ? part.text : '')).join('');
const pid = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'));
const lives = (process_: number): boolean => existsSync(`/proc/${process_}`) || canSignal(process_);
function canSignal(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch {
    return false;
  }
}
const isGone = (process_: number) =>
  vi.waitFor(() => expect(lives(process_)).toBe(false), { timeout: 15_000, interval: 100 });

/** Its log says where it stands before the agent hears what it is asked. */
const isHeard = (words: string) =>
  vi.waitFor(async () => expect(await readFile(join(folder, 'sessions.json'), 'utf8')).toContain(words), {
    timeout: 30_000,
    interval: 50,
  });

/** What a turn does when something is killed, and what its log says by then. */
const POINTS = [
  ['while it thinks', 'deaf', '"session"'],
  ['while it speaks', 'slow', 'One moment.'],
  ['while it asks', 'permission', '"question"'],
] as const;

test.each(POINTS)(
  'Bough killed %s leaves no agent behind, and the session goes on',
  async (_, words, point) => {
    const server = await start();
    await configure({ SCRIPT_DEAF: '1' });
    const first = await send(server, 'hello');
    await settled(server, first);
    const cut = await send(server, words, first);
    await logHas(server, cut, point);
    await isHeard(`"${words}"`);
    const agent = await pid();
    expect(lives(agent)).toBe(true);
    await server.kill();
    await isGone(agent);
    const again = await start();
    const message = await settled(again, cut);
    expect(message.finish?.reason).toBe('interrupted');
    const next = await settled(again, await send(again, 'recall', cut));
    expect(textIn(next)).toBe(`You asked: hello / ${words} / recall`);
  },
);

test.each(POINTS)(
  'an agent killed %s fails the reply, and the next message starts it anew',
  async (_, words, point) => {
    const server = await start();
    await configure();
    const first = await send(server, 'hello');
    await settled(server, first);
    const cut = await send(server, words, first);
    await logHas(server, cut, point);
    await isHeard(`"${words}"`);
    process.kill(await pid(), 'SIGKILL');
    const message = await settled(server, cut);
    expect(message.finish).toMatchObject({ reason: 'failed', failure: { code: 'agent-ended' } });
    expect(message.finish?.failure?.sentence).toContain('SIGKILL');
    const next = await settled(server, await send(server, 'recall', cut));
    expect(textIn(next)).toBe(`You asked: hello / ${words} / recall`);
  },
);

test('an agent that takes no end for one is ended with Bough', async () => {
  const server = await start();
  await configure({ SCRIPT_DEAF: '1' });
  await settled(server, await send(server, 'hello'));
  const agent = await pid();
  process.kill(server.pid, 'SIGTERM');
  await isGone(agent);
});

test('what an agent asks at one server is answered at another', async () => {
  const engine = await remoteEngine('agents');
  try {
    const streams = engine.url;
    const one = await start({ streams }, join(folder, 'one'));
    const other = await start({ streams }, join(folder, 'other'));
    await configure({}, join(folder, 'one'));
    const asked = await send(one, 'permission');
    await logHas(other, asked, '"question"');
    const { conversation, reply } = asked;
    const answer = { conversation, reply, question: 'q1', option: 'o1' };
    expect((await post(other, commandPath('answer'), answer)).status).toBe(200);
    expect(textIn(await settled(other, asked))).toBe('You said always.');
    const form = await send(one, 'form', asked);
    await logHas(other, form, '"question"');
    const values = { name: 'Oak', channel: 'beta', systems: ['mac'] };
    const filled = { conversation, reply: form.reply, question: 'q1', option: 'send', values };
    expect((await post(other, commandPath('answer'), filled)).status).toBe(200);
    expect(textIn(await settled(other, form))).toContain('"name":"Oak"');
  } finally {
    for (const server of running.splice(0)) await server.kill();
    await engine.stop();
  }
});

test('what is chosen at one server holds at once in a turn at another', async () => {
  const engine = await remoteEngine('agents-choices');
  try {
    const streams = engine.url;
    const one = await start({ streams }, join(folder, 'one'));
    const other = await start({ streams }, join(folder, 'other'));
    await configure({ SCRIPT_OFFERS: 'options' }, join(folder, 'one'));
    const first = await send(one, 'hello');
    await settled(one, first);
    const { conversation } = first;
    const choose = (option: string, value: string) =>
      post(other, '/api/agents/choose', { conversation, agent: 'Scripted', option, value });
    expect((await choose('mode', 'plan')).status).toBe(200);
    const next = await send(one, 'heed', first);
    await logHas(other, next, '"session"');
    expect((await choose('model', 'small')).status).toBe(200);
    expect(textIn(await settled(other, next))).toBe('It stands so now: plan, small, low, false');
  } finally {
    for (const server of running.splice(0)) await server.kill();
    await engine.stop();
  }
});

/** Agents as Bough runs them: the whole server, and an agent on the official SDK in a process of its own. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type CommandInput,
  commandPath,
  type Message,
  newId,
  type Part,
  readMessages,
  type SessionPart,
} from '../../protocol/index.ts';
import { foldOffers, noOffers, optionsNow, readOffers } from '../../protocol/streams/offers.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import type { ServerSettings } from '../settings.ts';
import { scripted } from './testing/scripted.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let server: RunningServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-agents-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(
  env: Record<string, string> = {},
  settings: Partial<ServerSettings> = {},
): Promise<void> {
  await again(settings);
  await configure(env);
}

async function configure(env: Record<string, string>): Promise<void> {
  const { command, args, name } = scripted();
  const store = { SCRIPT_STORE: join(folder, 'sessions.json') };
  const agent_servers = { [name]: { command, args, env: { ...store, ...env } } };
  await writeFile(join(folder, 'data', 'agents.json'), JSON.stringify({ agent_servers }));
}

async function again(settings: Partial<ServerSettings> = {}): Promise<void> {
  await server?.close();
  server = await startServer(
    {
      ...{
        host: '127.0.0.1',
        port: 0,
        data: join(folder, 'data'),
        demoModes: false,
        localModels: false,
        titles: false,
      },
      ...{ agents: true, agentRoots: [], log: 'error' },
      ...settings,
    },
    { log: createLog({ write: () => {} }), env: { PATH: '/nowhere', HOME: folder, SECRET: 'kept' } },
  );
}

const AGENT = { source: 'agents', id: 'Scripted' };

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${server?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** A `send` that asks for one reply. */
type SendOfOne = Omit<CommandInput<'send'>, 'reply'> & { readonly reply: string };

interface Asked {
  readonly conversation: string;
  readonly reply: string;
  readonly branch: string;
}

const refused = async (input: Partial<SendOfOne> & { text: string }) => {
  const whole = sendOf(input);
  await post(commandPath('create'), { conversation: whole.conversation });
  const { status, body } = await post(commandPath('send'), whole);
  return { status, code: body.code, detail: body.detail };
};

function sendOf({ branch: _, ...input }: Partial<SendOfOne & Asked> & { text: string }) {
  const made = {
    conversation: newId(),
    message: newId(),
    parent: null,
    reply: newId(),
    model: AGENT,
    folder,
  };
  return { ...made, ...input };
}

async function send(input: Partial<SendOfOne> & { text: string }): Promise<Asked> {
  const whole = sendOf(input);
  await post(commandPath('create'), { conversation: whole.conversation });
  const { status, body } = await post(commandPath('send'), whole);
  expect(body).toMatchObject({ branch: expect.any(String) });
  expect(status).toBe(200);
  return { conversation: whole.conversation, reply: whole.reply, branch: String(body.branch) };
}

/** The message of a reply once it has ended. */
async function reply({ conversation, reply: id, branch }: Asked): Promise<Message> {
  return vi.waitFor(
    async () => {
      const answer = await fetch(`${server?.url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
      const found = readMessages((await answer.json()) as unknown[]).find((message) => message.id === id);
      if (!found) throw new Error('It is not there yet.');
      return found;
    },
    { timeout: 30_000, interval: 50 },
  );
}

const said = async (input: Partial<SendOfOne> & { text: string }) => reply(await send(input));
const textIn = ({ parts }: Message): string =>
  parts.map((part) => ('text' in part && part.kind === 'text' ? part.text : '')).join('');
const of = <K extends Part['kind']>({ parts }: Message, kind: K) =>
  parts.filter((part) => part.kind === kind);

test('an agent answers in its folder, and its reply says where it stands', async () => {
  await start();
  const message = await said({ text: 'hello there' });
  expect(textIn(message)).toBe('You said: hello there');
  expect(message).toMatchObject({
    author: { kind: 'model', model: AGENT, name: 'Scripted' },
    finish: { reason: 'complete' },
    usage: { input: 12, output: 3 },
    folder,
  });
  expect(of(message, 'session')).toMatchObject([
    { agent: 'Scripted', version: '1.2.3', turn: 1, mark: expect.any(String) },
  ]);
});

test('the next message goes on in the same session, over a restart too', async () => {
  await start();
  const first = await send({ text: 'first' });
  await reply(first);
  const second = await send({ ...first, text: 'second', parent: first.reply, reply: newId() });
  await reply(second);
  await again();
  const third = await said({ ...first, text: 'recall', parent: second.reply, reply: newId() });
  expect(textIn(third)).toBe('You asked: first / second / recall');
});

test('everything it says is a part', async () => {
  await start();
  const asked = await send({ text: 'work' });
  const { conversation } = asked;
  const message = await reply(asked);
  expect(of(message, 'plan')).toEqual([
    {
      kind: 'plan',
      steps: [
        { text: 'Read the notes', state: 'completed' },
        { text: 'Write the answer', state: 'completed' },
      ],
    },
  ]);
  const [read, edit] = of(message, 'call');
  expect(read).toMatchObject({
    ...{
      title: 'Read notes.txt',
      sort: 'read',
      states: 'pending in_progress completed',
      text: 'three red lines',
    },
    files: [{ path: join(folder, 'notes.txt'), line: 3 }],
  });
  expect(edit).toMatchObject({ title: 'Edit notes.txt', states: 'completed' });
  expect(await outlineOf({ conversation })).toContain('"changed":["notes.txt","new.txt"]');
  expect(of(message, 'diff')).toMatchObject([
    { path: 'notes.txt', before: 'one\ntwo\nthree\n', after: 'one\n2\nthree\n' },
    { path: 'new.txt', before: null },
  ]);
  expect(of(message, 'notice')).toMatchObject([
    { text: '12,000 of 200,000 tokens · $0.12' },
    { text: 'Nearly full', warns: true },
  ]);
  expect(of(message, 'data')).toMatchObject([
    { name: 'Update of the agent: from_the_future', value: { more: 'than is known' } },
  ]);
});

test('a permission waits for its answer, with the command in full', async () => {
  await start();
  const asked = await send({ text: 'permission' });
  const { conversation } = asked;
  const input = { conversation, reply: asked.reply, question: 'q1', option: 'o0' };
  await vi.waitFor(async () => expect((await post(commandPath('answer'), input)).status).toBe(200), 20_000);
  const message = await reply(asked);
  expect(of(message, 'question')).toMatchObject([
    { asks: 'permission', title: 'Run npm test', detail: 'npm test -- --all', answer: { option: 'o0' } },
  ]);
  expect(textIn(message)).toBe('You said yes.');
});

test('Stop answers what is asked with cancelled, and hears the end of the turn', async () => {
  await start();
  const asking = await send({ text: 'permission' });
  const log = () =>
    fetch(`${server?.url}/v1/stream/c/${asking.conversation}/g/${asking.reply}?offset=-1`).then((r) =>
      r.text(),
    );
  await vi.waitFor(async () => expect(await log()).toContain('"question"'), 20_000);
  await post(commandPath('stop'), { conversation: asking.conversation, reply: asking.reply });
  const first = await reply(asking);
  expect([textIn(first), first.finish?.reason]).toEqual(['You said cancelled.', 'stopped']);
  const slow = await send({ text: 'slow' });
  const words = () =>
    fetch(`${server?.url}/v1/stream/c/${slow.conversation}/g/${slow.reply}?offset=-1`).then((r) => r.text());
  await vi.waitFor(async () => expect(await words()).toContain('One moment.'), 20_000);
  await post(commandPath('stop'), { conversation: slow.conversation, reply: slow.reply });
  expect(textIn(await reply(slow))).toBe('One moment. Stopped, and cleaned up.');
});

test('what is no message does no harm, a crash says the last lines, and the next prompt starts it anew', async () => {
  await start();
  const first = await send({ text: 'garbage' });
  expect(textIn(await reply(first))).toBe('Still here.');
  const down = await send({ ...first, text: 'crash', parent: first.reply, reply: newId() });
  const crashed = await reply(down);
  expect(crashed.finish).toMatchObject({ reason: 'failed', failure: { code: 'agent-ended' } });
  expect(crashed.finish?.failure?.sentence).toContain('Scripted ended with code 3. The last it printed: “');
  expect(crashed.finish?.failure?.sentence).toContain('out of memory, really”. Ask again');
  const next = await said({ ...first, text: 'recall', parent: down.reply, reply: newId() });
  expect(textIn(next)).toBe('You asked: garbage / crash / recall');
});

test('what an agent did not hear, or did not keep, before it was gone is told it with the next message', async () => {
  await start();
  const first = await send({ text: 'hello' });
  await reply(first);
  const down = await send({ ...first, text: 'unheard', parent: first.reply, reply: newId() });
  expect((await reply(down)).finish).toMatchObject({ failure: { code: 'agent-ended' } });
  const next = await said({ ...first, text: 'and this', parent: down.reply, reply: newId() });
  expect(textIn(next)).toBe('You said: unheard\nand this');
  const after = await said({ ...first, text: 'recall', parent: next.id, reply: newId() });
  expect(textIn(after)).toBe('You asked: hello / and this / recall');
});

test('an agent that wants a sign-in asks for it', async () => {
  await start({ SCRIPT_SIGN_IN: '1' });
  const asked = await send({ text: 'hello' });
  const { conversation } = asked;
  const input = { conversation, reply: asked.reply, question: 'q1', option: 'o0' };
  await vi.waitFor(async () => expect((await post(commandPath('answer'), input)).status).toBe(200), 20_000);
  const message = await reply(asked);
  expect(of(message, 'question')).toMatchObject([
    { title: 'Scripted wants you to sign in', options: [{ name: 'Use my key' }, { name: 'Not now' }] },
  ]);
  expect(textIn(message)).toBe('You said: hello');
});

test('ten thousand updates at once are a few items', async () => {
  await start();
  const message = await said({ text: 'burst 10000' });
  expect(textIn(message)).toBe('10000 updates.');
  expect(of(message, 'call')).toHaveLength(20);
});

test('an agent that answers a load before it has replayed goes on where it stands, and is continued whole', async () => {
  await start({ SCRIPT_LATE: '1' });
  const first = await send({ text: 'first' });
  await reply(first);
  const second = { ...first, parent: first.reply, reply: newId(), text: 'second' };
  await reply(await send(second));
  await again();
  const third = await said({ ...second, parent: second.reply, reply: newId(), text: 'recall' });
  expect(textIn(third)).toBe('You asked: first / second / recall');
  await again();
  const { sessions } = (await post('/api/agents/sessions', { ...ofSessions, folder })).body as {
    sessions: { id: string }[];
  };
  const { body } = await post('/api/agents/continue', { ...ofSessions, folder, session: sessions[0]?.id });
  expect(await messagesOf(String(body.conversation))).toHaveLength(6);
});

test('a folder is needed, has to be there, and stays once an agent has answered', async () => {
  await start();
  expect(await refused({ text: 'a', folder: null })).toMatchObject({ status: 422, code: 'no-folder' });
  expect(await refused({ text: 'a', folder: join(folder, 'none') })).toMatchObject({
    status: 422,
    code: 'no-folder',
  });
  const first = await send({ text: 'a' });
  await reply(first);
  const other = await refused({ ...first, text: 'b', parent: first.reply, reply: newId(), folder: tmpdir() });
  expect(other).toMatchObject({ status: 409, code: 'folder-fixed' });
});

test('agents are given what their entry says and little of the environment of Bough', async () => {
  await start({ KEY: 'of the entry' });
  const given = textIn(await said({ text: 'env' })).split(' ');
  expect(given).toEqual(expect.arrayContaining(['PATH', 'HOME', 'KEY']));
  expect(given).not.toContain('SECRET');
});

test('agents work under the listed roots only, whatever links lead there, and nowhere where they are off', async () => {
  const [allowed, beside] = [join(folder, 'allowed'), join(folder, 'allowed-not')];
  await mkdir(join(allowed, 'project'), { recursive: true });
  await mkdir(beside);
  await symlink(beside, join(allowed, 'out'));
  await symlink(allowed, join(folder, 'in'));
  await start({}, { agentRoots: [allowed] });
  for (const path of [folder, beside, join(allowed, 'out'), join(allowed, '..'), `${allowed}/../allowed-not`])
    expect([path, await refused({ text: 'a', folder: path })]).toMatchObject([
      path,
      { status: 422, code: 'no-folder' },
    ]);
  const within = await said({ text: 'a', folder: join(folder, 'in', 'project') });
  expect(within.folder).toBe(await realpath(join(allowed, 'project')));
  await again({ agents: false });
  expect(await refused({ text: 'a' })).toMatchObject({ status: 422, code: 'unknown-model' });
  expect((await post('/api/agents/test', scripted())).status).toBe(422);
});

test('no agent is started by looking: lists, a chat with one that is opened, what it offers, its files', async () => {
  const pid = join(folder, 'pid');
  await start({ SCRIPT_PID: pid, SCRIPT_OFFERS: 'options' });
  const first = await send({ text: 'first' });
  await reply(first);
  await again();
  await rm(pid);
  const { conversation } = first;
  for (const path of ['/api/models', `/?c=${conversation}`])
    expect((await fetch(`${server?.url}${path}`)).status).toBeLessThan(500);
  for (const stream of ['outline', 'offers', `b/${first.branch}`]) {
    const read = await fetch(`${server?.url}/v1/stream/c/${conversation}/${stream}?offset=-1`);
    expect([stream, read.status]).toEqual([stream, 200]);
  }
  await post('/api/agents/files', { folder, query: '' });
  expect((await choose(first, 'mode', 'plan')).status).toBe(200);
  expect(existsSync(pid)).toBe(false);
  await said({ ...first, text: 'second', parent: first.reply, reply: newId() });
  expect(existsSync(pid)).toBe(true);
});

test('an aside is asked in a session of its own, forked where it begins, and the conversation goes on without it', async () => {
  await start({ SCRIPT_FORKS: 'message' });
  const first = await send({ text: 'first' });
  await reply(first);
  const { conversation } = first;
  const second = await send({ conversation, parent: first.reply, text: 'second' });
  await reply(second);
  const aside = await send({ conversation, parent: first.reply, text: 'recall', origin: 'aside' });
  expect(textIn(await reply(aside))).toContain('You asked: first / recall');
  const third = await send({ conversation, parent: second.reply, text: 'recall' });
  expect(textIn(await reply(third))).toContain('You asked: first / second / recall');
});

test('an agent that does not end a turn it was told to is ended, with its process', async () => {
  const pid = join(folder, 'pid');
  await start({ SCRIPT_PID: pid });
  const asked = await send({ text: 'deaf' });
  const { conversation, reply: id } = asked;
  await vi.waitFor(async () => expect(await logOf(asked)).toContain('I hear nobody'), 20_000);
  const agent = Number(await readFile(pid, 'utf8'));
  await post(commandPath('stop'), { conversation, reply: id });
  const message = await reply(asked);
  expect([message.finish?.reason, textIn(message)]).toEqual(['stopped', 'I hear nobody.']);
  await vi.waitFor(() => expect(() => process.kill(agent, 0)).toThrow('ESRCH'), 10_000);
});

test('one is tested, added in the form editors read, listed, and taken away', async () => {
  await start();
  const plain = { ...scripted({ KEY: 'secret' }), name: 'Another' };
  const spec = { ...plain, args: [...plain.args, '--key=secret'] };
  expect((await post('/api/agents/test', spec)).body).toMatchObject({ ok: true, version: '1.2.3' });
  expect((await post('/api/agents/test', { ...spec, command: '/no/such' })).body).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('there is no command'),
  });
  expect((await post('/api/agents/add', spec)).status).toBe(200);
  const kept = JSON.parse(await readFile(join(folder, 'data', 'agents.json'), 'utf8'));
  // Keys stand in it.
  expect((await stat(join(folder, 'data', 'agents.json'))).mode & 0o777).toBe(0o600);
  expect(kept.agent_servers.Another).toEqual({ command: spec.command, args: spec.args, env: spec.env });
  const list = await (await fetch(`${server?.url}/api/models`)).text();
  expect(list).toContain('"Another"');
  expect(list).not.toContain('secret');
  await post('/api/agents/remove', { name: 'Another' });
  expect(
    Object.keys(JSON.parse(await readFile(join(folder, 'data', 'agents.json'), 'utf8')).agent_servers),
  ).toEqual(['Scripted']);
});

test.each([
  ['does not start', '/no/such/agent', {}],
  ['answers with an error', undefined, { SCRIPT_STORE: '/no/such/folder/sessions.json' }],
])('an agent that %s is one failure for whoever asks it something', async (_, command, env) => {
  await start(env);
  if (command) {
    const agent_servers = { Scripted: { command, args: [], env: {} } };
    await writeFile(join(folder, 'data', 'agents.json'), JSON.stringify({ agent_servers }));
  }
  const { status, body } = await post('/api/agents/offers', { agent: 'Scripted', folder });
  expect({ status, code: body.code, detail: body.detail }).toEqual({
    ...{ status: 502, code: 'agent-failed' },
    detail: expect.stringMatching(/^Scripted .*\.$/),
  });
});

const outlineOf = ({ conversation }: Pick<Asked, 'conversation'>): Promise<string> =>
  fetch(`${server?.url}/v1/stream/c/${conversation}/outline?offset=-1`).then((answer) => answer.text());

/** first → second, and the message after the first that asks what the agent remembers. */
async function goBack(more: object = {}, [one, two] = ['first', 'second']) {
  const first = await send({ text: one as string });
  await reply(first);
  await reply(await send({ ...first, text: two as string, parent: first.reply, reply: newId() }));
  const back = { ...first, text: 'recall', parent: first.reply, reply: newId(), ...more };
  return { first, back };
}

test.each(['message', 'cursor'])(
  'an agent that forks by %s goes on from an earlier message, over a restart too',
  async (forks) => {
    await start({ SCRIPT_FORKS: forks });
    const { back } = await goBack();
    const there = await said(back);
    expect(textIn(there)).toBe('You asked: first / recall');
    await again();
    expect(textIn(await said({ ...back, reply: newId() }))).toBe('You asked: first / recall');
  },
);

test('one that was configured otherwise meanwhile ends with Bough as the new one does', async () => {
  const pids = [join(folder, 'pid-old'), join(folder, 'pid-new')];
  for (const file of pids) {
    if (server) await configure({ SCRIPT_PID: file });
    else await start({ SCRIPT_PID: file });
    await said({ text: 'hello' });
  }
  const agents = await Promise.all(pids.map(async (file) => Number(await readFile(file, 'utf8'))));
  expect(new Set(agents).size).toBe(2);
  await server?.close();
  for (const agent of agents) expect(() => process.kill(agent, 0)).toThrow('ESRCH');
});

test('a fork that does not end where it was asked to is refused, and nothing else is tried', async () => {
  await start({ SCRIPT_FORKS: 'liar' });
  // The same words twice: where it stands is not told by them alone.
  const { back } = await goBack({}, ['think', 'think']);
  await send(back);
  await vi.waitFor(async () => expect(await outlineOf(back)).toContain('cannot go back to here'), 20_000);
  const kept = await readFile(join(folder, 'sessions.json'), 'utf8');
  expect(kept).not.toContain('recall');
  const anew = await said({ ...back, message: newId(), reply: newId(), anew: true });
  expect(textIn(anew)).toBe('You asked: recall');
});

test.each(['none', 'head'])(
  'an agent that forks %s is refused before anything is written, or begins anew as asked',
  async (forks) => {
    await start({ SCRIPT_FORKS: forks });
    const { back } = await goBack();
    expect(await refused(back)).toMatchObject({ status: 409, code: 'cannot-go-back' });
    const anew = await said({ ...back, anew: true });
    expect(anew.anew).toBe(true);
    expect(of(anew, 'notice')).toMatchObject([{ text: expect.stringContaining('as text') }]);
    expect(textIn(anew)).toBe('You asked: recall');
  },
);

test('of several replies at once each agent needs a way of its own, and keeps its folder', async () => {
  await start({ SCRIPT_FORKS: 'none' });
  const first = await send({ text: 'first' });
  await reply(first);
  const { conversation } = first;
  const ask = (name: 'send' | 'regenerate', input: object) => {
    const replies = [newId(), newId()].map((id) => ({ id, model: AGENT }));
    const answer = post(commandPath(name), { conversation, ...input, replies });
    return { ids: replies.map(({ id }) => id), answer };
  };
  const next = { message: newId(), parent: first.reply, text: 'recall' };
  const refused = ask('send', next);
  expect((await refused.answer).body).toMatchObject({ code: 'cannot-go-back', facts: { reply: 1 } });
  expect(await outlineOf(first)).not.toContain(next.message);

  await post(commandPath('settings'), { conversation, anew: true });
  const sent = ask('send', next);
  const { branch } = (await sent.answer).body;
  const [goesOn = '', anew = ''] = sent.ids;
  const [one, two] = [
    await reply({ conversation, reply: goesOn, branch: String(branch) }),
    await reply({ conversation, reply: anew, branch: anew }),
  ];
  expect([one, two].map(textIn)).toEqual(['You asked: first / recall', 'You asked: recall']);
  expect([one.anew, two.anew]).toEqual([undefined, true]);

  const again = ask('regenerate', { parent: next.message, anew: true });
  expect((await again.answer).status).toBe(200);
  for (const id of again.ids) {
    const message = await reply({ conversation, reply: id, branch: id });
    expect([textIn(message), message.anew, message.folder]).toEqual(['You asked: recall', true, one.folder]);
  }
});

test('a copy of a chat forks the end of the session it shares; without forks it is refused', async () => {
  await start({ SCRIPT_FORKS: 'head' });
  const first = await send({ text: 'first' });
  await reply(first);
  const conversation = newId();
  const copied = await post(commandPath('copy'), {
    conversation,
    from: { conversation: first.conversation, message: first.reply },
  });
  const parent = String(copied.body.message);
  expect(textIn(await said({ conversation, parent, text: 'recall' }))).toBe('You asked: first / recall');
  const original = await said({ ...first, parent: first.reply, reply: newId(), text: 'recall' });
  expect(textIn(original)).toBe('You asked: first / recall');
});

test.each(['0', '1'])('what was said in a session elsewhere is noticed, late or not: %s', async (late) => {
  await start({ SCRIPT_LATE: late });
  const first = await send({ text: 'first' });
  await reply(first);
  await server?.close();
  const path = join(folder, 'sessions.json');
  const sessions = JSON.parse(await readFile(path, 'utf8'));
  sessions[0][1].turns.push({ id: 'elsewhere', asked: 'more', said: 'Said elsewhere.' });
  await writeFile(path, JSON.stringify(sessions));
  await again();
  const next = await send({ ...first, parent: first.reply, reply: newId(), text: 'recall' });
  await vi.waitFor(async () => expect(await outlineOf(next)).toContain('cannot go back to here'), 20_000);
});

const offersOf = async ({ conversation }: Pick<Asked, 'conversation'>) => {
  const answer = await fetch(`${server?.url}/v1/stream/c/${conversation}/offers?offset=-1`);
  return foldOffers(noOffers, readOffers((await answer.json()) as unknown[])).get('Scripted');
};
const standing = async (asked: Pick<Asked, 'conversation'>) => {
  const offer = await offersOf(asked);
  return offer && Object.fromEntries(optionsNow(offer).map(({ id, value }) => [id, value]));
};
const choose = ({ conversation }: Pick<Asked, 'conversation'>, option: string, value: string | boolean) =>
  post('/api/agents/choose', { conversation, agent: 'Scripted', option, value });

test('what an agent offers is said beside the chat: options of every kind, and its commands', async () => {
  await start({ SCRIPT_OFFERS: 'options' });
  const first = await send({ text: 'options' });
  expect(textIn(await reply(first))).toBe('It stands so: ask, large, high, false');
  await vi.waitFor(async () => expect((await offersOf(first))?.commands).toHaveLength(2), 5_000);
  const offer = await offersOf(first);
  expect(offer?.options).toMatchObject([
    { id: 'mode', sort: 'mode', choices: [{ value: 'ask', about: 'Asks before every tool' }, {}, {}] },
    { id: 'model', sort: 'model', choices: [{ group: 'Own' }, { group: 'Own' }, { group: 'Other' }] },
    { id: 'thought', sort: 'thought_level' },
    { id: 'web', value: false },
  ]);
  expect(offer?.commands).toEqual([
    { name: 'review', about: 'Reviews the changes', hint: 'what to look at' },
    { name: 'init', about: 'Writes a file of instructions' },
  ]);
});

test('a choice holds at once, in new sessions, and over a restart; one that is refused is taken back', async () => {
  await start({ SCRIPT_OFFERS: 'options', SCRIPT_FORKS: 'none' });
  const first = await send({ text: 'hello' });
  await reply(first);
  expect((await choose(first, 'model', 'small')).status).toBe(200);
  // The agent answered with all of them: a small model does not think for long.
  expect(await standing(first)).toMatchObject({ mode: 'ask', model: 'small', thought: 'low' });
  await choose(first, 'mode', 'plan');
  await choose(first, 'web', true);
  const refused = await choose(first, 'model', 'broken');
  expect(refused).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('That model is away') },
  });
  expect(await standing(first)).toMatchObject({ mode: 'plan', model: 'small', thought: 'low', web: true });
  expect((await choose(first, 'model', 'gone')).status).toBe(422);
  expect((await choose(first, 'web', 'yes')).status).toBe(422);
  const anew = { ...first, parent: null, message: newId(), reply: newId(), text: 'options', anew: true };
  expect(textIn(await said(anew))).toBe('It stands so: plan, small, low, true');
  await again();
  await choose(first, 'mode', 'code');
  const next = { ...first, parent: first.reply, reply: newId(), text: 'options' };
  expect(textIn(await said(next))).toBe('It stands so: code, small, low, true');
});

test('an agent of before config options is set by its modes and models', async () => {
  await start({ SCRIPT_OFFERS: 'modes' });
  const first = await send({ text: 'hello' });
  await reply(first);
  expect(await standing(first)).toEqual({ 'session-modes': 'ask', 'session-models': 'large' });
  expect((await choose(first, 'session-models', 'small')).status).toBe(200);
  expect((await choose(first, 'session-models', 'none of them')).status).toBe(422);
  await again();
  const next = await said({ ...first, parent: first.reply, reply: newId(), text: 'options' });
  expect(textIn(next)).toContain('ask, small');
});

test('what can be chosen is known before an agent is asked, holds from the first word, and its session is the one that was opened', async () => {
  const pid = join(folder, 'pid');
  await start({ SCRIPT_OFFERS: 'options', SCRIPT_PID: pid });
  expect((await post('/api/agents/offers', { agent: 'Nobody', folder })).status).toBe(422);
  expect((await post('/api/agents/offers', { agent: 'Scripted', folder: '/not/there' })).status).toBe(422);
  const { status, body } = await post('/api/agents/offers', { agent: 'Scripted', folder });
  expect(status).toBe(200);
  expect(body.options).toMatchObject([{ id: 'mode' }, { id: 'model' }, { id: 'thought' }, { id: 'web' }]);
  expect(body.commands).toMatchObject([{ name: 'review' }, { name: 'init' }]);
  const chosen = (option: string, value: string | boolean) => ({ agent: 'Scripted', option, value });
  const choices = [chosen('mode', 'plan'), chosen('web', true), chosen('model', 'broken')];
  const first = await send({ text: 'options', choices });
  const answer = await reply(first);
  expect(textIn(answer)).toBe('It stands so: plan, large, high, true');
  expect(of(answer, 'notice')).toMatchObject([
    { text: expect.stringContaining('did not take'), warns: true },
  ]);
  expect(await standing(first)).toMatchObject({ mode: 'plan', model: 'large', web: true });
  const [, prompted] = String((of(answer, 'session')[0] as SessionPart).id).match(/-(\d+)$/) ?? [];
  expect(prompted).toBe('1');
  expect(textIn(await said({ text: 'options' }))).toBe('It stands so: ask, large, high, false');
});

test.each(['options', 'modes'])(
  'an agent with %s that goes over to another mode by itself stays there',
  async (offers) => {
    await start({ SCRIPT_OFFERS: offers });
    const first = await send({ text: 'hello' });
    await reply(first);
    const mode = offers === 'modes' ? 'session-modes' : 'mode';
    await choose(first, mode, 'plan');
    const second = await send({ ...first, parent: first.reply, reply: newId(), text: 'switch code' });
    await reply(second);
    await vi.waitFor(async () => expect(await standing(first)).toMatchObject({ [mode]: 'code' }), 5_000);
    const third = await said({ ...first, parent: second.reply, reply: newId(), text: 'options' });
    expect(textIn(third)).toContain('code, large');
  },
);

test('what an agent does not take of a choice is said with the reply, and it goes on', async () => {
  await start({ SCRIPT_OFFERS: 'options' });
  const first = await send({ text: 'hello' });
  await reply(first);
  await server?.close();
  server = undefined;
  await again();
  // Nothing runs that could refuse it now.
  expect((await choose(first, 'model', 'broken')).status).toBe(200);
  const next = await said({ ...first, parent: first.reply, reply: newId(), text: 'options' });
  expect(textIn(next)).toBe('It stands so: ask, large, high, false');
  expect(of(next, 'notice')).toMatchObject([
    { text: expect.stringContaining('chosen for Model'), warns: true },
  ]);
  expect(await standing(first)).toMatchObject({ model: 'large' });
});

const logOf = ({ conversation, reply: id }: Asked): Promise<string> =>
  fetch(`${server?.url}/v1/stream/c/${conversation}/g/${id}?offset=-1`).then((answer) => answer.text());
const answered = async (asked: Asked, option: string, values?: object) => {
  const { conversation, reply: id } = asked;
  await vi.waitFor(async () => expect(await logOf(asked)).toContain('"question"'), 20_000);
  return post(commandPath('answer'), {
    conversation,
    reply: id,
    question: 'q1',
    option,
    ...(values && { values }),
  });
};

test('a form is asked with its fields, refused where it is not filled in right, and answered', async () => {
  await start();
  const asked = await send({ text: 'form' });
  const values = { name: 'Oak', copies: 3, public: false, channel: 'beta', systems: ['mac'] };
  const wrong = (change: object) => answered(asked, 'send', { ...values, ...change });
  for (const [change, sentence] of [
    [{ name: '' }, '“Name” is needed.'],
    [{ name: 'x'.repeat(21) }, '“Name” has at most 20 characters.'],
    [{ mail: 'nobody' }, '“Mail” is an address of mail.'],
    [{ copies: 1.5 }, '“Copies” is a whole number.'],
    [{ copies: 10 }, '“Copies” is at most 9.'],
    [{ channel: 'gamma' }, '“Channel” is one of its choices.'],
    [{ systems: [] }, '“Systems” is at least 1 of its choices.'],
    [{ other: 'x' }, 'The form has no such field.'],
  ] as const)
    expect((await wrong(change)).body).toMatchObject({ status: 400, detail: sentence });
  expect((await answered(asked, 'send', values)).status).toBe(200);
  const message = await reply(asked);
  expect(of(message, 'question')).toMatchObject([
    {
      ...{ title: 'How shall it be released?', detail: 'It takes a minute.' },
      fields: [
        { name: 'name', label: 'Name', kind: 'text', required: true, most: 20, about: 'Of the release' },
        { kind: 'text', format: 'email' },
        { kind: 'integer', least: 1, most: 9, initial: 2 },
        { kind: 'switch', initial: true },
        { kind: 'choice', choices: [{ value: 'stable', name: 'Stable' }, { value: 'beta' }] },
        { kind: 'choices', least: 1 },
      ],
      answer: { option: 'send', values },
    },
  ]);
  expect(textIn(message)).toBe(`You filled in: {"action":"accept","content":${JSON.stringify(values)}}`);
});

test('a form can be declined; Stop answers it with cancel', async () => {
  await start();
  const declined = await send({ text: 'form' });
  expect((await answered(declined, 'decline')).status).toBe(200);
  expect(textIn(await reply(declined))).toBe('You filled in: {"action":"decline"}');
  const stopped = await send({ text: 'form' });
  await vi.waitFor(async () => expect(await logOf(stopped)).toContain('"question"'), 20_000);
  await post(commandPath('stop'), { conversation: stopped.conversation, reply: stopped.reply });
  expect(textIn(await reply(stopped))).toBe('You filled in: {"action":"cancel"}');
});

test('an address is offered by its host, withdrawn once the agent is done with it, and only if it is of the web', async () => {
  await start();
  const asked = await send({ text: 'open' });
  expect((await answered(asked, 'open')).status).toBe(200);
  const message = await reply(asked);
  expect(of(message, 'question')).toMatchObject([
    {
      link: 'https://example.com/sign-in?code=1',
      options: [{ name: 'Open example.com' }, { name: 'Decline' }],
    },
  ]);
  expect(textIn(message)).toBe('You answered: {"action":"accept"}');
  const elsewhere = await said({ text: 'open https://example.com/ done' });
  expect(of(elsewhere, 'question')).toMatchObject([{ answer: { at: expect.any(Number) } }]);
  expect(JSON.stringify(elsewhere)).not.toContain('"option"');
  expect(textIn(elsewhere)).toBe('You answered: {"action":"accept"}');
  const hostile = await said({ text: 'open javascript:alert(1)' });
  expect(of(hostile, 'question')).toEqual([]);
  expect(of(hostile, 'notice')).toMatchObject([
    { text: expect.stringContaining('none of the web'), warns: true },
  ]);
  expect(textIn(hostile)).toBe('You answered: {"action":"cancel"}');
});

const ofSessions = { agent: 'Scripted' };
const sessionsIn = async (where: string) => {
  const all: { id: string; title: string }[] = [];
  for (let more: string | undefined = ''; more !== undefined; ) {
    const { body } = await post('/api/agents/sessions', {
      ...ofSessions,
      folder: where,
      ...(more && { more }),
    });
    all.push(...(body.sessions as typeof all));
    more = body.more as string | undefined;
  }
  return all;
};
const messagesOf = async (conversation: string): Promise<readonly Message[]> => {
  const outline = await outlineOf({ conversation });
  const branches = new Set(
    (JSON.parse(outline) as { kind: string; branch?: { id: string } }[]).flatMap(({ kind, branch }) =>
      kind === 'branch' && branch ? [branch.id] : [],
    ),
  );
  const read = [...branches].map(async (branch) => {
    const answer = await fetch(`${server?.url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
    return readMessages((await answer.json()) as unknown[]);
  });
  const all = new Map((await Promise.all(read)).flat().map((message) => [message.id, message]));
  return [...all.values()];
};

test('a session that was held elsewhere is listed by its folder, becomes a chat, and goes on as a tree', async () => {
  await start({ SCRIPT_FORKS: 'message', SCRIPT_OFFERS: 'options' });
  const kept = (cwd: string, words: readonly string[]) => ({
    ...{ cwd, set: { mode: 'plan', model: 'large', thought: 'high', web: false } },
    turns: words.map((asked, n) => ({ id: `m-${words[0]}-${n}`, asked, said: `Said to ${asked}.` })),
  });
  const store = join(folder, 'sessions.json');
  await writeFile(
    store,
    JSON.stringify([
      ['elsewhere', kept(tmpdir(), ['other'])],
      ['s-one', kept(folder, ['one', 'two', 'three'])],
      ['s-empty', kept(folder, [])],
    ]),
  );
  const sessions = await sessionsIn(folder);
  expect(sessions.map(({ id, title }) => [id, title])).toEqual([
    ['s-one', 'one'],
    ['s-empty', undefined],
  ]);
  const go = (session: string) => post('/api/agents/continue', { ...ofSessions, folder, session });
  expect((await go('s-empty')).body).toMatchObject({ status: 422, code: 'empty' });
  const { body } = await go('s-one');
  const conversation = String(body.conversation);
  const messages = await messagesOf(conversation);
  expect(messages.map(textIn)).toEqual([
    'one',
    'Said to one.',
    'two',
    'Said to two.',
    'three',
    'Said to three.',
  ]);
  expect(messages.flatMap((message) => of(message, 'session'))).toMatchObject([
    { id: 's-one', turn: 1, message: 'm-one-0' },
    { id: 's-one', turn: 2 },
    { id: 's-one', turn: 3, version: '1.2.3' },
  ]);
  expect(await standing({ conversation })).toMatchObject({ mode: 'plan' });
  // The same again is the same conversation, and says nothing twice.
  expect((await go('s-one')).body).toEqual({ conversation });
  expect(await messagesOf(conversation)).toHaveLength(6);

  const last = messages.at(-1)?.id ?? '';
  const there = {
    conversation,
    parent: last,
    message: newId(),
    reply: newId(),
    text: 'recall',
    folder: null,
  };
  const onward = await post(commandPath('send'), { ...there, model: AGENT });
  expect(onward.body).toMatchObject({ branch: expect.any(String) });
  const gone = await reply({ conversation, reply: there.reply, branch: String(onward.body.branch) });
  expect(textIn(gone)).toBe('You asked: one / two / three / recall');
  const back = { ...there, parent: messages[1]?.id ?? '', message: newId(), reply: newId() };
  const forked = await post(commandPath('send'), { ...back, model: AGENT });
  const other = await reply({ conversation, reply: back.reply, branch: String(forked.body.branch) });
  expect(textIn(other)).toBe('You asked: one / recall');

  // What was said in it elsewhere comes with the next time it is continued.
  await server?.close();
  server = undefined;
  const all = JSON.parse(await readFile(store, 'utf8')) as [string, ReturnType<typeof kept>][];
  all
    .find(([id]) => id === 's-one')?.[1]
    .turns.push({ id: 'm-later', asked: 'later', said: 'Said elsewhere.' });
  await writeFile(store, JSON.stringify(all));
  await again();
  expect((await go('s-one')).body).toEqual({ conversation });
  const later = (await messagesOf(conversation)).filter((message) => /later|elsewhere/.test(textIn(message)));
  expect(later.map((message) => [textIn(message), message.parent === there.reply])).toEqual([
    ['later', true],
    ['Said elsewhere.', false],
  ]);
});

test('files of the folder are offered by their names, and those a message mentions are linked', async () => {
  await start();
  await writeFile(join(folder, 'notes.txt'), 'Notes');
  const found = await post('/api/agents/files', { folder, query: 'not' });
  expect(found.body).toEqual({ files: ['notes.txt'], some: false });
  expect((await post('/api/agents/files', { folder: join(folder, 'none'), query: '' })).status).toBe(422);
  const message = await said({ text: 'look at @notes.txt and @none.txt' });
  expect(textIn(message)).toBe('You mean: notes.txt (notes.txt)');
});

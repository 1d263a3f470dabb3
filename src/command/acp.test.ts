/** `bough acp` as editors use it: a process, spoken to by the protocol's own client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type ClientConnection, client, ndJsonStream } from '@agentclientprotocol/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mp3 } from '../protocol/files/testing-audio.ts';
import { branchStream, newId, readMessages, textOf } from '../protocol/index.ts';
import { runs } from '../server/child-script.ts';
import { createLog } from '../server/log.ts';
import { type RunningServer, startServer } from '../server/server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

interface Update {
  readonly sessionUpdate: string;
  readonly messageId?: string;
  readonly content?: { readonly text?: string };
  readonly cursorId?: string;
  readonly anchor?: { readonly messageId: string; readonly position: string };
  readonly title?: string;
}

interface Permission {
  readonly toolCall: { readonly title: string };
  readonly options: readonly { readonly optionId: string; readonly name: string }[];
}

const cwd = '/tmp';
let folder: string;
const endings: (() => Promise<unknown> | unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-acp-'));
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(folder, { recursive: true });
});

class Editor {
  readonly updates: { readonly sessionId: string; readonly update: Update }[] = [];
  /** What it printed that is not of the protocol. */
  readonly strange: string[] = [];
  answers: (asked: Permission) => string | null = () => null;
  private readonly connection: ClientConnection;
  private readonly child: ChildProcess;

  constructor(env: Record<string, string> = {}) {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [...runs(join(import.meta.dirname, 'main.ts')), 'acp'], {
      env: {
        ...{ PATH, HOME, BOUGH_DATA: folder, BOUGH_LOCAL_MODELS: '0', BOUGH_TITLES: '0' },
        ...{ BOUGH_DEMO_MODES: '1', BOUGH_DEMO_PAUSE: '5', BOUGH_AGENTS: '0', ...env },
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child = child;
    const raw = (params: unknown) => params as never;
    const app = client({ name: 'Test' })
      .onRequest('session/request_permission', raw, ({ params }: { params: Permission }) => {
        const optionId = this.answers(params);
        return { outcome: optionId === null ? { outcome: 'cancelled' } : { outcome: 'selected', optionId } };
      })
      .onNotification('session/update', raw, ({ params }: { params: Editor['updates'][number] }) => {
        this.updates.push(params);
      });
    const lines = createInterface({ input: child.stdout });
    const input = new ReadableStream<Uint8Array>({
      start: (controller) => {
        lines.on('line', (line) => this.hear(line) && controller.enqueue(Buffer.from(`${line}\n`)));
        lines.on('close', () => controller.close());
      },
    });
    this.connection = app.connect(ndJsonStream(Writable.toWeb(child.stdin), input));
  }

  /** Whether it is for the SDK, which does not know cursors yet. */
  private hear(line: string): boolean {
    if (!line.startsWith('{"jsonrpc":"2.0"')) this.strange.push(line);
    if (!line.includes('"cursor_update"')) return true;
    this.updates.push(JSON.parse(line).params);
    return false;
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of a protocol that a test reads
  ask(method: string, params: object): Promise<any> {
    return this.connection.agent.request(method, params);
  }

  async cancel(sessionId: string): Promise<void> {
    await this.connection.agent.notify('session/cancel', { sessionId });
  }

  of(sessionId: string): readonly Update[] {
    return this.updates.filter((one) => one.sessionId === sessionId).map(({ update }) => update);
  }

  /** What was said in a session so far: a line for each message, "user: …". */
  said(sessionId: string): readonly string[] {
    const lines = new Map<string, string>();
    for (const { sessionUpdate, messageId = '', content } of this.of(sessionId)) {
      const [who] = /^(user|agent)(?=_message_chunk)/.exec(sessionUpdate) ?? [];
      if (who) lines.set(messageId, (lines.get(messageId) ?? `${who}: `) + (content?.text ?? ''));
    }
    return [...lines.values()];
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'close');
    this.child.stdin?.end();
    await ended;
  }
}

async function open(env: Record<string, string> = {}, cursors = false): Promise<Editor> {
  const editor = new Editor(env);
  endings.push(() => editor.end());
  const clientCapabilities = cursors ? { session: { cursors: {} } } : {};
  const { protocolVersion, agentCapabilities } = await editor.ask('initialize', {
    protocolVersion: 1,
    clientCapabilities,
  });
  expect(protocolVersion).toBe(1);
  expect(agentCapabilities).toMatchObject({ loadSession: true, sessionCapabilities: { fork: {}, list: {} } });
  return editor;
}

const say = (editor: Editor, sessionId: string, text: string) =>
  editor.ask('session/prompt', { sessionId, prompt: [{ type: 'text', text }] });

const fails = (work: Promise<unknown>) =>
  work.then(
    () => 'did not fail',
    (error: { code: number }) => error.code,
  );

test('says, is answered word by word before the answer, and is there again for the next process', async () => {
  const editor = await open();
  const { sessionId, configOptions } = await editor.ask('session/new', { cwd, mcpServers: [] });
  expect(configOptions).toMatchObject([{ id: 'model', category: 'model', currentValue: 'demo/demo' }]);
  expect(await editor.ask('session/list', { cwd })).toEqual({ sessions: [] });
  expect(await say(editor, sessionId, 'Hello from an editor')).toMatchObject({ stopReason: 'end_turn' });
  const [reply] = editor.said(sessionId);
  expect(reply).toMatch(
    /^agent: This is Bough's built-in demo.*“Hello from an editor”.*survives a reload\.$/s,
  );
  expect(editor.of(sessionId).filter(({ messageId }) => messageId).length).toBeGreaterThan(2);
  const { sessions } = await editor.ask('session/list', { cwd });
  expect(sessions).toMatchObject([{ sessionId, cwd, title: 'Hello from an editor' }]);
  expect(await editor.ask('session/list', { cwd: '/elsewhere' })).toEqual({ sessions: [] });
  await editor.end();
  expect(editor.strange).toEqual([]);

  const next = await open();
  await next.ask('session/load', { sessionId, cwd, mcpServers: [] });
  expect(next.said(sessionId)).toEqual(['user: Hello from an editor', reply]);
  const third = await next.ask('session/resume', { sessionId, cwd });
  expect(third.configOptions).toHaveLength(1);
  expect(next.said(sessionId)).toHaveLength(2);
  await say(next, sessionId, 'Again');
  expect(next.said(sessionId)).toHaveLength(3);
});

test('forks at its head, at a cursor and at a message; never where it does not know the place', async () => {
  const editor = await open({}, true);
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  await say(editor, sessionId, 'First');
  await say(editor, sessionId, 'Second');
  const cursors = editor.of(sessionId).filter(({ sessionUpdate }) => sessionUpdate === 'cursor_update');
  expect(cursors.map(({ anchor }) => anchor?.position)).toEqual(['before', 'after', 'before', 'after']);
  const [, , beforeSecond] = cursors;
  const replies = editor.of(sessionId).filter(({ sessionUpdate }) => sessionUpdate === 'agent_message_chunk');
  const air = (messageId?: string) => ({
    _meta: { jetbrains: { air: { fork: { version: 1, messageId } } } },
  });
  const fork = async (at: object) =>
    (await editor.ask('session/fork', { sessionId, cwd, ...at })).sessionId as string;
  const [head, byCursor, byMessage] = [
    await fork({}),
    await fork({ cursorId: beforeSecond?.cursorId }),
    await fork(air(replies[0]?.messageId)),
  ];
  // The source goes on first: a fork at its head must not go on with it.
  await say(editor, sessionId, 'Third');
  await Promise.all([head, byCursor, byMessage].map((one) => say(editor, one, `Fork ${one.length}`)));
  const history = async (one: string) => {
    const other = await open();
    await other.ask('session/load', { sessionId: one, cwd, mcpServers: [] });
    await other.end();
    return other.said(one).map((line) => line.slice(0, 14));
  };
  await editor.end();
  const demo = 'agent: This is';
  expect(await history(head)).toEqual([
    'user: First',
    demo,
    'user: Second',
    demo,
    expect.stringMatching(/^user: Fork/),
    demo,
  ]);
  expect(await history(byCursor)).toEqual(['user: First', demo, expect.stringMatching(/^user: Fork/), demo]);
  expect(await history(byMessage)).toEqual(['user: First', demo, expect.stringMatching(/^user: Fork/), demo]);

  const last = await open();
  const wrong = (at: object) => fails(last.ask('session/fork', { sessionId, cwd, ...at }));
  expect(await wrong({ cursorId: 'after:no-such-one' })).toBe(-32602);
  expect(await wrong({ cursorId: 7 })).toBe(-32602);
  expect(await wrong(air('no-such-message'))).toBe(-32602);
  expect(await wrong({ _meta: { jetbrains: { air: { fork: { version: 2, messageId: 'x' } } } } })).toBe(
    -32602,
  );
  expect(await fails(last.ask('session/load', { sessionId: 'no.such', cwd, mcpServers: [] }))).toBe(-32002);
});

test('cancels, chooses a model, and goes on', async () => {
  const editor = await open();
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  const value = 'demo/slow';
  const { configOptions } = await editor.ask('session/set_config_option', {
    sessionId,
    configId: 'model',
    value,
  });
  expect(configOptions).toMatchObject([{ currentValue: value }]);
  const turn = say(editor, sessionId, 'Take your time');
  await vi.waitFor(() => expect(editor.said(sessionId)).toHaveLength(1), 10_000);
  expect(await fails(say(editor, sessionId, 'At the same time'))).toBe(-32603);
  await editor.cancel(sessionId);
  expect(await turn).toMatchObject({ stopReason: 'cancelled' });
  expect(
    await fails(editor.ask('session/set_config_option', { sessionId, configId: 'model', value: 'no/such' })),
  ).toBe(-32602);
  await editor.ask('session/set_config_option', { sessionId, configId: 'model', value: 'demo/demo' });
  expect(await say(editor, sessionId, 'Quickly')).toMatchObject({ stopReason: 'end_turn' });
});

test('asks the person in the editor', async () => {
  const editor = await open();
  const asked: Permission[] = [];
  editor.answers = (question) => {
    asked.push(question);
    return question.options[0]?.optionId ?? null;
  };
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  await editor.ask('session/set_config_option', { sessionId, configId: 'model', value: 'demo/ask' });
  expect(await say(editor, sessionId, 'Ask me')).toMatchObject({ stopReason: 'end_turn' });
  expect(asked.map(({ toolCall }) => toolCall.title)).toEqual([
    'Count the words of this conversation',
    'How shall I say it?',
  ]);
  expect(editor.said(sessionId)).toEqual([expect.stringMatching(/I have to ask first\. \d+ words\.$/)]);
});

test('closes, and deletes once: the archive has it, and a fork hides alone', async () => {
  const editor = await open();
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  await say(editor, sessionId, 'One');
  const fork = await editor.ask('session/fork', { sessionId, cwd });
  await say(editor, fork.sessionId, 'Two');
  const listed = async () =>
    (await editor.ask('session/list', { cwd })).sessions.map((one: { sessionId: string }) => one.sessionId);
  expect(await listed()).toEqual([fork.sessionId, sessionId]);
  await editor.ask('session/close', { sessionId });
  expect(await fails(say(editor, sessionId, 'Closed'))).toBe(-32002);
  await editor.ask('session/delete', { sessionId: fork.sessionId });
  await editor.ask('session/delete', { sessionId: fork.sessionId });
  expect(await listed()).toEqual([sessionId]);
  await editor.ask('session/delete', { sessionId });
  await editor.ask('session/delete', { sessionId });
  expect(await listed()).toEqual([]);
  expect(await editor.ask('session/delete', { sessionId: `${newId()}.${newId()}` })).toEqual({});
});

async function startBough(): Promise<RunningServer> {
  const data = join(folder, 'bough');
  const settings = { host: '127.0.0.1', port: 0, data, demoModes: false, demoPause: 5, localModels: false };
  const server = await startServer(
    { ...settings, agents: false, agentRoots: [], titles: false, log: 'error' },
    { log: createLog({ write: () => {} }) },
  );
  endings.push(() => server.close());
  return server;
}

test('is live in a running Bough, both ways', async () => {
  const server = await startBough();
  const command = async (name: string, input: object) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${server.url}/api/commands/${name}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
    expect(response.status).toBe(200);
  };
  const editor = await open({ BOUGH_URL: server.url });
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  await say(editor, sessionId, 'From the editor');
  const [conversation = '', branch = ''] = sessionId.split('.');
  const read = async () => {
    const response = await fetch(`${server.url}/v1/stream/${branchStream(conversation, branch)}?offset=-1`);
    return readMessages((await response.json()) as unknown[]);
  };
  const messages = await read();
  expect(textOf(messages[0]?.parts ?? [])).toBe('From the editor');
  const model = { source: 'demo', id: 'demo' };
  const sent = {
    conversation,
    message: newId(),
    reply: newId(),
    parent: messages[1]?.id,
    text: 'From the browser',
    model,
  };
  await command('send', sent);
  await vi.waitFor(
    () => expect(editor.said(sessionId).at(-1)).toMatch(/^agent: .*“From the browser”.*survives a reload/s),
    10_000,
  );
  expect(editor.said(sessionId).slice(1)).toEqual(['user: From the browser', editor.said(sessionId).at(-1)]);
  await command('rename', { conversation, title: 'A name of its own' });
  await vi.waitFor(
    () => expect(editor.of(sessionId).at(-1)).toMatchObject({ title: 'A name of its own' }),
    10_000,
  );
  await say(editor, sessionId, 'And back');
  expect((await read()).map(({ parts }) => textOf(parts).slice(0, 16))).toContain('And back');
});

test('says what it needs', async () => {
  const editor = await open();
  expect(await fails(editor.ask('session/new', { cwd: 'relative', mcpServers: [] }))).toBe(-32602);
  const { sessionId } = await editor.ask('session/new', { cwd, mcpServers: [] });
  expect(await fails(editor.ask('session/prompt', { sessionId, prompt: [] }))).toBe(-32603);
  const context = { type: 'resource', resource: { uri: 'file:///a.ts', text: 'const a = 1;\n' } };
  const link = { type: 'resource_link', uri: 'file:///b.ts', name: 'b.ts' };
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const image = { type: 'image', mimeType: 'image/png', data: png };
  const audio = { type: 'audio', mimeType: 'audio/mpeg', data: Buffer.from(mp3(4)).toString('base64') };
  await editor.ask('session/prompt', {
    sessionId,
    prompt: [{ type: 'text', text: 'Look' }, context, link, image, audio],
  });
  const other = await editor.ask('session/load', { sessionId, cwd, mcpServers: [] });
  expect(other.configOptions).toHaveLength(1);
  const [said] = editor.said(sessionId).filter((line) => line.startsWith('user'));
  expect(said).toContain('user: Look\n\nfile:///a.ts:\n```\nconst a = 1;\n```\n\n[b.ts](<file:///b.ts>)');
  const links = editor
    .of(sessionId)
    .filter(({ content }) => (content as { type?: string })?.type === 'resource_link');
  expect(links).toMatchObject([
    { content: { mimeType: 'image/png' } },
    { content: { mimeType: 'audio/mpeg', name: 'audio-2.mp3' } },
  ]);
});

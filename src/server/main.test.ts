/** The process itself: what it prints, how it ends, and what a kill -9 leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { branchStream, type Message, replyStream } from '../protocol/index.ts';
import { runs } from './child-script.ts';
import { referenceServer } from './engine/remote/testing/reference.ts';
import { type Connection, connect } from './http/streams/live-testing.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

// A process starts in a second here, alone on the machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Process {
  readonly child: ChildProcess;
  readonly out: string[];
  readonly err: string[];
  readonly ended: Promise<number | string>;
}

let folder: string;
let processes: Process[];
let connections: Connection[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-main-'));
  processes = [];
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) connection.leave();
  for (const { child, ended } of processes) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true });
});

/** `ended` gives the exit code, or the signal that ended it. */
function run(env: Record<string, string> = {}): Process {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, runs(MAIN), {
    env: { PATH, HOME, BOUGH_PORT: '0', BOUGH_DATA: folder, BOUGH_DEMO_MODES: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  for (const [stream, lines] of [
    [child.stdout, out],
    [child.stderr, err],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text) => lines.push(...text.split('\n').filter(Boolean)));
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const started = { child, out, err, ended };
  processes.push(started);
  return started;
}

async function address(process: Process): Promise<string> {
  await shown(process, 2);
  const url = /http:\/\/\S+/.exec(process.out[0] ?? '')?.[0];
  if (!url) throw new Error(`no address: ${process.out.join('\n')}`);
  return url;
}

/** So many lines of what it prints. */
async function shown({ out, err, ended }: Process, lines: number): Promise<void> {
  const over = ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${err.join('\n')}`)));
  over.catch(() => {});
  while (out.length < lines) await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), over]);
}

const conversation = 'conversation1';
const REPLY = replyStream(conversation, 'reply-001');

async function ask(url: string): Promise<void> {
  const command = (name: string, input: object): Promise<Response> =>
    fetch(`${url}/api/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
  await command('create', { conversation });
  const model = { source: 'demo', id: 'slow' };
  const send = { conversation, message: 'message-1', parent: null, text: 'Hello', reply: 'reply-001', model };
  expect((await command('send', send)).status).toBe(200);
}

/** The text of the reply so far, once there is some. */
async function words(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/v1/stream/${REPLY}`);
    const items = response.ok ? ((await response.json()) as { text?: string }[]) : [];
    const text = items.map((item) => item.text ?? '').join('');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function answer(url: string): Promise<Message | undefined> {
  const response = await fetch(`${url}/v1/stream/${branchStream(conversation, 'message-1')}`);
  return ((await response.json()) as Message[])[1];
}

const textOf = (message: Message | undefined): string =>
  (message?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('');

test('killed in the middle of a reply, it ends it as interrupted with its text at the next start', async () => {
  const first = run();
  const url = await address(first);
  await ask(url);
  const before = await words(url);
  first.child.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');

  const second = await address(run());
  // Before it printed its address, so the very first read has it.
  const message = await answer(second);
  expect(message?.finish?.reason).toBe('interrupted');
  expect(textOf(message).startsWith(before)).toBe(true);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it well: bye, replies interrupted, nothing on standard output but two lines',
  async (signal) => {
    const server = run();
    const url = await address(server);
    await ask(url);
    const before = await words(url);
    const connection = await connect(url, [{ stream: REPLY, offset: '-1' }]);
    connections.push(connection);
    // Only a connection that stands can be told good-bye.
    for (let line = await connection.next(); line?.kind !== 'ready'; line = await connection.next()) {
      expect(line).toBeDefined();
    }
    server.child.kill(signal);
    // npm hands on the Ctrl+C that the terminal has sent as well.
    server.child.kill(signal);
    expect(await server.ended).toBe(0);
    let last: string | undefined;
    for (let line = await connection.next(); line; line = await connection.next()) last = line.kind;
    expect(last).toBe('bye');
    expect(server.out).toEqual([`Bough runs at ${url}`, `Data folder: ${folder}`]);
    expect(server.err.every((line) => typeof JSON.parse(line) === 'object')).toBe(true);

    const message = await answer(await address(run()));
    expect(message?.finish?.reason).toBe('interrupted');
    expect(textOf(message).startsWith(before)).toBe(true);
  },
);

test('a wrong value stops the start: one line each, exit code 1', async () => {
  const server = run({ BOUGH_HOST: 'http://0.0.0.0', BOUGH_PORT: 'many' });
  expect(await server.ended).toBe(1);
  expect(server.out).toEqual([]);
  expect(server.err).toEqual([
    expect.stringMatching(/^BOUGH_HOST=http:\/\/0\.0\.0\.0 /),
    expect.stringMatching(/^BOUGH_PORT=many /),
  ]);
});

test('where others reach it, the first start shows the first access token, once', async () => {
  const env = { BOUGH_PUBLIC_URL: 'https://bough.example.org' };
  const first = run(env);
  await shown(first, 4);
  expect(first.out).toEqual([
    'Bough runs at https://bough.example.org',
    expect.stringMatching(
      /^Open it with its first access token, shown this once: https:\/\/bough\.example\.org\/#token=bough_\w{52}$/,
    ),
    expect.stringMatching(/^Its proxy passes on to http:\/\/127\.0\.0\.1:[1-9]\d*$/),
    `Data folder: ${folder}`,
  ]);
  const token = first.out[1]?.split('#token=')[1] as string;
  expect(await readFile(join(folder, 'access.json'), 'utf8')).not.toContain(token);
  expect(first.err.join('\n')).not.toContain(token);
  first.child.kill('SIGTERM');
  await first.ended;
  const second = run(env);
  await shown(second, 2);
  expect(second.out[0]).toBe('Bough runs at https://bough.example.org, for those who have an access token');
  expect(second.out.join('\n')).not.toContain('token=');
});

test('with an engine elsewhere it names no folder that is not there, and says what is in one that is', async () => {
  const engine = await referenceServer();
  try {
    const env = { BOUGH_STREAMS_URL: `${engine.url}/bough`, BOUGH_DATA: join(folder, 'local') };
    const at = `Conversations are at ${new URL(engine.url).host}`;
    const first = run(env);
    await shown(first, 2);
    const url = await address(first);
    first.child.kill('SIGTERM');
    await first.ended;
    expect(first.out).toEqual([`Bough runs at ${url}`, at]);
    await mkdir(join(folder, 'local'));
    const second = run(env);
    await shown(second, 3);
    expect(second.out.slice(1)).toEqual([
      at,
      `Keys of models, and copies of attached files: ${join(folder, 'local')}`,
    ]);
  } finally {
    await engine.stop();
  }
});

test('a second one on the same folder is refused in one line, exit code 1', async () => {
  const url = await address(run());
  const second = run();
  expect(await second.ended).toBe(1);
  expect(second.out).toEqual([]);
  expect(second.err).toEqual([expect.stringContaining(folder)]);
  expect((await fetch(`${url}/api/health`)).ok).toBe(true);
});

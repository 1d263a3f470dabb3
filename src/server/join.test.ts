/** The very lines of docs/join.md, against a real server. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { branchStream, newId, outlineStream, readMessages, readOutline, textOf } from '../protocol/index.ts';
import { emptyTree, foldOutline, type Tree } from '../tree/index.ts';
import { createLog } from './log.ts';
import { demoSource } from './models/providers/demo.ts';
import { type RunningServer, startServer } from './server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 });

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

let folder: string;
let server: RunningServer;
const conversation = newId();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-join-'));
  const settings = {
    host: '127.0.0.1',
    port: 0,
    data: folder,
    demoModes: false,
    localModels: false,
    agents: false,
    agentRoots: [],
  };
  server = await startServer(
    { ...settings, titles: false, log: 'error' },
    { log: createLog({ write: () => {} }), sources: [demoSource({ pause: async () => {} })] },
  );
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function ask<T>(path: string, input: object): Promise<T> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function read(stream: string): Promise<unknown[]> {
  const response = await fetch(`${server.url}/v1/stream/${stream}?offset=-1`);
  return (await response.json()) as unknown[];
}

const treeNow = async (): Promise<Tree> =>
  foldOutline(emptyTree, readOutline(await read(outlineStream(conversation))));

/** The code of a language in the note. */
async function linesOf(language: string): Promise<string> {
  const note = await readFile(join(ROOT, 'docs/join.md'), 'utf8');
  const blocks = [...note.matchAll(/```(\w+)\n(.*?)```/gs)];
  const code = blocks.filter(([, of, text]) => of === language && text?.includes('Hello'));
  expect(code).toHaveLength(1);
  return code[0]?.[2] ?? '';
}

const isThere = (command: string): Promise<boolean> =>
  run(command, ['--version']).then(
    () => true,
    () => false,
  );

const LANGUAGES = [
  ['sh', 'curl', 10, (code: string) => ['sh', '-ec', code]],
  ['js', 'JavaScript', 15, (code: string) => [process.execPath, '--input-type=module', '-e', code]],
  ['python', 'Python', 15, (code: string) => ['python3', '-c', code]],
] as const;

test.each(LANGUAGES)('%s: a fork, a word, an answer', async (language, name, most, command) => {
  const [program = '', ...args] = command(await linesOf(language));
  if (language !== 'js' && !(await isThere(language === 'sh' ? 'curl' : program))) return;
  await ask('/api/commands/create', { conversation });
  const model = { source: 'demo', id: 'demo' };
  const first = { message: newId(), parent: null, text: 'What is a bough?', reply: newId(), model };
  await ask('/api/commands/send', { conversation, ...first });
  const settled = async () => (await treeNow()).messages.has(first.reply);
  await vi.waitFor(async () => expect(await settled()).toBe(true), { timeout: 30_000 });
  const { secret } = await ask<{ secret: string }>('/api/access/make', {
    ...{ name: 'A friend', scope: 'writer', conversation },
  });

  const env = { ...process.env, BOUGH: server.url, CONVERSATION: conversation, TOKEN: secret };
  const { stdout } = await run(program, args, { cwd: ROOT, env, timeout: 60_000 });

  expect(
    (await linesOf(language)).split('\n').filter((line) => line.trim() !== '').length,
  ).toBeLessThanOrEqual(most);
  expect(stdout).toContain(`Hello from ${name}`);
  const tree = await treeNow();
  const said = [...tree.messages.values()].find(({ author }) => author.kind === 'external');
  expect(said).toMatchObject({ author: { name: 'A friend' }, preview: `Hello from ${name}` });
  expect(tree.branches.get(said?.branch ?? '')).toMatchObject({
    ...{ kind: 'fork', author: { kind: 'external', name: 'A friend' } },
    from: { stream: branchStream(conversation, first.message), message: first.reply },
  });
  const answers = async () => readMessages(await read(branchStream(conversation, said?.branch ?? '')));
  await vi.waitFor(async () => expect((await answers()).at(-1)?.parent).toBe(said?.id), { timeout: 30_000 });
  expect(textOf((await answers()).at(-1)?.parts ?? [])).not.toBe('');
});

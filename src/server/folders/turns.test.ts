/** Turns of agents in a repository, through the whole server, with an agent in a process of its own. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type CommandInput,
  type CommandName,
  commandPath,
  type Message,
  newId,
  readMessages,
  type SnapshotPart,
} from '../../protocol/index.ts';
import { scripted } from '../agents/testing/scripted.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../server.ts';
import {
  contentsOf,
  describeGit,
  git,
  repositoryIn,
  tempFolders,
  untouched,
} from './testing/repositories.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const temp = tempFolders();
const AGENT = { source: 'agents', id: 'Scripted' };

let home: string;
let top: string;
let server: RunningServer | undefined;

beforeEach(async () => {
  home = temp();
  top = repositoryIn(home);
  writeFileSync(join(top, 'notes.txt'), 'one\ntwo\n');
  git(top, 'add', '-A');
  git(top, 'commit', '-qm', 'Notes');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(
  env: Record<string, string> = { SCRIPT_FORKS: 'message' },
  PATH = process.env.PATH ?? '',
): Promise<void> {
  await server?.close();
  const data = join(home, 'data');
  server = await startServer(
    {
      ...{ host: '127.0.0.1', port: 0, data, demoModes: false, localModels: false, titles: false },
      ...{ agents: true, agentRoots: [], log: 'error' },
    },
    { log: createLog({ write: () => {} }), env: { PATH, HOME: home } },
  );
  const { command, args, name } = scripted();
  const store = { SCRIPT_STORE: join(home, 'sessions.json') };
  await mkdir(data, { recursive: true });
  await writeFile(
    join(data, 'agents.json'),
    JSON.stringify({ agent_servers: { [name]: { command, args, env: { ...store, ...env } } } }),
  );
}

async function command<N extends CommandName>(name: N, input: CommandInput<N>) {
  const answer = await fetch(`${server?.url}${commandPath(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

interface Said {
  readonly text: string;
  readonly conversation?: string;
  readonly parent?: string | null;
  readonly copies?: boolean;
}

async function send({ conversation = newId(), parent = null, ...more }: Said) {
  const [message, reply] = [newId(), newId()];
  await command('create', { conversation });
  const input = { conversation, message, reply, parent, model: AGENT, folder: top, ...more };
  return { conversation, message, reply, ...(await command('send', input as CommandInput<'send'>)) } as const;
}

async function answered(conversation: string, branch: unknown, id: string): Promise<Message> {
  return vi.waitFor(
    async () => {
      const read = await fetch(`${server?.url}/v1/stream/c/${conversation}/b/${branch}?offset=-1`);
      const found = readMessages((await read.json()) as unknown[]).find((message) => message.id === id);
      if (!found) throw new Error('It is not there yet.');
      return found;
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function say(said: Said): Promise<{ conversation: string; message: string; reply: Message }> {
  const sent = await send(said);
  expect(sent).toMatchObject({ status: 200 });
  const { conversation, message } = sent;
  const branch = (sent as { branch?: unknown }).branch;
  return { conversation, message, reply: await answered(conversation, branch, sent.reply) };
}

const snapshotOf = ({ parts }: Message): SnapshotPart | undefined =>
  parts.find((part): part is SnapshotPart => part.kind === 'snapshot');
const copyOf = (conversation: string, copy: string | undefined): string =>
  join(home, 'data', 'worktrees', conversation, copy ?? '');

describeGit('an agent in a repository', () => {
  it('works in the folder, and what it changes is told and kept', async () => {
    await start();
    const first = await say({ text: 'put notes.txt one|2|three' });
    expect(snapshotOf(first.reply)).toMatchObject({
      turn: { files: 1, added: 2, removed: 1 },
      since: { files: 1, added: 2, removed: 1 },
    });
    const { conversation } = first;
    const next = await say({ conversation, parent: first.reply.id, text: 'put new.txt a|b' });
    expect(snapshotOf(next.reply)).toMatchObject({
      turn: { files: 1, added: 2, removed: 0 },
      since: { files: 2, added: 4, removed: 1 },
    });
    const idle = await say({ conversation, parent: next.reply.id, text: 'hello' });
    expect(snapshotOf(idle.reply)).toBeUndefined();
    const refs = git(top, 'for-each-ref', '--format=%(refname)', 'refs/bough').trim().split('\n').sort();
    expect(refs).toEqual(
      ['root', first.reply.id, next.reply.id].map((name) => `refs/bough/${conversation}/${name}`).sort(),
    );
    expect(git(top, 'show', `${refs.find((ref) => ref.includes(first.reply.id))}:notes.txt`)).toBe(
      'one\n2\nthree\n',
    );
    expect(next.reply.copy).toBeUndefined();
  });

  it('asks once whether branches have files of their own, then gives each the files of its fork point', async () => {
    await start();
    const first = await say({ text: 'put notes.txt first' });
    const { conversation } = first;
    const second = await say({ conversation, parent: first.reply.id, text: 'put notes.txt second' });
    const fork = { conversation, parent: first.reply.id, text: 'put other.txt mine' };
    expect(await send(fork)).toMatchObject({ status: 409, code: 'copy-or-not' });
    await command('settings', { conversation, copies: true });
    const before = untouched(top);
    const own = await say(fork);
    expect(own.reply).toMatchObject({ folder: top, copy: own.reply.id });
    const path = copyOf(conversation, own.reply.copy);
    expect(Object.fromEntries(contentsOf(path))).toEqual({
      'notes.txt': 'file first\n',
      'other.txt': 'file mine\n',
    });
    expect(snapshotOf(own.reply)).toMatchObject({ since: { files: 1, added: 1, removed: 0 } });
    expect(git(path, 'status', '--porcelain')).toBe(' M notes.txt\n?? other.txt\n');
    expect(untouched(top)).toBe(before);
    // Each goes on where it is.
    const on = await say({ conversation, parent: own.reply.id, text: 'erase notes.txt' });
    expect(on.reply.copy).toBe(own.reply.copy);
    expect(snapshotOf(on.reply)).toMatchObject({ since: { files: 2, added: 1, removed: 1 } });
    const back = await say({ conversation, parent: second.reply.id, text: 'put third.txt x' });
    expect(back.reply.copy).toBeUndefined();
    expect(existsSync(join(path, 'third.txt'))).toBe(false);
    expect(readFileSync(join(top, 'third.txt'), 'utf8')).toBe('x\n');
  });

  it('lets three work at once from one message, each in files of its own', async () => {
    await start();
    const first = await say({ text: 'hello' });
    const { conversation } = first;
    await command('settings', { conversation, copies: true });
    const replies = [newId(), newId(), newId()].map((id) => ({ id, model: AGENT }));
    const asked = {
      conversation,
      message: newId(),
      parent: first.reply.id,
      text: 'put-slowly notes.txt all',
      replies,
    };
    expect(await command('send', { ...asked, folder: top } as CommandInput<'send'>)).toMatchObject({
      status: 200,
    });
    const paths = [top, ...replies.slice(1).map(({ id }) => copyOf(conversation, id))];
    await vi.waitFor(
      () =>
        expect(paths.map((path) => readFileSync(join(path, 'notes.txt'), 'utf8'))).toEqual([
          'all\n',
          'all\n',
          'all\n',
        ]),
      { timeout: 60_000 },
    );
    await Promise.all(replies.map(({ id: reply }) => command('stop', { conversation, reply })));
    for (const { id } of replies.slice(1)) {
      const reply = await answered(conversation, id, id);
      expect(snapshotOf(reply)).toMatchObject({ turn: { files: 1, added: 1, removed: 2 } });
    }
  });

  it('begins anew in a copy where the agent cannot fork its session, if it may', async () => {
    await start({ SCRIPT_FORKS: 'none' });
    const first = await say({ text: 'put notes.txt first' });
    const { conversation } = first;
    await say({ conversation, parent: first.reply.id, text: 'put notes.txt second' });
    await command('settings', { conversation, copies: true });
    const fork = { conversation, parent: first.reply.id, text: 'put other.txt mine' };
    expect(await send(fork)).toMatchObject({ status: 409, code: 'cannot-go-back' });
    await command('settings', { conversation, anew: true });
    const own = await say(fork);
    expect(readFileSync(join(copyOf(conversation, own.reply.copy), 'notes.txt'), 'utf8')).toBe('first\n');
  });

  it('makes a copy again that is gone, with what was kept of it', async () => {
    await start();
    const first = await say({ text: 'hello' });
    const { conversation } = first;
    await say({ conversation, parent: first.reply.id, text: 'hello again' });
    const own = await say({ conversation, parent: first.reply.id, text: 'put a.txt 1', copies: true });
    const path = copyOf(conversation, own.reply.copy);
    const { rmSync } = await import('node:fs');
    rmSync(path, { recursive: true });
    const on = await say({ conversation, parent: own.reply.id, text: 'put b.txt 2' });
    expect(on.reply.copy).toBe(own.reply.copy);
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('1\n');
    expect(snapshotOf(on.reply)).toMatchObject({ since: { files: 2, added: 2, removed: 0 } });
  });

  it('takes along what the person listed, and leaves the rest that git ignores', async () => {
    await start();
    writeFileSync(join(top, '.gitignore'), '.env\nnode_modules/\nbuild/\n');
    writeFileSync(join(top, '.env'), 'KEY=1\n');
    for (const name of ['node_modules/a', 'build']) mkdirSync(join(top, name), { recursive: true });
    writeFileSync(join(top, 'node_modules/a/index.js'), 'x');
    writeFileSync(join(top, 'build/out'), 'x');
    mkdirSync(join(home, 'data', 'folders'), { recursive: true });
    writeFileSync(
      join(home, 'data', 'folders', 'along.json'),
      JSON.stringify({ [top]: ['node_modules', '.env', 'nowhere', '../x'] }),
    );
    const first = await say({ text: 'hello' });
    const { conversation } = first;
    await say({ conversation, parent: first.reply.id, text: 'hello again' });
    const own = await say({ conversation, parent: first.reply.id, text: 'hello', copies: true });
    const files = [...contentsOf(copyOf(conversation, own.reply.copy)).keys()].sort();
    expect(files).toEqual(['.env', '.gitignore', 'node_modules/a/index.js', 'notes.txt']);
  });

  it('works as ever where there is no git', async () => {
    await start({}, '/nowhere');
    const first = await say({ text: 'put notes.txt first' });
    expect(snapshotOf(first.reply)).toBeUndefined();
    expect(readFileSync(join(top, 'notes.txt'), 'utf8')).toBe('first\n');
  });
});

/** The command as a process: what it says, and its exit code. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commandPath } from '../protocol/index.ts';
import { runs } from '../server/child-script.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bough-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

function start(...args: string[]) {
  return startIn([], ...args);
}

/** @param within a program that starts it, with its options */
function startIn(within: readonly string[], ...args: string[]) {
  const { PATH, HOME } = process.env;
  const command = [...within, process.execPath, ...runs(join(import.meta.dirname, 'main.ts')), ...args];
  return spawn(command[0] as string, command.slice(1), {
    env: { PATH, HOME, BOUGH_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ran(...args: string[]) {
  return ended(start(...args));
}

async function ended(child: ReturnType<typeof start>) {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, out: out.trim(), err: err.trim() };
}

test('says its version and what it can do', async () => {
  const [version, help] = await Promise.all([ran('--version'), ran('--help')]);
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/), err: '' });
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--public-url'), err: '' });
});

test('says of one command what it takes', async () => {
  const [starts, brings, takes, finds] = await Promise.all([
    ran('start', '--help'),
    ran('import', '--help'),
    ran('help', 'export'),
    ran('--help', 'find'),
  ]);
  expect(starts).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\S.*start.*\[OPTIONS\]\n[\s\S]*--port NUMBER/),
  });
  expect(brings).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ import FILE[\s\S]*ChatGPT[\s\S]*BOUGH_TOKEN/),
  });
  expect(takes).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ export CONVERSATION[\s\S]*--as markdown/),
  });
  expect(finds).toMatchObject({ code: 0, out: expect.stringMatching(/ find WORDS/) });
});

test('goes on where nobody reads what it says any more', async () => {
  const child = start('--help');
  child.stdout.destroy();
  expect(await Promise.all([text(child.stderr), once(child, 'exit')])).toEqual(['', [0, null]]);
});

test('what it does not understand ends with 2 and a sentence', async () => {
  const [option, word, command, file, value] = await Promise.all([
    ran('--prot', '1'),
    ran('start', 'now'),
    ran('strat'),
    ran('backup'),
    ran('--port', 'many', 'doctor'),
  ]);
  expect(option).toMatchObject({ code: 2, err: expect.stringContaining('--prot is not known.') });
  expect(word).toMatchObject({ code: 2, err: expect.stringContaining('“start” does not take now.') });
  expect(command).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^“strat” is no command\. .*--help says/),
  });
  expect(file).toMatchObject({ code: 2, out: expect.stringMatching(/^“backup” takes the file to write/) });
  expect(value).toMatchObject({ code: 2, err: expect.stringContaining('BOUGH_PORT=many is not a port') });
});

test('a command that started a Bough for itself is over when that is closed', async () => {
  expect(await ran('find', 'lanterns')).toEqual({ code: 1, out: 'Nothing found.', err: '' });
});

test('starts without a command, by its options', async () => {
  const child = start('--port', '0', '--local-models', '0');
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(chunk)).toMatch(/^Bough runs at http:\/\/127\.0\.0\.1:\d+\n/);
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

/** Processes of its own, as a container has: the first one is 1. */
const CONTAINER = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
const hasContainers = spawnSync(CONTAINER[0] as string, [...CONTAINER.slice(1), 'true']).status === 0;

test.skipIf(!hasContainers)(
  'backs up what a Bough in another container has, though both are process 1',
  async () => {
    const server = startIn(CONTAINER, '--port', '0', '--local-models', '0');
    const [chunk] = (await once(server.stdout, 'data')) as [Buffer];
    const [, url] = /^Bough runs at (\S+)/.exec(String(chunk)) ?? [];
    const body = JSON.stringify({ conversation: 'conversation-1' });
    const headers = { 'content-type': 'application/json' };
    await fetch(url + commandPath('create'), { method: 'POST', headers, body });
    const place = await mkdtemp(join(tmpdir(), 'bough-backup-'));
    expect(await ended(startIn(CONTAINER, 'backup', place))).toMatchObject({
      ...{ code: 0, err: '' },
      out: expect.stringContaining('1 conversation, 0 messages'),
    });
    await rm(place, { recursive: true });
    const gone = once(server, 'close');
    // It hands on no other signal.
    server.kill('SIGKILL');
    await gone;
  },
);

/** Versions of Bough as they are served: built from a commit, started as processes of their own. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

export interface Built {
  /** What it was built from, as people read it. */
  readonly name: string;
  readonly folder: string;
  remove(): Promise<void>;
}

/** This version, as it lies here; built by whoever starts the torture. */
export async function builtHere(): Promise<Built> {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: ROOT });
  return { name: 'this version', folder: ROOT, remove: async () => {} };
}

/** The commit before the last change of the protocol. */
export async function commitBefore(): Promise<string> {
  const { stdout } = await run('git', ['log', '-1', '--format=%H', '--', 'docs/protocol.md'], { cwd: ROOT });
  return `${stdout.trim()}^`;
}

/** Builds a commit in a folder of its own, with the packages of this version where they are the same. Whoever builds it removes it. */
export async function builtFrom(commit: string): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-version-'));
  const { stdout } = await run('git', ['log', '-1', '--format=%h %s', commit], { cwd: ROOT });
  await run('sh', ['-c', `git archive "${commit}" | tar x -C "${folder}"`], { cwd: ROOT });
  const lock = (of: string) => readFile(join(of, 'package-lock.json'), 'utf8');
  if ((await lock(folder)) === (await lock(ROOT))) {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  } else await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  await run(process.execPath, ['scripts/build.mjs'], { cwd: folder });
  return { name: stdout.trim(), folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface Served {
  readonly url: string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** On the same data folder and engine, at another address. */
  again(): Promise<Served>;
}

const PATIENCE = 20_000;

/** Starts a built version with the demo's modes on an engine. Whoever starts it kills it. */
export async function served({ folder }: Built, streams: string, data: string): Promise<Served> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(folder, 'dist/server/main.js')], {
    env: {
      ...{ PATH, HOME, ...(TMPDIR && { TMPDIR }) },
      ...{ BOUGH_DATA: data, BOUGH_STREAMS_URL: streams, BOUGH_DEMO_MODES: '1' },
      ...{ BOUGH_LOCAL_MODELS: '0', BOUGH_TITLES: '0' },
      BOUGH_PORT: String(20_000 + Math.floor(Math.random() * 20_000)),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[^\s/,]+/.exec(line)?.[0];
    if (!url) continue;
    clearTimeout(timer);
    child.stdout.resume();
    return { url, kill, again: () => served({ folder } as Built, streams, data) };
  }
  throw new Error(`Bough did not start from ${folder}`);
}

/** A real Bough server in a process of its own, on a data folder of its own. Whoever starts one ends it with `stop()`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface BoughServer {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  /** The lines it has printed since it was started last. */
  readonly said: readonly string[];
  /** Ends the process with `signal` (default SIGTERM) and waits until it is gone. The data folder stays. */
  end(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Ends the process and removes the data folder. */
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '../dist/server/main.js');
const START_TIMEOUT = 20_000;

/** @param env settings on top of a free port and a fresh folder; keys and servers of the person running the tests never reach it. */
export async function startBough(env: Record<string, string> = {}, folder?: string): Promise<BoughServer> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'bough-e2e-')));
  let running = await launch({ ...env, BOUGH_DATA: data });
  const { url } = running;
  return {
    url,
    data,
    get said() {
      return running.said;
    },
    get pid() {
      return running.child.pid as number;
    },
    end: (signal = 'SIGTERM') => ended(running.child, signal),
    restart: async () => {
      running = await launch({ ...env, BOUGH_DATA: data, BOUGH_PORT: new URL(url).port });
    },
    stop: async () => {
      await ended(running.child, 'SIGTERM');
      if (!folder) await rm(data, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: readonly string[];
}

function launch(env: Record<string, string>): Promise<Running> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH,
      HOME,
      ...(TMPDIR && { TMPDIR }),
      BOUGH_PORT: String(somePort()),
      BOUGH_LOCAL_MODELS: '0',
      BOUGH_TITLES: '0',
      // Nobody reads along: what looks at words as they come asks a slow model.
      BOUGH_DEMO_PAUSE: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Bough did not start:\n${said.join('\n')}`));
    }, START_TIMEOUT);
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const url = /http:\/\/[^\s/,]+/.exec(line)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve({ child, url, said });
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Bough ended with ${code}:\n${said.join('\n')}`));
    });
  });
}

/** The server takes the next free port if this one is taken, so a clash costs nothing. */
function somePort(): number {
  return 20_000 + Math.floor(Math.random() * 20_000);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}

/** The server as a process that can be killed. Whoever starts one kills it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { scriptOf } from '../child-script.ts';

export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  /** Resolves when so many replies are being written at once; rejects after 30 s. */
  flying(replies: number): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there, and does nothing until `resume`. */
  suspend(): void;
  resume(): void;
  /** Resolves once no reply is being written; rejects after 90 s. */
  still(): Promise<void>;
}

const SCRIPT = join(import.meta.dirname, 'server.child.ts');
const WITH_PARENT = join(import.meta.dirname, 'with-parent.ts');
const PATIENCE = 90_000;

export interface ChildOptions {
  /** Words of a reply. */
  readonly words: number;
  /** ms between two of them. */
  readonly pause: number;
  /** URL of an engine it shares with others. Default: the one in its folder. */
  readonly streams?: string;
  /** How many items an index takes before it rolls over. Default: as usual. */
  readonly segmentItems?: number;
  /** Agents may be asked. Default: they are off. */
  readonly agents?: boolean;
  /** Its standard error is thrown away: it complains, as it should. Default: it is shown. */
  readonly quiet?: boolean;
}

export async function startChild(
  data: string,
  { quiet = false, ...options }: ChildOptions,
): Promise<ChildServer> {
  const child = spawnChild(data, options, quiet ? 'ignore' : 'inherit');
  const gone = once(child, 'exit');
  const heard = listen(child);
  try {
    const url = await heard.until((line) => line.startsWith('url '), gone);
    return {
      url: url.slice('url '.length),
      pid: child.pid as number,
      flying: async (replies) =>
        void (await heard.until((line) => Number(/^flying (\d+)/.exec(line)?.[1] ?? -1) >= replies, gone)),
      kill: async () => {
        child.kill('SIGKILL');
        await gone;
      },
      suspend: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
      still: async () => void (await heard.until((line) => line === 'flying 0', gone)),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Ends by itself when its standard input does, as that of a dead parent. */
export function spawnChild(
  data: string,
  options: Omit<ChildOptions, 'quiet'>,
  complaints: 'ignore' | 'inherit',
): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env;
  const { execArgv, file } = scriptOf(SCRIPT);
  const withParent = pathToFileURL(scriptOf(WITH_PARENT).file).href;
  const args = [...execArgv, '--import', withParent, file, data, JSON.stringify(options)];
  return spawn(process.execPath, args, {
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }) },
    stdio: ['pipe', 'pipe', complaints],
  });
}

/** Its lines as they come. `until` answers with the first that fits, from the newest one on. */
function listen({ stdout }: ChildProcess) {
  let newest = '';
  const waiting = new Set<(line: string) => void>();
  if (!stdout) throw new Error('the child has no standard output');
  createInterface({ input: stdout }).on('line', (line) => {
    newest = line;
    for (const hear of [...waiting]) hear(line);
  });
  return {
    until: (fits: (line: string) => boolean, gone: Promise<unknown>): Promise<string> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(() => reject(new Error('the server says nothing'))), PATIENCE);
        const hear = (line: string): void => {
          if (fits(line)) end(() => resolve(line));
        };
        const end = (say: () => void): void => {
          clearTimeout(timer);
          waiting.delete(hear);
          say();
        };
        waiting.add(hear);
        void gone.then(() => end(() => reject(new Error('the server ended'))));
        hear(newest);
      }),
  };
}

/** A person's own line, as `npm ci`, run by a shell in a new copy. It gets what agents get of the environment, and ends with Bough. */
import { stripVTControlCharacters } from 'node:util';
import { startProcess } from '../agents/process.ts';

/** How it went. */
export interface RanLine {
  readonly line: string;
  /** Why it did not do what it should: a sentence's end, and the last it printed. */
  readonly failed?: string;
}

export interface LineToRun {
  readonly line: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** ms. Default: ten minutes. */
  readonly patience?: number;
}

const PATIENCE = 600_000;
const SAID = 300;

/** 126 and 127 are the line's own: they do not mean that the shell is missing. */
const SCRIPT = '(eval "$0") </dev/null 2>&1; code=$?; case $code in 126|127) exit 1;; esac; exit $code';

/** Never throws. */
export async function runLine({ line, cwd, env, signal, patience = PATIENCE }: LineToRun): Promise<RanLine> {
  const [command, ...args] = process.platform === 'win32' ? [line] : ['/bin/sh', '-c', SCRIPT, line];
  const spec = { name: 'line', command: command as string, args, env: {} };
  const run = startProcess({ spec, cwd, env, onMessage: () => {} });
  let cut = '';
  const end = (why: string) => () => {
    cut ||= why;
    void run.end();
  };
  const timer = setTimeout(end(`took longer than ${patience / 60_000} minutes`), patience);
  const stop = end('was stopped');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const how = await run.ended;
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  if (cut === '' && how === 'ended with code 0') return { line };
  const tail = stripVTControlCharacters(run.tail().join('\n')).trim().slice(-SAID);
  return { line, failed: [cut || how, tail].filter(Boolean).join(': ') };
}

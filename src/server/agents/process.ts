/**
 * An agent's process: in a process group of its own, with an environment that says only what it has to. It speaks JSON-RPC in lines on its standard
 * output; whatever else it prints there does no harm, and the last of it is told when it ends.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { AgentSpec } from './agent-file.ts';

/** A message may hold a whole file. More in one line is no message. */
const LINE_LIMIT = 64 * 1024 * 1024;
const TAIL_LINES = 12;
/** How long it may take to end once it is asked to, in ms. */
const LAST_MOMENT = 800;

/** What every agent gets of the environment; on Windows nothing starts without the rest. */
const PASSED = ['PATH', 'HOME', 'LANG'];
const PASSED_WINDOWS = ['SYSTEMROOT', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP'];

export type RpcMessage = Readonly<Record<string, unknown>>;

export interface AgentProcess {
  /** Undefined: it could not be started. */
  readonly pid: number | undefined;
  /** One message; fine when it has ended. */
  send(message: RpcMessage): void;
  /** Asks its whole group to end, and ends it a moment later. Resolves once it has. */
  end(): Promise<void>;
  /** Resolves with a sentence's end, "ended with code 1", when it has ended or could not be started. */
  readonly ended: Promise<string>;
  readonly isOver: () => boolean;
  /** The last lines it printed that were no messages: hostile, without control characters. */
  tail(): readonly string[];
}

export interface ProcessOptions {
  readonly spec: AgentSpec;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onMessage: (message: RpcMessage) => void;
}

function environmentOf({ env }: Pick<AgentSpec, 'env'>, ours: ProcessOptions['env']): Record<string, string> {
  const passed = process.platform === 'win32' ? [...PASSED, ...PASSED_WINDOWS] : PASSED;
  const some = Object.entries(ours).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passed.includes(entry[0].toUpperCase()),
  );
  return { ...Object.fromEntries(some), ...env };
}

export function startProcess({ spec, cwd, env, onMessage }: ProcessOptions): AgentProcess {
  const child = spawned(spec, cwd, environmentOf(spec, env));
  let spoke = false;
  const tail: string[] = [];
  const keep = (line: string) => {
    const words = stripVTControlCharacters(line).trim().slice(0, 500);
    if (words === '') return;
    tail.push(words);
    if (tail.length > TAIL_LINES) tail.shift();
  };
  let over = false;
  const ended = new Promise<string>((resolve) => {
    const done = (how: string) => {
      over = true;
      resolve(how);
    };
    child.on('error', (error: NodeJS.ErrnoException) => done(whyNot(error, spec.command)));
    // After the last of its output.
    child.on('close', (code, signal) => {
      const never = spoke || signal ? undefined : NEVER_RAN[code ?? 0];
      if (never) tail.length = 0;
      if (never) return done(whyNot(Object.assign(new Error(), { code: never }), spec.command));
      done(signal ? `was ended by ${signal}` : `ended with code ${code ?? '?'}`);
    });
  });
  child.stdin.on('error', () => {});
  inLines(child.stdout, (line) => {
    const message = messageIn(line);
    spoke ||= message !== null;
    if (message) onMessage(message);
    else keep(line);
  });
  inLines(child.stderr, keep);
  return {
    pid: child.pid,
    send: (message) => {
      if (!over && child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    end: () => endGroup(child, ended, () => over),
    ended,
    isOver: () => over,
    tail: () => tail,
  };
}

/** What a shell answers with that cannot run a command. */
const NEVER_RAN: Readonly<Record<number, string>> = { 127: 'ENOENT', 126: 'EACCES' };

/**
 * Beside the agent, in its process group, waits a shell for the end of a pipe that Bough holds and never writes to: it ends the group when Bough is
 * gone, however that came about, also for an agent that takes no end of its input for a reason to end. The agent itself takes the place of the first shell.
 */
const GUARD = `( trap '' TERM; read -r _ <&3; kill -TERM 0; /bin/sleep 1; kill -KILL 0 ) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-`;

type AgentChild = ChildProcessByStdio<Writable, Readable, Readable>;

function spawned({ command, args }: AgentSpec, cwd: string, env: Record<string, string>): AgentChild {
  // On Windows most are scripts; it has no process groups, and no guard.
  if (process.platform === 'win32')
    return spawn(command, args, {
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: true,
      windowsHide: true,
    });
  const child = spawn('/bin/sh', ['-c', GUARD, 'agent', command, ...args], {
    ...{ cwd, env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] },
    // A group of its own: what it started ends with it.
    detached: true,
  }) as unknown as AgentChild;
  const guard = (child.stdio as readonly unknown[])[3] as Readable | null;
  guard?.on('error', () => {});
  // It ends what the agent left behind, and itself.
  child.on('exit', () => guard?.destroy());
  return child;
}

function whyNot({ code, message }: NodeJS.ErrnoException, command: string): string {
  if (code === 'ENOENT')
    return `could not be started: there is no command “${command}”, or the folder is gone`;
  if (code === 'EACCES') return `could not be started: “${command}” may not be run`;
  return `could not be started: ${message}`;
}

async function endGroup(child: AgentChild, ended: Promise<unknown>, isOver: () => boolean): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  child.stdin.end();
  signalGroup(pid, 'SIGTERM', child);
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL', child), LAST_MOMENT);
  if (!isOver()) await ended;
  clearTimeout(timer);
  // Those of its group that stayed behind.
  signalGroup(pid, 'SIGKILL', child);
}

function signalGroup(
  pid: number,
  signal: NodeJS.Signals,
  child: { kill(signal: NodeJS.Signals): boolean },
): void {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-pid, signal);
  } catch {
    // It is gone.
  }
}

function messageIn(line: string): RpcMessage | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    const isMessage = typeof value === 'object' && value !== null && 'jsonrpc' in value;
    return isMessage ? (value as RpcMessage) : null;
  } catch {
    return null;
  }
}

/** Whole lines as they come; one that grows beyond all measure is dropped. */
function inLines(stream: Readable, onLine: (line: string) => void): void {
  let begun: string[] = [];
  let length = 0;
  stream.setEncoding('utf8');
  stream.on('error', () => {});
  stream.on('data', (chunk: string) => {
    const lines = chunk.split('\n');
    for (const [at, piece] of lines.entries()) {
      const isWhole = at < lines.length - 1;
      length += piece.length;
      if (length <= LINE_LIMIT) begun.push(piece);
      else begun = [];
      if (!isWhole) continue;
      if (length <= LINE_LIMIT) onLine(begun.join('').trim());
      begun = [];
      length = 0;
    }
  });
  stream.on('end', () => {
    if (begun.length > 0) onLine(begun.join('').trim());
  });
}

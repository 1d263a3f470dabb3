/**
 * Runs git for Bough: it asks nobody, fetches nothing, and starts no program that a repository names (docs/security.md, "Folders"). What it says is
 * bytes: names of files need not be text.
 */
import { spawn } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { devNull } from 'node:os';

/** Why something about a folder cannot be done; the message is a sentence for people. */
export class FolderTrouble extends Error {
  readonly code: FolderTroubleCode;
  constructor(code: FolderTroubleCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'FolderTrouble';
    this.code = code;
  }
}

export type FolderTroubleCode =
  /** git is not there, or older than 2.30. */
  | 'no-git'
  | 'no-repository'
  /** A kind of repository, or something in it, that is not taken. */
  | 'not-taken'
  | 'too-much'
  | 'storage-full'
  | 'conflicts'
  /** Something of it cannot be kept. */
  | 'would-lose'
  /** A person's program did not open it. */
  | 'not-opened'
  /** It is not there any more, or not here. */
  | 'gone'
  | 'failed';

interface GitCall {
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  /** Exit codes that are no failure. Default: 0. */
  readonly fine?: readonly number[];
  /** ms. Default: two minutes. */
  readonly patience?: number;
  /** Most bytes it may say. Default: 256 MiB. */
  readonly limit?: number;
}

interface GitEnd {
  readonly code: number;
  readonly err: string;
}

interface GitAnswer extends GitEnd {
  readonly out: Buffer;
}

/** A git that runs. */
interface GitTalk {
  /** Null: there is nothing more to say. */
  say(text: string | null): void;
  /** @throws {FolderTrouble} */
  readonly ended: Promise<GitEnd>;
}

export interface Git {
  /** Reads no configuration but that of the git directory it is given, which is one of ours. @throws {FolderTrouble} */
  ours(call: GitCall): Promise<GitAnswer>;
  /** In a person's repository: with its configuration, and those parts of it switched off that start programs. @throws {FolderTrouble} */
  theirs(call: GitCall): Promise<GitAnswer>;
  /** As `theirs`, with a git that is told more while it runs. */
  talk(call: GitCall, hear: (chunk: Buffer) => void): GitTalk;
  /** Of git, as `[2, 39]`. @throws {FolderTrouble} `no-git` */
  version(): Promise<readonly [number, number]>;
  /** The environment it was made with: where a person's own settings are found. */
  readonly home: string | undefined;
  readonly configHome: string | undefined;
}

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An empty folder that stands for a home without settings. */
  readonly nowhere: string;
}

const PATIENCE = 120_000;
const LIMIT = 256 * 1024 * 1024;
const ERROR_LIMIT = 64 * 1024;
const LEAST: readonly [number, number] = [2, 30];

const PASSED = ['PATH', 'TMPDIR', 'SYSTEMROOT', 'COMSPEC', 'PATHEXT', 'TEMP', 'TMP'];

/** No prompt, no network, no translated messages, no lock that is not needed, no replaced objects. */
const QUIET = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'false',
};

/** Settings that name programs, or begin work nobody asked for. */
const HARMLESS = [
  ...['core.hooksPath', devNull, 'core.fsmonitor', '', 'core.sshCommand', '', 'core.askPass', ''],
  ...['core.logAllRefUpdates', 'false', 'credential.helper', '', 'gc.auto', '0', 'maintenance.auto', 'false'],
  ...['submodule.recurse', 'false', 'commit.gpgSign', 'false', 'core.quotePath', 'false'],
];
const HARMLESS_ARGS = HARMLESS.flatMap((_, at) =>
  at % 2 === 0 ? ['-c', `${HARMLESS[at]}=${HARMLESS[at + 1]}`] : [],
);

export function createGit({ env, nowhere }: GitOptions): Git {
  const passed = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && PASSED.includes(name.toUpperCase())),
  ) as Record<string, string>;
  const home = env.HOME ?? env.USERPROFILE;
  const persons = {
    ...passed,
    ...QUIET,
    ...(home && { HOME: home }),
    ...(env.XDG_CONFIG_HOME && { XDG_CONFIG_HOME: env.XDG_CONFIG_HOME }),
  };
  const none = { ...passed, ...QUIET, HOME: nowhere, XDG_CONFIG_HOME: nowhere, GIT_CONFIG_NOSYSTEM: '1' };
  let known: Promise<readonly [number, number]> | undefined;
  const version = async (): Promise<readonly [number, number]> => {
    const { out } = await run({ args: ['version'], cwd: nowhere }, none);
    const [, major, minor] = /(\d+)\.(\d+)/.exec(out.toString()) ?? [];
    const found = [Number(major), Number(minor)] as const;
    if (found[0] > LEAST[0] || (found[0] === LEAST[0] && found[1] >= LEAST[1])) return found;
    const told = out.toString().trim().slice(0, 100);
    throw new FolderTrouble(
      'no-git',
      `Copies of folders need git ${LEAST.join('.')} or later; here is “${told}”.`,
    );
  };
  return {
    ours: (call) => run(call, none),
    theirs: (call) => run(harmless(call), persons),
    talk: (call, hear) => start(harmless(call), persons, hear),
    version: () => {
      known ??= version();
      // It may be installed meanwhile.
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
    home,
    configHome: env.XDG_CONFIG_HOME,
  };
}

const harmless = (call: GitCall): GitCall => ({ ...call, args: [...HARMLESS_ARGS, ...call.args] });

function run(call: GitCall, env: Readonly<Record<string, string>>): Promise<GitAnswer> {
  const out: Buffer[] = [];
  const { child, ended } = begun(call, env, (chunk) => out.push(chunk));
  child.stdin.end(call.input);
  return ended.then((answer) => ({ ...answer, out: Buffer.concat(out) }));
}

function start(call: GitCall, env: Readonly<Record<string, string>>, hear: (chunk: Buffer) => void): GitTalk {
  const { child, ended } = begun(call, env, hear);
  return { say: (text) => void (text === null ? child.stdin.end() : child.stdin.write(text)), ended };
}

function begun(call: GitCall, env: Readonly<Record<string, string>>, hear: (chunk: Buffer) => void) {
  const { args, cwd, fine = [0], patience = PATIENCE, limit = LIMIT } = call;
  const child = spawn('git', args, {
    ...{ cwd, env: { ...env, ...call.env }, windowsHide: true },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<GitEnd>((resolve, reject) => {
    let size = 0;
    let err = '';
    let cut: FolderTrouble | undefined;
    const end = (why: FolderTrouble) => {
      cut ??= why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end(failed(args, `took longer than ${patience / 1_000} s`)), patience);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(notStarted(error, cwd));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit)
        end(new FolderTrouble('too-much', 'There is more to tell of this folder than Bough reads.'));
      else hear(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (err.length < ERROR_LIMIT) err += chunk.toString('latin1');
    });
    // It may end before it has read all.
    child.stdin.on('error', () => {});
    child.on('close', (code) => {
      clearTimeout(timer);
      if (cut) return reject(cut);
      if (code !== null && fine.includes(code)) return resolve({ code, err });
      void failureOf(call, err, code).then(reject);
    });
  });
  return { child, ended };
}

function notStarted(error: NodeJS.ErrnoException, cwd: string): FolderTrouble {
  if (error.code !== 'ENOENT') return failed(['git'], error.message);
  return new FolderTrouble(
    'no-git',
    `git cannot be started in ${cwd}: it is not installed on the computer of this Bough, or the folder is gone.`,
  );
}

/** Less is as good as nothing, where git could not write a file and does not say why; in bytes. */
const LITTLE_ROOM = 16 * 1024 * 1024;

async function failureOf({ args, cwd }: GitCall, err: string, code: number | null): Promise<FolderTrouble> {
  if (/No space left on device|Disk quota exceeded/i.test(err)) return isFull();
  if (/unable to (write|create)/i.test(err)) {
    const disk = await statfs(cwd).catch(() => null);
    if (disk && disk.bavail * disk.bsize < LITTLE_ROOM) return isFull(err);
  }
  const lines = err.split('\n').map((line) => line.replace(/^(fatal|error|warning): /, '').trim());
  const last = lines.filter(Boolean).at(-1) ?? `code ${code}`;
  return failed(args, `said “${last.slice(0, 300)}”`, err);
}

const isFull = (cause?: unknown): FolderTrouble =>
  new FolderTrouble(
    'storage-full',
    'The disk with the repository, or with what Bough keeps, is full. Make room, then try again.',
    { cause },
  );

/** What is thrown while files are written, with a sentence for people where there is one. */
export function asTrouble(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? isFull(error) : error;
}

/** What git printed, for those who look for a reason in it. */
export const printedBy = (error: unknown): string =>
  error instanceof FolderTrouble && typeof error.cause === 'string' ? error.cause : '';

function failed(args: readonly string[], how: string, cause?: string): FolderTrouble {
  const command = args.find((arg, at) => /^[a-z][a-z-]+$/.test(arg) && args[at - 1] !== '-c') ?? '';
  return new FolderTrouble('failed', `git ${command} ${how}.`, { cause });
}

/** Names of files as git lists them with `-z`. One character a byte, so that nothing is lost of those that are no text. */
export function namesIn(out: Buffer): string[] {
  const names = out.toString('latin1').split('\0');
  names.pop();
  return names;
}

/** The same list as bytes, for git's standard input. */
export const listOfNames = (names: readonly string[]): Buffer =>
  Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');

/** As people read it. */
export const readable = (name: string): string => Buffer.from(name, 'latin1').toString('utf8');

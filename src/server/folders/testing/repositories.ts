/** Repositories for tests, as people have them: made in a folder of the test, with a git that knows nothing of who runs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';

export const hasGit = spawnSync('git', ['version']).status === 0;

/** What needs git; where there is none it says so in its name, and is skipped. */
export function describeGit(name: string, tests: () => void): void {
  if (hasGit) describe(name, tests);
  else describe.skip(`${name} (skipped: no git)`, tests);
}

export function tempFolders(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bough-folders-')));
    made.push(folder);
    return folder;
  };
}

export const testEnv = (home: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
});

/** git as a person calls it. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env: testEnv(cwd), stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

/** An empty repository with one commit. */
export function repositoryIn(folder: string, name = 'project', ...options: string[]): string {
  const top = join(folder, name);
  mkdirSync(top, { recursive: true });
  git(top, 'init', '-q', '-b', 'main', ...options);
  git(top, 'commit', '-q', '--allow-empty', '-m', 'Begin');
  return top;
}

/** All below a folder but git's own, by path: kind, whether it may be run, and what it holds. */
export function contentsOf(
  top: string,
  without: (path: string) => boolean = () => false,
): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (prefix: Buffer): void => {
    for (const name of readdirSync(Buffer.concat([Buffer.from(`${top}/`), prefix]), { encoding: 'buffer' })) {
      const path = Buffer.concat([prefix, name]);
      const key = path.toString('latin1');
      if (key === '.git' || without(key)) continue;
      const whole = Buffer.concat([Buffer.from(`${top}/`), path]);
      const file = lstatSync(whole);
      if (file.isDirectory()) walk(Buffer.concat([path, Buffer.from('/')]));
      else if (file.isSymbolicLink()) found.set(key, `link ${readlinkSync(whole, { encoding: 'latin1' })}`);
      else found.set(key, `${file.mode & 0o100 ? 'run' : 'file'} ${readFileSync(whole).toString('latin1')}`);
    }
  };
  walk(Buffer.alloc(0));
  return found;
}

/** Everything of a working tree and its repository that Bough has no business to change, with times. */
export function untouched(top: string): string {
  const lines: string[] = [];
  const walk = (path: string): void => {
    for (const name of readdirSync(Buffer.from(`${top}/${path}`, 'latin1'), { encoding: 'latin1' }).sort()) {
      const own = path === '' ? name : `${path}/${name}`;
      if (/^\.git\/(objects|refs\/bough|reftable|worktrees)(\/|$)/.test(own)) continue;
      const bytes = Buffer.from(`${top}/${own}`, 'latin1');
      const file = lstatSync(bytes, { bigint: true });
      // That a folder of refs is there is seen in the time of the one above it; git itself freshens the first part of an index in two files when it is read.
      const isFresh = own === '.git' || own === '.git/refs' || /^\.git\/sharedindex\./.test(own);
      const time = isFresh ? '' : file.mtimeNs;
      lines.push(`${own} ${file.mode} ${file.isDirectory() ? '' : file.size} ${time}`);
      if (file.isDirectory()) walk(own);
    }
  };
  walk('');
  return lines.join('\n');
}

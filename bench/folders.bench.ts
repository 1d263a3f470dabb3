/**
 * What is kept of a folder of agents costs beside git itself, in a repository of 20,000 files and by turns in one run: a snapshot beside `git status`, a branch's
 * copy beside `git worktree add`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderDesk, type FolderState } from '../src/server/folders/desk.ts';
import { makeCopy } from '../src/server/folders/worktree.ts';
import { figure, ms, percentile } from './report.ts';

const FILES = 20_000;
const ROUNDS = 15;
const COPIES = 4;

const home = await realpath(await mkdtemp(join(tmpdir(), 'bough-bench-')));
const top = join(home, 'project');
const env = {
  ...{ PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org' },
  ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org' },
};
const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, env }).toString();

try {
  fill();
  const desk = new FolderDesk({ data: join(home, 'data'), env });
  const first = performance.now();
  let kept = await keep(desk, 0);
  const firstTook = performance.now() - first;
  const took = { status: [] as number[], same: [] as number[], changed: [] as number[] };
  for (let n = 1; n <= ROUNDS; n += 1) {
    took.status.push(await timed(() => git(top, 'status', '--porcelain')));
    took.same.push(
      await timed(async () => {
        kept = await keep(desk, n, kept);
      }),
    );
    writeFileSync(join(top, 'd1', 'e1', `new-${n}.txt`), `line ${n}\n`);
    took.status.push(await timed(() => git(top, 'status', '--porcelain')));
    took.changed.push(
      await timed(async () => {
        kept = await keep(desk, n, kept);
      }),
    );
  }
  beside('nothing changed since the last one', 'git status', took.same, took.status);
  beside('one file changed', 'git status', took.changed, took.status);
  figure(`the first snapshot of ${FILES.toLocaleString('en')} files`, '', ms(firstTook));
  await copies(desk, kept);
} finally {
  await rm(home, { recursive: true, force: true });
}

function fill(): void {
  mkdirSync(top);
  git(top, 'init', '-q');
  git(top, 'config', 'gc.auto', '0');
  for (let n = 0; n < FILES; n += 1) {
    const folder = join(top, `d${n % 20}`, `e${n % 200}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `f${n}.txt`), `line ${n}\n`.repeat(30));
  }
  mkdirSync(join(top, 'd1', 'e1'), { recursive: true });
  git(top, 'add', '-A');
  git(top, 'commit', '-q', '-m', 'All');
  git(top, 'gc', '-q');
}

async function keep(desk: FolderDesk, n: number, above?: FolderState): Promise<FolderState> {
  const wish = { conversation: 'chat-1234', name: `message-${n}`, above, about: `Number ${n}` };
  return (await desk.keep(await desk.repository(top), wish)).state;
}

async function copies(desk: FolderDesk, base: FolderState): Promise<void> {
  const took = { git: [] as number[], ours: [] as number[], status: [] as number[] };
  for (let n = 0; n < COPIES; n += 1) {
    const plain = join(home, `plain-${n}`);
    took.git.push(await timed(() => git(top, 'worktree', 'add', '-q', '--detach', plain, 'HEAD')));
    const path = join(home, `copy-${n}`);
    const repository = await desk.repository(top);
    const wish = { path, repository, base, now: Date.now() };
    took.ours.push(await timed(() => makeCopy(desk.git, desk.shadows, wish)));
    took.status.push(await timed(() => git(path, 'status', '--porcelain')));
    for (const one of [plain, path]) git(top, 'worktree', 'remove', '--force', one);
  }
  const [ours, theirs] = [percentile(took.ours, 0.5), percentile(took.git, 0.5)];
  const ratio = `${(ours / theirs).toFixed(2)} × (median ${ms(ours)}, ${ms(theirs)})`;
  figure(
    `a copy of ${FILES.toLocaleString('en')} files for a branch, beside git worktree add`,
    '≤ 1.5 ×',
    ratio,
  );
  figure('the first git status in it', '', ms(percentile(took.status, 0.5)));
}

function beside(what: string, other: string, ours: readonly number[], theirs: readonly number[]): void {
  const [a, b] = [percentile(ours, 0.5), percentile(theirs, 0.5)];
  const name = `a snapshot of ${FILES.toLocaleString('en')} files, ${what}, beside ${other}`;
  figure(name, '≤ 1.5 ×', `${(a / b).toFixed(2)} × (median ${ms(a)}, ${ms(b)})`);
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

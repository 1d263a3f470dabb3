/** Bough is killed between any two steps of what it does to folders: the next start finishes that or takes it away, and nothing is lost. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { FolderCommand, FolderInput } from '../../protocol/requests/folders.ts';
import { runs } from '../child-script.ts';
import { CopyRoom } from './copy-room.ts';
import { FolderDesk, ROOT } from './desk.ts';
import { createFolders, type Folders } from './folders.ts';
import { agentTree, IN_TREE } from './testing/agent-tree.ts';
import { contentsOf, describeGit, git, repositoryIn, tempFolders, testEnv } from './testing/repositories.ts';

vi.setConfig({ testTimeout: 600_000 });
const temp = tempFolders();
const CONVERSATION = 'conversation-1';
/** Between all steps with BOUGH_FOLDER_KILLS=all; else between some. */
const SOME = 4;

interface Case {
  readonly home: string;
  readonly top: string;
  readonly copy: string;
  readonly whole: ReadonlyMap<string, string>;
}

/** A repository with two states kept, and a copy in which something was done by hand. */
async function prepared(): Promise<Case> {
  const home = temp();
  const top = repositoryIn(home);
  for (const name of ['a', 'b', 'c']) writeFileSync(join(top, name), `${name}\n`);
  writeFileSync(join(top, '.gitignore'), '.env\n');
  writeFileSync(join(top, '.env'), 'KEY=1\n');
  git(top, 'add', '-A');
  git(top, 'commit', '-qm', 'All');
  const desk = new FolderDesk({ data: join(home, 'data'), env: testEnv(home) });
  const own = await desk.repository(top);
  await folders(home).execute('along', { folder: top, paths: ['.env'] });
  await desk.keep(own, { conversation: CONVERSATION, name: ROOT, about: 'x' });
  writeFileSync(join(top, 'a'), 'other\n');
  await desk.keep(own, { conversation: CONVERSATION, name: IN_TREE.own, about: 'x' });
  const place = {
    conversation: CONVERSATION,
    copy: IN_TREE.copy,
    own,
    tree: agentTree(top),
    at: IN_TREE.asked,
  };
  const { cwd, repository, done } = await new CopyRoom(desk).reach({
    ...place,
    states: await desk.states(own, CONVERSATION),
  });
  for (const name of ['b', 'new/d', 'new/e']) {
    mkdirSync(join(cwd, 'new'), { recursive: true });
    writeFileSync(join(cwd, name), `${name} of the copy\n`);
  }
  rmSync(join(cwd, 'c'));
  await desk.keep(repository, { conversation: CONVERSATION, name: IN_TREE.copy, about: 'x' });
  writeFileSync(join(cwd, 'by-hand'), 'x\n');
  done();
  return { home, top, copy: cwd, whole: contentsOf(cwd) };
}

function folders(home: string): Folders {
  const trouble = (error: unknown) => {
    throw error;
  };
  const tree = async () => agentTree(join(home, 'project'));
  return createFolders({ data: join(home, 'data'), env: testEnv(home), roots: [], tree, trouble });
}

/** Runs a command in a process that is killed before a step; how many steps there are, where it lived to the end. */
async function killed<N extends FolderCommand>(
  home: string,
  step: number,
  name: N,
  input: FolderInput<N>,
): Promise<number | undefined> {
  const script = join(import.meta.dirname, 'testing/dying.child.ts');
  const args = [...runs(script), home, String(step), name, JSON.stringify(input)];
  const child = spawn(process.execPath, args, {
    ...{ env: testEnv(home), stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...how) => resolve(how)),
  );
  expect([code, signal]).toEqual(said ? [0, null] : [null, 'SIGKILL']);
  await expect.poll(() => isRunning(child.pid), { interval: 5, timeout: 20_000 }).toBe(false);
  return said ? Number(said.split(' ')[1]) : undefined;
}

/** A git that was at work lives on for a moment, and starts are slower than that. */
function isRunning(group = 0): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Does it from the same state again and again, killed before one step after the other, and judges what the next start makes of it. */
async function whereverKilled<N extends FolderCommand>(
  { home }: Case,
  name: N,
  input: FolderInput<N>,
  judge: (next: Folders) => Promise<void>,
): Promise<void> {
  const kept = `${home}-kept`;
  cpSync(home, kept, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const again = () => {
    rmSync(home, { recursive: true });
    cpSync(kept, home, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  };
  try {
    const steps = (await killed(home, 0, name, input)) ?? 0;
    const by = process.env.BOUGH_FOLDER_KILLS === 'all' ? 1 : Math.ceil(steps / SOME);
    for (let step = 1; step <= steps; step += by) {
      again();
      expect(await killed(home, step, name, input), `step ${step} of ${steps}`).toBeUndefined();
      const next = folders(home);
      await next.mend();
      try {
        nothingHalf(home);
        await judge(next);
      } catch (error) {
        throw new Error(`Killed before step ${step} of ${steps}.`, { cause: error });
      }
    }
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
}

/** No copy that is half there, nothing that was for a moment, and the repository is sound. */
function nothingHalf(home: string): void {
  const top = join(home, 'project');
  const data = join(home, 'data');
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => /\.tmp$|carrying\.json$|^folders\/scratch\/./.test(name))).toEqual([]);
  const chat = join(data, 'worktrees', CONVERSATION);
  const there = existsSync(chat) ? readdirSync(chat).sort() : [];
  const copies = there.filter((name) => !name.endsWith('.json'));
  expect(there).toEqual(copies.flatMap((name) => [name, `${name}.json`]));
  for (const name of copies)
    expect(JSON.parse(readFileSync(join(chat, `${name}.json`), 'utf8'))).toMatchObject({ state: 'ready' });
  const listed = git(top, 'worktree', 'list', '--porcelain');
  expect(listed.match(/^worktree .*$/gm)?.sort()).toEqual(
    [top, ...copies.map((name) => join(chat, name))].map((path) => `worktree ${path}`).sort(),
  );
  expect(listed).not.toMatch(/prunable|locked/);
  git(top, 'fsck', '--connectivity-only');
}

const ofCopy = { conversation: CONVERSATION, copy: IN_TREE.copy };

describeGit('killed at any moment', () => {
  it('a copy that is put away is there or can be brought back, with all that was in it', async () => {
    const one = await prepared();
    await whereverKilled(one, 'put-away', ofCopy, async (next) => {
      await next.execute('bring-back', ofCopy);
      expect(contentsOf(one.copy)).toEqual(one.whole);
      await next.execute('put-away', ofCopy);
      expect(existsSync(one.copy)).toBe(false);
    });
  });

  it('a copy that is made is whole, or can be made again', async () => {
    const one = await prepared();
    await folders(one.home).execute('put-away', ofCopy);
    await whereverKilled(one, 'bring-back', ofCopy, async (next) => {
      await next.execute('bring-back', ofCopy);
      expect(contentsOf(one.copy)).toEqual(one.whole);
      await next.execute('put-away', ofCopy);
      await next.execute('bring-back', ofCopy);
      expect(contentsOf(one.copy)).toEqual(one.whole);
    });
  });

  it('files that are taken over are all there or none is, and what was there can be had back', async () => {
    const one = await prepared();
    const { top } = one;
    const before = contentsOf(top);
    const input = { conversation: CONVERSATION, message: IN_TREE.copy };
    const after = new Map([...before, ['b', 'file b of the copy\n']]);
    after.delete('c');
    for (const name of ['new/d', 'new/e']) after.set(name, `file ${name} of the copy\n`);
    await whereverKilled(one, 'take', input, async (next) => {
      const now = contentsOf(top);
      expect([before, after]).toContainEqual(now);
      expect(git(top, 'diff', '--cached', '--name-only')).toBe('');
      if (now.size === before.size) expect(await next.execute('take', input)).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(after);
      expect(await next.execute('undo', { ...input, undo: undoIn(top) })).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(before);
    });
  });

  it('a take-over that is undone is undone whole or not at all, and can be done again', async () => {
    const one = await prepared();
    const { home, top } = one;
    const before = contentsOf(top);
    const input = { conversation: CONVERSATION, message: IN_TREE.copy };
    const { undo = '' } = await folders(home).execute('take', input);
    const taken = contentsOf(top);
    await whereverKilled(one, 'undo', { ...input, undo }, async (next) => {
      const now = contentsOf(top);
      expect([before, taken]).toContainEqual(now);
      if (now.has('new/d'))
        expect(await next.execute('undo', { ...input, undo })).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(before);
      expect(git(top, 'diff', '--cached', '--name-only')).toBe('');
      expect(await next.execute('take', input)).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(taken);
    });
  });

  it('files that are to be what they were at a message are that or what they are, and both can be had', async () => {
    const one = await prepared();
    const { top } = one;
    mkdirSync(join(top, 'later/in'), { recursive: true });
    writeFileSync(join(top, 'later/in/d'), 'later\n');
    rmSync(join(top, 'b'));
    const before = contentsOf(top);
    const after = new Map([...before, ['a', 'file a\n'], ['b', 'file b\n']]);
    after.delete('later/in/d');
    const input = { conversation: CONVERSATION, message: IN_TREE.asked };
    await whereverKilled(one, 'restore', input, async (next) => {
      const now = contentsOf(top);
      expect([before, after]).toContainEqual(now);
      if (now.has('later/in/d')) expect(await next.execute('restore', input)).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(after);
      expect(git(top, 'diff', '--cached', '--name-only')).toBe('');
      expect(await next.execute('undo', { ...input, undo: undoIn(top) })).toMatchObject({ done: true });
      expect(contentsOf(top)).toEqual(before);
    });
  });

  it('what is committed in a copy is one commit of all that is in it', async () => {
    const one = await prepared();
    const { top, copy, whole } = one;
    git(top, 'config', 'user.name', 'Ada');
    git(top, 'config', 'user.email', 'ada@example.org');
    const [own, at] = [contentsOf(top), git(copy, 'rev-parse', 'HEAD')];
    const input = { conversation: CONVERSATION, message: IN_TREE.copy, text: 'Of the copy' };
    await whereverKilled(one, 'commit', input, async (next) => {
      const isThere = git(copy, 'rev-parse', 'HEAD') !== at;
      const again = next.execute('commit', input);
      if (isThere) await expect(again).rejects.toThrow('nothing to commit');
      else await again;
      expect(git(copy, 'rev-parse', 'HEAD^')).toBe(at);
      expect(git(copy, 'status', '--porcelain')).toBe('');
      expect(contentsOf(copy)).toEqual(whole);
      expect(contentsOf(top)).toEqual(own);
      expect(git(top, 'rev-parse', 'HEAD')).toBe(at);
      expect(git(top, 'status', '--porcelain')).toBe(' M a\n');
    });
  });

  it('a branch of git that begins in a copy is there, with the copy on it, or can be made', async () => {
    const one = await prepared();
    const { top, copy, whole } = one;
    const at = git(copy, 'rev-parse', 'HEAD');
    const input = { conversation: CONVERSATION, message: IN_TREE.copy, name: 'try/own' };
    await whereverKilled(one, 'branch', input, async (next) => {
      const isThere = git(top, 'branch', '--list', 'try/own') !== '';
      const again = next.execute('branch', input);
      if (isThere) await expect(again).rejects.toThrow('already');
      else await again;
      expect(git(copy, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/try/own');
      expect(git(copy, 'rev-parse', 'HEAD')).toBe(at);
      expect(git(top, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/main');
      expect(contentsOf(copy)).toEqual(whole);
    });
  });
});

/** What undoes the last of what was done to the files of a folder. */
const undoIn = (top: string): string =>
  /(?<=\/)[^/]+(?=\.after)/.exec(git(top, 'for-each-ref', '--format=%(refname)'))?.[0] ?? '';

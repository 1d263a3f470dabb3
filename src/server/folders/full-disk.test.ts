/** A disk without room: what is asked for is refused with a sentence, nothing is half done or lost, and it works once there is room. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Disk, smallDisk } from '../engine/embedded/testing.ts';
import { CopyRoom } from './copy-room.ts';
import { FolderDesk, ROOT } from './desk.ts';
import { createFolders } from './folders.ts';
import { asTrouble } from './git.ts';
import { agentTree, IN_TREE } from './testing/agent-tree.ts';
import { contentsOf, describeGit, git, hasGit, repositoryIn, testEnv } from './testing/repositories.ts';

vi.setConfig({ testTimeout: 120_000 });
const CONVERSATION = 'conversation-1';
const BIG = 300_000;

let disk: Disk | null = null;
beforeEach(() => {
  disk = hasGit ? smallDisk('6m') : null;
});
afterEach(() => disk?.remove());

/** Bytes that cannot be packed smaller. */
const noise = (seed: number): Buffer => {
  let at = seed;
  return Buffer.from(
    Array.from({ length: BIG }, () => {
      at = (Math.imul(at, 1_103_515_245) + 12_345) >>> 0;
      return at >>> 24;
    }),
  );
};

const filler = (home: string) => join(home, 'filler');
/** All room but some KB is taken. */
function fill(home: string, left = 0): void {
  const block = Buffer.alloc(4096, 1);
  let size = 0;
  try {
    for (;;) {
      writeFileSync(filler(home), block, { flag: 'a' });
      size += block.length;
    }
  } catch {
    rmSync(filler(home));
    writeFileSync(filler(home), Buffer.alloc(Math.max(size - left * 1024, 0), 1));
  }
}

async function begun(home: string) {
  const top = repositoryIn(home);
  writeFileSync(join(top, 'a'), noise(1));
  writeFileSync(join(top, 'b'), 'small\n');
  git(top, 'add', '-A');
  git(top, 'commit', '-qm', 'All');
  const data = join(home, 'data');
  const desk = new FolderDesk({ data, env: testEnv(home) });
  const own = await desk.repository(top);
  await desk.keep(own, { conversation: CONVERSATION, name: ROOT, about: 'x' });
  const copies = new CopyRoom(desk);
  const place = {
    conversation: CONVERSATION,
    copy: IN_TREE.copy,
    own,
    tree: agentTree(top),
    at: IN_TREE.asked,
  };
  const reach = async () => copies.reach({ ...place, states: await desk.states(own, CONVERSATION) });
  const folders = createFolders({
    ...{ data, env: testEnv(home), roots: [], tree: async () => agentTree(top), trouble: () => {} },
  });
  return { top, desk, own, copies, reach, folders };
}

const full = (work: Promise<unknown>) =>
  expect(
    work.catch((error: unknown) => {
      throw asTrouble(error);
    }),
  ).rejects.toMatchObject({ code: 'storage-full' });

describeGit('on a full disk', () => {
  it('a snapshot fails, the repository is sound, and the next one has all', async ({ skip }) => {
    if (!disk) return skip('no file system can be mounted here');
    const home = disk.path;
    const { top, desk, own } = await begun(home);
    writeFileSync(join(top, 'a'), noise(2));
    fill(home);
    const wish = { conversation: CONVERSATION, name: 'message-1', about: 'x' };
    await full(desk.keep(own, wish));
    git(top, 'fsck', '--connectivity-only');
    rmSync(filler(home));
    const { state } = await desk.keep(own, wish);
    const blob = git(top, 'rev-parse', `${state.commit}:a`);
    expect(blob).toBe(git(top, 'hash-object', 'a'));
  });

  it('no copy is left half made, and none is listed', async ({ skip }) => {
    if (!disk) return skip('no file system can be mounted here');
    const home = disk.path;
    const { top, reach, copies } = await begun(home);
    fill(home, 120);
    await full(reach());
    expect(git(top, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(existsSync(copies.pathOf(CONVERSATION, IN_TREE.copy))).toBe(false);
    expect(await copies.list()).toEqual([]);
    rmSync(filler(home));
    const { cwd, done } = await reach();
    done();
    expect(contentsOf(cwd)).toEqual(contentsOf(top));
  });

  it('what is taken over is not half there', async ({ skip }) => {
    if (!disk) return skip('no file system can be mounted here');
    const home = disk.path;
    const { top, desk, reach, folders } = await begun(home);
    const { cwd, repository, done } = await reach();
    for (const name of ['c', 'd', 'e']) writeFileSync(join(cwd, name), noise(name.charCodeAt(0)));
    rmSync(join(cwd, 'b'));
    await desk.keep(repository, { conversation: CONVERSATION, name: IN_TREE.copy, about: 'x' });
    done();
    const before = contentsOf(top);
    const input = { conversation: CONVERSATION, message: IN_TREE.copy };
    // Room for one of the three files.
    fill(home, (BIG * 1.6) / 1024);
    await expect(folders.execute('take', input)).rejects.toMatchObject({ code: 'storage-full' });
    expect(contentsOf(top)).toEqual(before);
    rmSync(filler(home));
    expect(await folders.execute('take', input)).toMatchObject({ done: true });
    expect([...contentsOf(top).keys()].sort()).toEqual(['a', 'c', 'd', 'e']);
  });
});

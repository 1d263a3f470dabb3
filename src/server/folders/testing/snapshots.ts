/** Snapshots without a server, and what may be done in a repository between two of them. */
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { FolderDesk, type FolderState } from '../desk.ts';
import type { Git } from '../git.ts';
import type { Repository } from '../repository.ts';
import { shadowOf } from '../snapshots/shadow.ts';
import { commitOf, readState, settled, type TreeState } from '../snapshots/snapshot.ts';
import { git, testEnv } from './repositories.ts';

/** Git and a folder of shadows, without the rest of Bough. */
export interface SnapshotDesk {
  readonly git: Git;
  readonly data: string;
  /** As far as nothing of it has changed, asked of git once. */
  repository(top: string): Promise<Repository>;
}

export function snapshotDesk(home: string): SnapshotDesk {
  const desk = new FolderDesk({ data: home, env: testEnv(home) });
  mkdirSync(join(home, 'folders', 'nowhere'), { recursive: true });
  return { git: desk.git, data: desk.shadows, repository: (top) => desk.repository(top) };
}

/** One that has seen nothing yet. */
export const afresh = (desk: SnapshotDesk, home: string): SnapshotDesk => ({
  ...desk,
  data: join(home, 'shadows'),
});

/** Keeps what is in a working tree now, under a name. */
export async function snapshot(
  { git: runner, data, repository: repositoryOf }: SnapshotDesk,
  top: string,
  name: string,
): Promise<TreeState & FolderState & { repository: Repository }> {
  const repository = await repositoryOf(top);
  const shadow = await shadowOf(runner, data, repository);
  const state = await readState(runner, shadow, repository);
  const commit = await commitOf(runner, shadow, state, name);
  const ref = `refs/bough/chat/${name}`;
  await runner.theirs({ args: ['update-ref', ref, commit], cwd: top });
  await settled(shadow, repository, { ...state, anchor: { ref, commit } });
  return { ...state, ref, commit, repository };
}

/** Writes a file, with the folders above it. One character of the path is a byte. */
export const put = (top: string, path: string, text: string | Buffer): void => {
  const whole = Buffer.from(`${top}/${path}`, 'latin1');
  mkdirSync(dirname(whole.toString('latin1')), { recursive: true });
  writeFileSync(whole, text);
};

const NAMES = [
  'a',
  'b',
  'A',
  'dir',
  'sp ace',
  'new\nline',
  'tab\t"quote',
  '-dash',
  'ü',
  '\xff\xfe',
  '.hidden',
  '*?[x]',
  'x.tmp',
  '.gitignore',
  'back\\slash',
  '.gitmodules',
];
const path = fc
  .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));
const content = fc.oneof(
  fc.constantFrom('', 'one\n', 'one\r\ntwo\r\n', '$Id$', '*.tmp\n', 'dir/\n', '!x.tmp\n'),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
);
/** What is done in a repository, by a person or an agent. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), path, content }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('link' as const), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('run' as const), path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('touch' as const), path }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('add' as const, 'commit' as const, 'snapshot' as const, 'stash' as const),
    }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What cannot be done in the folder as it is, is not. */
export function perform(top: string, one: Step): void {
  const whole = (name: string) => Buffer.from(`${top}/${name}`, 'latin1');
  const tried = (work: () => void) => {
    try {
      work();
    } catch {}
  };
  switch (one.kind) {
    case 'write':
      return tried(() => {
        const parts = one.path.split('/');
        for (let at = 1; at < parts.length; at += 1)
          tried(() => mkdirSync(whole(parts.slice(0, at).join('/'))));
        writeFileSync(whole(one.path), one.content);
      });
    case 'remove':
      return tried(() => rmSync(whole(one.path), { recursive: true }));
    case 'link':
      return tried(() => symlinkSync(Buffer.from(one.to, 'latin1'), whole(one.path)));
    case 'run':
      return tried(() => chmodSync(whole(one.path), 0o755));
    case 'touch':
      return tried(() => utimesSync(whole(one.path), 1_000_000, 1_000_000));
    case 'add':
      return tried(() => void git(top, 'add', '-A'));
    case 'commit':
      return tried(() => void git(top, 'commit', '-qam', 'x'));
    case 'stash':
      return tried(() => void git(top, 'stash', '-q'));
    case 'snapshot':
  }
}

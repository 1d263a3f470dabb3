/**
 * Carries the difference between two snapshots over to a person's folder: what a branch did, what is undone, what a folder was like before. Three-way, path by
 * path; what does not fit is said first, and nothing is done. What is done is written down before and finished after a crash.
 */
import { lstat, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeOwnFile } from '../whole-file.ts';
import type { FolderDesk, FolderState } from './desk.ts';
import { FolderTrouble, namesIn, readable } from './git.ts';
import type { Repository } from './repository.ts';
import type { Shadow } from './snapshots/shadow.ts';
import { settled } from './snapshots/snapshot.ts';

export interface CarryWish {
  readonly target: Repository;
  /** Commits or trees. */
  readonly from: string;
  readonly to: string;
  /** The folder as it is now, just kept; our index is of it. */
  readonly now: FolderState;
  /** What is done about conflicts. Default: nothing is done at all. */
  readonly how?: ConflictChoice | undefined;
}

/** `mine`: what is there stays. `theirs`: it is replaced. `marked`: both, with git's marks, in text; else as `mine`. */
export type ConflictChoice = 'mine' | 'theirs' | 'marked';

interface CarryConflict {
  readonly path: string;
  /** `both`: both changed it. `ignored`: something is there that git ignores, or that was not kept. */
  readonly why: 'both' | 'ignored';
}

/** What would be done, or was. */
export interface CarryPlan {
  /** The tree the folder will have. */
  readonly tree: string;
  readonly conflicts: readonly CarryConflict[];
}

interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

const NONE: TreeEntry = { mode: '000000', id: '0' };
const isSame = (a: TreeEntry, b: TreeEntry): boolean =>
  a.mode === b.mode && (a.id === b.id || a.mode === '000000');
const isFile = ({ mode }: TreeEntry): boolean => mode.startsWith('100');

/** Changes nothing in the folder. @throws {FolderTrouble} */
export async function planCarry(desk: FolderDesk, wish: CarryWish): Promise<CarryPlan> {
  const { target, from, to, now, how } = wish;
  const shadow = await desk.shadow(target);
  const changes = await rawChanges(desk, shadow, from, to);
  const there = await entriesOf(desk, shadow, now.tree);
  const conflicts: CarryConflict[] = [];
  const result = new Map<string, TreeEntry>();
  for (const { name, before, after } of changes) {
    const own = there.get(name) ?? NONE;
    if (isSame(own, after)) continue;
    const inTheWay =
      after !== NONE && !there.has(name) && (await isInTheWay(target.top, name, changes, there));
    if (inTheWay) conflicts.push({ path: readable(name), why: 'ignored' });
    else if (isSame(own, before)) result.set(name, after);
    else {
      const merged = await merge(desk, shadow, { before, own, after });
      if (merged && !merged.isMarked) result.set(name, merged.entry);
      else conflicts.push({ path: readable(name), why: 'both' });
      if (how === 'theirs') result.set(name, after);
      if (how === 'marked' && merged) result.set(name, merged.entry);
    }
  }
  return { tree: await treeWith(desk, shadow, now.tree, result), conflicts };
}

interface RawChange {
  readonly name: string;
  readonly before: TreeEntry;
  readonly after: TreeEntry;
}

async function rawChanges(
  desk: FolderDesk,
  { env, top: cwd }: Shadow,
  from: string,
  to: string,
): Promise<readonly RawChange[]> {
  const { out } = await desk.git.ours({
    args: ['diff-tree', '-r', '-z', '--no-renames', '--raw', from, to],
    cwd,
    env,
  });
  const fields = namesIn(out);
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [modeBefore = '', modeAfter = '', before = '', after = ''] = (fields[at] ?? '').slice(1).split(' ');
    const entry = (mode: string, id: string) => (mode === '000000' ? NONE : { mode, id });
    changes.push({
      name: fields[at + 1] ?? '',
      before: entry(modeBefore, before),
      after: entry(modeAfter, after),
    });
  }
  return changes;
}

async function entriesOf(
  desk: FolderDesk,
  { env, top: cwd }: Shadow,
  tree: string,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const { out } = await desk.git.ours({ args: ['ls-tree', '-r', '-z', tree], cwd, env });
  return new Map(
    namesIn(out).map((line) => {
      const [facts = '', ...name] = line.split('\t');
      const [mode = '', , id = ''] = facts.split(' ');
      return [name.join('\t'), { mode, id }];
    }),
  );
}

const bytesOf = (top: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${top}/`), Buffer.from(name, 'latin1')]);

/** Something no snapshot has stands where a file is to be, or one of its folders: an ignored file, or a folder with such. */
async function isInTheWay(
  top: string,
  name: string,
  changes: readonly RawChange[],
  there: ReadonlyMap<string, TreeEntry>,
): Promise<boolean> {
  const leaves = new Set(changes.filter(({ after }) => after === NONE).map((change) => change.name));
  const parts = name.split('/');
  for (let at = 1; at < parts.length; at += 1) {
    const parent = parts.slice(0, at).join('/');
    const found = await lstat(bytesOf(top, parent)).catch(() => null);
    if (!found) return false;
    if (!found.isDirectory()) return !(there.has(parent) && leaves.has(parent));
  }
  const found = await lstat(bytesOf(top, name)).catch(() => null);
  if (!found) return false;
  if (!found.isDirectory()) return true;
  const inside = await filesIn(top, name);
  return inside.some((one) => !leaves.has(one));
}

async function filesIn(top: string, folder: string): Promise<string[]> {
  const names = await readdir(bytesOf(top, folder), { withFileTypes: true, encoding: 'latin1' as 'utf8' });
  const found = await Promise.all(
    names.map((one) =>
      one.isDirectory() ? filesIn(top, `${folder}/${one.name}`) : [`${folder}/${one.name}`],
    ),
  );
  return found.flat();
}

/** Text that both changed, put together; null: it is no text, or one of both took it away. */
async function merge(
  desk: FolderDesk,
  { env, top: cwd }: Shadow,
  { before, own, after }: { readonly before: TreeEntry; readonly own: TreeEntry; readonly after: TreeEntry },
): Promise<{ entry: TreeEntry; isMarked: boolean } | null> {
  if (!isFile(before) || !isFile(own) || !isFile(after)) return null;
  const ids = [own.id, before.id, after.id];
  const texts = await Promise.all(
    ids.map(async (id) => (await desk.git.ours({ args: ['cat-file', 'blob', id], cwd, env })).out),
  );
  if (texts.some((text) => text.includes(0))) return null;
  const names = await Promise.all(
    texts.map(async (text, at) => {
      const path = join(desk.scratch, `merge-${process.pid}-${own.id}-${at}`);
      await writeFile(path, text, { mode: 0o600 });
      return path;
    }),
  );
  try {
    const labels = ['-L', 'here', '-L', 'before', '-L', 'the branch'];
    const merged = await desk.git.ours({
      args: ['merge-file', '-p', ...labels, ...names],
      ...{ cwd, env, fine: [...Array(128).keys()] },
    });
    const { out } = await desk.git.ours({
      args: ['hash-object', '-w', '--no-filters', '--stdin'],
      cwd,
      env,
      input: merged.out,
    });
    const mode = own.mode === before.mode ? after.mode : own.mode;
    return { entry: { mode, id: out.toString().trim() }, isMarked: merged.code > 0 };
  } finally {
    await Promise.all(names.map((path) => rm(path, { force: true })));
  }
}

/** A tree with some entries replaced. */
async function treeWith(
  desk: FolderDesk,
  { env, top: cwd }: Shadow,
  tree: string,
  entries: ReadonlyMap<string, TreeEntry>,
): Promise<string> {
  if (entries.size === 0) return tree;
  const index = join(desk.scratch, `index-${process.pid}-${tree}`);
  const own = { ...env, GIT_INDEX_FILE: index };
  try {
    await desk.git.ours({ args: ['read-tree', tree], cwd, env: own });
    // What goes first makes room for what is a file, or a folder, in its place.
    const lines = [...entries]
      .sort(([, a], [, b]) => Number(a !== NONE) - Number(b !== NONE))
      .map(([name, { mode, id }]) =>
        mode === NONE.mode ? `0 ${'0'.repeat(tree.length)}\t${name}\0` : `${mode} ${id}\t${name}\0`,
      );
    const input = Buffer.from(lines.join(''), 'latin1');
    await desk.git.ours({ args: ['update-index', '-z', '--index-info'], cwd, env: own, input });
    return (await desk.git.ours({ args: ['write-tree'], cwd, env: own })).out.toString().trim();
  } finally {
    await rm(index, { force: true });
  }
}

/** Written down before a folder is changed. */
interface CarryNote {
  readonly v: 1;
  readonly top: string;
  readonly from: string;
  readonly to: string;
  readonly anchor: { readonly ref: string; readonly commit: string };
}

/** Makes the folder what `after` has, where it is what `now` has. `after` is held by its ref. @throws {FolderTrouble} */
export async function carryOut(
  desk: FolderDesk,
  target: Repository,
  now: FolderState,
  after: FolderState,
): Promise<void> {
  const shadow = await desk.shadow(target);
  const { git } = desk;
  const changes = await rawChanges(desk, shadow, now.tree, after.tree);
  const touched = new Set(changes.map(({ name }) => name));
  const { out } = await git.ours({
    args: ['diff-files', '-z', '--name-only'],
    cwd: target.top,
    env: shadow.env,
  });
  const meanwhile = namesIn(out).find((name) => touched.has(name));
  if (meanwhile !== undefined)
    throw new FolderTrouble(
      'conflicts',
      `${readable(meanwhile)} was changed just now. Nothing was done; try again.`,
    );
  const note: CarryNote = { v: 1, top: target.top, from: now.tree, to: after.tree, anchor: after };
  await writeOwnFile(noteOf(shadow), JSON.stringify(note));
  try {
    await finish(desk, target, shadow, note);
  } catch (error) {
    // A full disk, a file that may not be written: as it was. Where that fails too, the note stays, and what it says is finished later.
    await finish(desk, target, shadow, { ...note, from: note.to, to: note.from, anchor: now }).catch(
      () => {},
    );
    throw error;
  }
}

const noteOf = ({ notes }: Shadow): string => join(dirname(notes), 'carrying.json');

async function finish(desk: FolderDesk, target: Repository, shadow: Shadow, note: CarryNote): Promise<void> {
  const { git } = desk;
  const { env, top: cwd } = shadow;
  const changes = await rawChanges(desk, shadow, note.from, note.to);
  for (const { name, after } of changes) if (after === NONE) await takeAway(cwd, name);
  const written = changes.filter(({ after }) => after !== NONE).map(({ name }) => name);
  await git.ours({ args: ['read-tree', '--reset', note.to], cwd, env });
  if (written.length > 0) {
    const input = Buffer.from(written.map((name) => `${name}\0`).join(''), 'latin1');
    await git.ours({ args: ['checkout-index', '-f', '-u', '-q', '-z', '--stdin'], cwd, env, input });
  }
  await settled(shadow, target, {
    tree: note.to,
    isIndexed: true,
    anchor: { ref: note.anchor.ref, commit: note.anchor.commit },
  });
  await rm(noteOf(shadow), { force: true });
}

/** A file, and the folders that are empty without it. */
async function takeAway(top: string, name: string): Promise<void> {
  await rm(bytesOf(top, name) as unknown as string, { force: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTDIR') throw error;
  });
  const parts = name.split('/');
  for (let at = parts.length - 1; at > 0; at -= 1) {
    const isEmpty = await rmdir(bytesOf(top, parts.slice(0, at).join('/'))).then(
      () => true,
      () => false,
    );
    if (!isEmpty) return;
  }
}

/** What a crash cut short is finished: the folder is what was asked for. @param folder of ours, that a working tree is seen by @throws {FolderTrouble} */
export async function finishCarrying(desk: FolderDesk, folder: string): Promise<void> {
  const text = await readFile(join(folder, 'carrying.json'), 'utf8').catch(() => null);
  if (text === null) return;
  const note = JSON.parse(text) as CarryNote;
  const target = await desk.repository(note.top);
  await desk.alone(target.top, async () => finish(desk, target, await desk.shadow(target), note));
}

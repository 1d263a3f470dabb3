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
import { type EntryChange, entriesBetween, NONE, type TreeEntry } from './snapshots/changes.ts';
import { filesOf, treeOfEntries } from './snapshots/few-changes.ts';
import { type ObjectReader, objectReader } from './snapshots/object-reader.ts';
import { newObject, writeObject } from './snapshots/objects.ts';
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

const isSame = (a: TreeEntry, b: TreeEntry): boolean =>
  a.mode === b.mode && (a.id === b.id || a.mode === '000000');
const isFile = ({ mode }: TreeEntry): boolean => mode.startsWith('100');

/** Changes nothing in the folder. @throws {FolderTrouble} */
export async function planCarry(desk: FolderDesk, wish: CarryWish): Promise<CarryPlan> {
  const { target, from, to, now } = wish;
  const shadow = await desk.shadow(target);
  const changes = await entriesBetween(desk.git, shadow, from, to);
  if (changes.length === 0) return { tree: now.tree, conflicts: [] };
  const reader = objectReader(desk.git, target.top, READING);
  try {
    const place = { desk, shadow, reader, there: filesOf(reader, now.tree) };
    const { result, conflicts } = await fitted(place, wish, changes);
    return { tree: await treeWith(place, now.tree, result), conflicts };
  } finally {
    void reader.end();
  }
}

/** Three versions of each text that both changed, one text after another. */
const READING = { patience: 15 * 60_000, limit: Number.MAX_SAFE_INTEGER };

interface PlanPlace {
  readonly desk: FolderDesk;
  readonly shadow: Shadow;
  readonly reader: ObjectReader;
  /** What the folder has. */
  readonly there: (name: string) => Promise<TreeEntry | undefined>;
}

/** What the folder will have where it is other than now, and what does not fit. */
async function fitted(
  place: PlanPlace,
  { target, how }: CarryWish,
  changes: readonly EntryChange[],
): Promise<{ readonly result: ReadonlyMap<string, TreeEntry>; readonly conflicts: CarryConflict[] }> {
  const conflicts: CarryConflict[] = [];
  const result = new Map<string, TreeEntry>();
  for (const { name, before, after } of changes) {
    const found = await place.there(name);
    const own = found ?? NONE;
    if (isSame(own, after)) continue;
    const inTheWay = after !== NONE && !found && (await isInTheWay(target.top, name, changes, place.there));
    if (inTheWay) conflicts.push({ path: readable(name), why: 'ignored' });
    else if (isSame(own, before)) result.set(name, after);
    else {
      const merged = await merge(place, { before, own, after });
      if (merged && !merged.isMarked) result.set(name, merged.entry);
      else conflicts.push({ path: readable(name), why: 'both' });
      if (how === 'theirs') result.set(name, after);
      if (how === 'marked' && merged) result.set(name, merged.entry);
    }
  }
  return { result, conflicts };
}

const bytesOf = (top: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${top}/`), Buffer.from(name, 'latin1')]);

/** Something no snapshot has stands where a file is to be, or one of its folders: an ignored file, or a folder with such. */
async function isInTheWay(
  top: string,
  name: string,
  changes: readonly EntryChange[],
  there: PlanPlace['there'],
): Promise<boolean> {
  const leaves = new Set(changes.filter(({ after }) => after === NONE).map((change) => change.name));
  const parts = name.split('/');
  for (let at = 1; at < parts.length; at += 1) {
    const parent = parts.slice(0, at).join('/');
    const found = await lstat(bytesOf(top, parent)).catch(() => null);
    if (!found) return false;
    if (!found.isDirectory()) return !((await there(parent)) && leaves.has(parent));
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
  { desk, shadow, reader }: PlanPlace,
  { before, own, after }: { readonly before: TreeEntry; readonly own: TreeEntry; readonly after: TreeEntry },
): Promise<{ entry: TreeEntry; isMarked: boolean } | null> {
  if (!isFile(before) || !isFile(own) || !isFile(after)) return null;
  const { env, top: cwd } = shadow;
  const texts = await Promise.all(
    [own, before, after].map(async ({ id }) => (await reader.read(id))?.content ?? gone(id)),
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
    const mode = own.mode === before.mode ? after.mode : own.mode;
    return { entry: { mode, id: await blobOf(desk, shadow, merged.out) }, isMarked: merged.code > 0 };
  } finally {
    await Promise.all(names.map((path) => rm(path, { force: true })));
  }
}

function gone(id: string): never {
  throw new FolderTrouble('failed', `The repository has no object ${id} any more.`);
}

async function blobOf({ git }: FolderDesk, { store, env, top: cwd }: Shadow, text: Buffer): Promise<string> {
  if (store) {
    const blob = newObject(store, 'blob', text);
    await writeObject(store, blob);
    return blob.id;
  }
  const args = ['hash-object', '-w', '--no-filters', '--stdin'];
  return (await git.ours({ args, cwd, env, input: text })).out.toString().trim();
}

/** A tree with some entries replaced. */
async function treeWith(
  { desk, shadow, reader }: PlanPlace,
  tree: string,
  entries: ReadonlyMap<string, TreeEntry>,
): Promise<string> {
  if (entries.size === 0) return tree;
  const { store } = shadow;
  const edits = new Map([...entries].map(([name, entry]) => [name, entry === NONE ? null : entry]));
  const made = store && (await treeOfEntries({ reader, store }, tree, edits));
  return made ?? (await treeByIndex(desk, shadow, tree, entries));
}

async function treeByIndex(
  desk: FolderDesk,
  { env, top: cwd }: Shadow,
  tree: string,
  entries: ReadonlyMap<string, TreeEntry>,
): Promise<string> {
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

export interface CarryStep {
  readonly now: FolderState;
  /** Held by its ref. */
  readonly after: FolderState;
  /** All from one to the other. */
  readonly changes: readonly EntryChange[];
}

/** Makes the folder what `after` has, where it is what `now` has. @throws {FolderTrouble} */
export async function carryOut(
  desk: FolderDesk,
  target: Repository,
  { now, after, changes }: CarryStep,
): Promise<void> {
  const shadow = await desk.shadow(target);
  const { git } = desk;
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
    await finish(desk, target, shadow, note, changes);
  } catch (error) {
    // A full disk, a file that may not be written: as it was. Where that fails too, the note stays, and what it says is finished later.
    await finish(desk, target, shadow, { ...note, from: note.to, to: note.from, anchor: now }).catch(
      () => {},
    );
    throw error;
  }
}

const noteOf = ({ notes }: Shadow): string => join(dirname(notes), 'carrying.json');

/** @param known all from one to the other. Default: git is asked */
async function finish(
  desk: FolderDesk,
  target: Repository,
  shadow: Shadow,
  note: CarryNote,
  known?: readonly EntryChange[],
): Promise<void> {
  const { git } = desk;
  const { env, top: cwd } = shadow;
  const changes = known ?? (await entriesBetween(git, shadow, note.from, note.to));
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

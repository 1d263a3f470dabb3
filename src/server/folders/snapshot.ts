/**
 * A snapshot: all files of a working tree, untracked ones too, ignored ones not, as a commit that no branch knows. It is a function of the files alone: what
 * our index remembers of earlier ones makes it fast and changes nothing.
 */
import { lstat, open, readFile, rm, writeFile } from 'node:fs/promises';
import { numberText } from '../../protocol/language.ts';
import { FolderTrouble, type Git, listOfNames, namesIn, printedBy, readable } from './git.ts';
import type { Repository } from './repository.ts';
import { forgetIndex, headOf, type Shadow, signOf } from './shadow.ts';

/** More in one file is left out, and said. */
export const LARGE = 50 * 1024 * 1024;
/** More that is new in one snapshot is no work but data. */
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_FILES = 200_000;

/** The state of a working tree. */
export interface TreeState {
  /** Ids of git's objects. */
  readonly tree: string;
  /** The commit the person stands on; undefined: there is none yet. */
  readonly head?: string;
  /** Files that are there and not in it. */
  readonly left: readonly LeftOut[];
}

export interface LeftOut {
  readonly path: string;
  /** `large`: over 50 MB. `name`: git keeps no file of such a name. `unreadable`: whoever runs Bough may not read it. */
  readonly why: 'large' | 'name' | 'unreadable';
}

interface Notes {
  readonly v: 1;
  /** Of the person's index and of the rules of what is ignored, when it was last asked which tracked files are ignored. */
  readonly ignores: string;
  /** What holds the objects our index names. */
  readonly anchor: Anchor;
  /** Of our index. */
  readonly tree: string;
}

export interface Anchor {
  readonly ref: string;
  readonly commit: string;
}

/**
 * Reads the working tree; its objects are in the repository when it resolves, held by nothing yet: `settled` has to be told what holds them, else the next
 * snapshot reads everything again. One at a time for a working tree.
 * @throws {FolderTrouble}
 */
export async function readState(git: Git, shadow: Shadow, repository: Repository): Promise<TreeState> {
  try {
    const state = await read(git, shadow, repository, await notesOf(shadow));
    if (state) return state;
  } catch (error) {
    if (!isOfIndex(error)) throw error;
  }
  // A torn index, a lock of a killed git, objects that somebody took away: from the beginning, once.
  await forgetIndex(shadow);
  return (await read(git, shadow, repository, null)) as TreeState;
}

/** What our index names, `tree`, is held by `anchor`. */
export async function settled(
  shadow: Shadow,
  repository: Repository,
  { tree, anchor }: Pick<Notes, 'tree' | 'anchor'>,
): Promise<void> {
  const ignores = await ignoresOf(shadow, repository);
  const notes: Notes = { v: 1, ignores, anchor, tree };
  await writeFile(headOf(shadow), `${anchor.commit}\n`);
  await writeFile(shadow.notes, JSON.stringify(notes), { mode: 0o600 });
  await rm(shadow.pending, { force: true });
}

const ignoresOf = async ({ ignores }: Shadow, { index }: Repository): Promise<string> =>
  `${ignores} ${await signOf(index)}`;

const isOfIndex = (error: unknown): boolean =>
  /index\.lock|index file (corrupt|smaller)|bad (index|signature|object|tree)|invalid object|could not resolve HEAD|error building trees|unable to read/i.test(
    printedBy(error),
  );

/** Null: what the index knows cannot be relied on, and is gone. */
async function notesOf(shadow: Shadow): Promise<Notes | null> {
  const [text, isPending] = await Promise.all([
    readFile(shadow.notes, 'utf8').catch(() => ''),
    lstat(shadow.pending).then(
      () => true,
      () => false,
    ),
  ]);
  const notes = isPending ? null : readNotes(text);
  if (!notes) await forgetIndex(shadow);
  return notes;
}

function readNotes(text: string): Notes | null {
  try {
    const notes = JSON.parse(text) as Notes;
    return notes.v === 1 && notes.anchor && notes.tree ? notes : null;
  } catch {
    return null;
  }
}

/** Where the person stands, and whether what our index names is still held: who takes refs away lets git clear their objects away, too. */
async function standing(
  git: Git,
  { top }: Repository,
  notes: Notes | null,
): Promise<{ head: string | undefined; isHeld: boolean }> {
  const asked = ['HEAD^{commit}', ...(notes ? [notes.anchor.ref] : [])];
  const { out } = await git.theirs({
    args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    cwd: top,
    input: Buffer.from(`${asked.join('\n')}\n`),
  });
  const [head, anchor] = out
    .toString()
    .split('\n')
    .map((line) => /^([0-9a-f]{40,64}) commit$/.exec(line)?.[1]);
  return { head, isHeld: notes !== null && anchor === notes.anchor.commit };
}

/** Null: it has to be read without notes. */
async function read(
  git: Git,
  shadow: Shadow,
  repository: Repository,
  notes: Notes | null,
): Promise<TreeState | null> {
  const [changes, { head, isHeld }] = await Promise.all([
    changesIn(git, shadow),
    standing(git, repository, notes),
  ]);
  if (notes && !isHeld) return null;
  const taken = await takeIn(git, shadow, changes);
  const left = [...taken.left];
  const isSame = notes?.ignores === (await ignoresOf(shadow, repository));
  const names = [...changes.changed, ...changes.gone, ...changes.fresh];
  const followed =
    !isSame || names.some((name) => /(^|\/)\.gitignore$/.test(name))
      ? await followIgnores(git, shadow, repository)
      : NOTHING_TAKEN;
  left.push(...followed.left);
  const tree = notes && !taken.isNew && !followed.isNew ? notes.tree : await writtenTree(git, shadow);
  return { tree, ...(head !== undefined && { head }), left: left.sort(byPath) };
}

const byPath = (a: LeftOut, b: LeftOut): number => (a.path < b.path ? -1 : 1);

async function writtenTree(git: Git, { env, top: cwd }: Shadow): Promise<string> {
  const { out } = await git.ours({ args: ['write-tree'], cwd, env });
  return out.toString().trim();
}

interface WorkChanges {
  /** Known to our index, and other than it knows. */
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  /** Not known, and not ignored. */
  readonly fresh: readonly string[];
  /** Our index is not what its last snapshot has, which should not be. */
  readonly isAhead: boolean;
}

/** One walk: `git status` of our git directory, whose HEAD is the last snapshot. A file that was only touched is noted in our index, and is no change. */
async function changesIn(git: Git, { env, top: cwd }: Shadow): Promise<WorkChanges> {
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames'];
  const { out } = await git.ours({ args, cwd, env: { ...env, GIT_OPTIONAL_LOCKS: '1' } });
  const found = { changed: [] as string[], gone: [] as string[], fresh: [] as string[], isAhead: false };
  for (const line of namesIn(out)) {
    const [ofIndex, ofFile, name] = [line[0], line[1], line.slice(3)];
    if (ofIndex === '?') found.fresh.push(name);
    else {
      found.isAhead ||= ofIndex !== ' ';
      if (ofFile === 'D') found.gone.push(name);
      else if (ofFile !== ' ') found.changed.push(name);
    }
  }
  return found;
}

interface TakenIn {
  readonly left: readonly LeftOut[];
  /** Our index may be another now. */
  readonly isNew: boolean;
}

const NOTHING_TAKEN: TakenIn = { left: [], isNew: false };

/** Puts into our index what is to be there, and says what is not. */
async function takeIn(
  git: Git,
  shadow: Shadow,
  { changed, gone, fresh, isAhead = false }: Omit<WorkChanges, 'isAhead'> & Partial<WorkChanges>,
): Promise<TakenIn> {
  const sorted = await sort(shadow.top, [...changed, ...fresh]);
  const known = new Set(changed);
  const away = [...gone, ...sorted.left.map(({ path }) => path).filter((name) => known.has(name))];
  const isNew = isAhead || away.length + sorted.take.length > 0;
  if (isNew) await writeFile(shadow.pending, '');
  await remove(git, shadow, away);
  const unread = await add(git, shadow, sorted.take);
  return { left: [...sorted.left, ...unread].map(({ path, why }) => ({ path: readable(path), why })), isNew };
}

async function remove(git: Git, { env, top: cwd }: Shadow, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await git.ours({
    args: ['update-index', '-z', '--force-remove', '--stdin'],
    cwd,
    env,
    input: listOfNames(names),
  });
}

async function add(git: Git, shadow: Shadow, names: readonly string[]): Promise<readonly LeftOut[]> {
  if (names.length === 0) return [];
  const { env, top: cwd } = shadow;
  const args = ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'];
  try {
    await git.ours({ args, cwd, env, input: listOfNames(names) });
    return [];
  } catch (error) {
    if (!/Permission denied/.test(printedBy(error))) throw error;
    const closed = new Set(await closedOf(cwd, names));
    if (closed.size === 0) throw error;
    await add(
      git,
      shadow,
      names.filter((name) => !closed.has(name)),
    );
    return [...closed].map((path) => ({ path, why: 'unreadable' as const }));
  }
}

const pathOf = (top: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(top.endsWith('/') ? top : `${top}/`), Buffer.from(name, 'latin1')]);

async function closedOf(top: string, names: readonly string[]): Promise<string[]> {
  const closed: string[] = [];
  await inTurns(names, async (name) => {
    const file = await lstat(pathOf(top, name)).catch(() => null);
    if (!file?.isFile()) return;
    const opened = await open(pathOf(top, name), 'r').catch(() => null);
    if (!opened) closed.push(name);
    await opened?.close();
  });
  return closed;
}

/** What can be taken in, and what not. @throws {FolderTrouble} when it is too much, or holds repositories of its own */
async function sort(top: string, names: readonly string[]): Promise<{ take: string[]; left: LeftOut[] }> {
  const nested = names.filter((name) => name.endsWith('/'));
  if (nested[0] !== undefined) throw isNested(nested[0]);
  const take: string[] = [];
  const left: LeftOut[] = [];
  let bytes = 0;
  await inTurns(names, async (name) => {
    if (isRefusedByGit(name)) return void left.push({ path: name, why: 'name' });
    const file = await lstat(pathOf(top, name)).catch(() => null);
    if (file?.isDirectory() && (await isRepository(top, name))) throw isNested(name);
    if (file?.isFile() && file.size > LARGE) return void left.push({ path: name, why: 'large' });
    bytes += file?.isFile() ? file.size : 0;
    take.push(name);
  });
  if (take.length > MOST_FILES || bytes > MOST_BYTES) {
    const what = `${numberText(take.length)} files with ${numberText(Math.ceil(bytes / 1024 / 1024))} MB`;
    throw new FolderTrouble(
      'too-much',
      `${top} holds ${what} that git does not ignore, too much to keep of every turn. Have git ignore what is data.`,
    );
  }
  return { take, left };
}

const isNested = (name: string): FolderTrouble =>
  new FolderTrouble(
    'not-taken',
    `${readable(name).replace(/\/$/, '')} is a repository of its own in this one. Folders with such are not copied and kept yet.`,
  );

const isRepository = (top: string, name: string): Promise<boolean> =>
  lstat(pathOf(top, `${name}/.git`)).then(
    () => true,
    () => false,
  );

/** Names that mean git's own folder on one system or another. */
const isRefusedByGit = (name: string): boolean =>
  name.split('/').some((part) => /^\.git[ .]*$|^git~1$/i.test(part));

/**
 * Tracked files belong to it also where they are ignored, and nothing else does that is. Asked when the person's index, or a rule, is another than the last
 * time.
 */
async function followIgnores(git: Git, shadow: Shadow, repository: Repository): Promise<TakenIn> {
  const args = ['ls-files', '-z', '-c', '-i', '--exclude-standard'];
  const { env, top: cwd } = shadow;
  const [ours, theirs] = await Promise.all([
    git.ours({ args, cwd, env }),
    git
      .ours({ args, cwd, env: { ...env, GIT_INDEX_FILE: repository.index } })
      // An index in two files is read by its own repository alone.
      .catch(() => git.theirs({ args, cwd })),
  ]);
  const tracked = new Set(namesIn(theirs.out));
  const known = namesIn(ours.out);
  const away = known.filter((name) => !tracked.has(name));
  const before = new Set(known);
  const more = [...tracked].filter((name) => !before.has(name));
  const there = await present(cwd, more);
  return takeIn(git, shadow, { changed: [], gone: away, fresh: there });
}

async function present(top: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  await inTurns(names, async (name) => {
    const file = await lstat(pathOf(top, name)).catch(() => null);
    if (file?.isFile() || file?.isSymbolicLink()) found.push(name);
  });
  return found;
}

/** A few at a time: there may be a hundred thousand. */
async function inTurns(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  for (let at = 0; at < names.length; at += 64) await Promise.all(names.slice(at, at + 64).map(work));
}

const WHO = {
  GIT_AUTHOR_NAME: 'Bough',
  GIT_AUTHOR_EMAIL: 'bough@localhost',
  GIT_COMMITTER_NAME: 'Bough',
  GIT_COMMITTER_EMAIL: 'bough@localhost',
};

/** The state as a commit on top of where the person stands. @throws {FolderTrouble} */
export async function commitOf(
  git: Git,
  { env, top: cwd }: Shadow,
  state: TreeState,
  about: string,
): Promise<string> {
  const parent = state.head === undefined ? [] : ['-p', state.head];
  const args = ['commit-tree', state.tree, ...parent, '-m', about];
  const { out } = await git.ours({ args, cwd, env: { ...env, ...WHO } });
  return out.toString().trim();
}

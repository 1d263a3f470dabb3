/**
 * A snapshot: all files of a working tree, untracked ones too, ignored ones not, as a commit that no branch knows. It is a function of the files alone: what
 * our index remembers of earlier ones makes it fast and changes nothing.
 */
import { lstat, open, readFile, rm, writeFile } from 'node:fs/promises';
import { numberText } from '../../../protocol/language.ts';
import { FolderTrouble, type Git, listOfNames, namesIn, printedBy, readable } from '../git.ts';
import type { Repository } from '../repository.ts';
import { areFew, type FewChanges, treeOfFew } from './few-changes.ts';
import { type ObjectReader, objectReader } from './object-reader.ts';
import { newObject, writeObject } from './objects.ts';
import { forgetIndex, headOf, type Shadow, signOf } from './shadow.ts';

/** More in one file is left out, and said. */
const LARGE = 50 * 1024 * 1024;
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
  /** Our index is of it, and has to be told what holds it. */
  readonly isIndexed: boolean;
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

export interface StateWish {
  /** Our index has to be of the state then. Default: it may be of an earlier one, with few changes since. */
  readonly isIndexed?: boolean | undefined;
}

/**
 * Reads the working tree; its objects are in the repository when it resolves, held by nothing yet: `settled` has to be told what holds them, else the next
 * snapshot may read everything again. One at a time for a working tree.
 * @throws {FolderTrouble}
 */
export async function readState(
  git: Git,
  shadow: Shadow,
  repository: Repository,
  wish: StateWish = {},
): Promise<TreeState> {
  const place = { git, shadow, repository, wish };
  try {
    const state = await read(place, await notesOf(shadow));
    if (state) return state;
  } catch (error) {
    if (!isOfIndex(error)) throw error;
  }
  // A torn index, a lock of a killed git, objects that somebody took away: from the beginning, once.
  await forgetIndex(shadow);
  return (await read(place, null)) as TreeState;
}

/** A state is held by `anchor`: where our index is of it, what that names is. */
export async function settled(
  shadow: Shadow,
  repository: Repository,
  { tree, isIndexed, anchor }: Pick<TreeState, 'tree' | 'isIndexed'> & { readonly anchor: Anchor },
): Promise<void> {
  if (!isIndexed) return;
  await writeFile(headOf(shadow), `${anchor.commit}\n`);
  await writeNotes(shadow, { v: 1, ignores: await ignoresOf(shadow, repository), anchor, tree });
  await rm(shadow.pending, { force: true });
}

const writeNotes = (shadow: Shadow, notes: Notes): Promise<void> =>
  writeFile(shadow.notes, JSON.stringify(notes), { mode: 0o600 });

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
  reader: ObjectReader,
  notes: Notes | null,
): Promise<{ head: string | undefined; isHeld: boolean }> {
  const [head, anchor] = await Promise.all([
    reader.read('HEAD^{commit}'),
    notes && reader.read(notes.anchor.ref),
  ]);
  return { head: head?.id, isHeld: notes !== null && anchor?.id === notes.anchor.commit };
}

interface ReadPlace {
  readonly git: Git;
  readonly shadow: Shadow;
  readonly repository: Repository;
  readonly wish: StateWish;
}

/** Null: it has to be read without notes. */
async function read(place: ReadPlace, notes: Notes | null): Promise<TreeState | null> {
  const { git, shadow, repository } = place;
  // The longest first: starting a process takes its time.
  const walk = changesIn(git, shadow);
  const reader = objectReader(git, repository.top);
  try {
    const [changes, { head, isHeld }] = await Promise.all([walk, standing(reader, notes)]);
    if (notes && !isHeld) return null;
    const found = await whatToTake(place, changes, notes);
    const few = notes && (await withoutIndex(place, reader, notes, found));
    const { tree, isIndexed, unread } = few ?? (await byIndex(place, found));
    const left = [...found.left, ...unread].map(({ path, why }) => ({ path: readable(path), why }));
    return { tree, isIndexed, ...(head !== undefined && { head }), left: left.sort(byPath) };
  } finally {
    void reader.end();
  }
}

const byPath = (a: LeftOut, b: LeftOut): number => (a.path < b.path ? -1 : 1);

/** How the working tree is other than our index. */
interface FoundChanges extends FewChanges {
  readonly left: readonly LeftOut[];
  /** Rules of what is ignored are among them, or changed what belongs to it; or our index is ahead. */
  readonly isOdd: boolean;
  /** For the notes. */
  readonly ignores: string;
}

async function whatToTake(
  { git, shadow, repository }: ReadPlace,
  changes: WorkChanges,
  notes: Notes | null,
): Promise<FoundChanges> {
  const { changed, gone, fresh, isAhead } = changes;
  const ignores = await ignoresOf(shadow, repository);
  const hasRules = [...changed, ...gone, ...fresh].some((name) => /(^|\/)\.gitignore$/.test(name));
  const isSame = notes?.ignores === ignores && !hasRules;
  const followed = isSame
    ? { away: [], more: [] }
    : await followIgnores(git, shadow, repository, notes !== null);
  const isFollowed = followed.away.length + followed.more.length > 0;
  const passed = new Set(followed.away);
  const names = new Set([...changed, ...fresh, ...followed.more].filter((name) => !passed.has(name)));
  const { take, left, bytes } = await sort(shadow.top, [...names]);
  const known = new Set(changed);
  const away = [...gone, ...passed, ...left.map(({ path }) => path).filter((name) => known.has(name))];
  return { take, left, bytes, away: [...new Set(away)], isOdd: isAhead || hasRules || isFollowed, ignores };
}

interface TakenIn {
  readonly tree: string;
  readonly isIndexed: boolean;
  /** Files that could not be read, or that git does not take. */
  readonly unread: readonly LeftOut[];
}

/** Null: our index has to be brought up to date. */
async function withoutIndex(
  { shadow, repository, wish }: ReadPlace,
  reader: ObjectReader,
  notes: Notes,
  found: FoundChanges,
): Promise<TakenIn | null> {
  const { take, away, isOdd, ignores } = found;
  if (isOdd) return null;
  if (notes.ignores !== ignores) await writeNotes(shadow, { ...notes, ignores });
  if (take.length + away.length === 0) return { tree: notes.tree, isIndexed: true, unread: [] };
  if (wish.isIndexed || !shadow.store || !areFew(found, repository)) return null;
  const room = { reader, store: shadow.store, pathOf: (name: string) => pathOf(shadow.top, name) };
  const tree = await treeOfFew(room, notes.tree, found);
  return tree === undefined ? null : { tree, isIndexed: false, unread: [] };
}

async function byIndex({ git, shadow }: ReadPlace, { take, away }: FoundChanges): Promise<TakenIn> {
  await writeFile(shadow.pending, '');
  await remove(git, shadow, away);
  const unread = await add(git, shadow, take);
  const { env, top: cwd } = shadow;
  const { out } = await git.ours({ args: ['write-tree'], cwd, env });
  return { tree: out.toString().trim(), isIndexed: true, unread };
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
    const { err } = await git.ours({ args, cwd, env, input: listOfNames(names) });
    const refused = refusedIn(err, names);
    await remove(git, shadow, refused);
    return refused.map((path) => ({ path, why: 'name' as const }));
  } catch (error) {
    if (!/Permission denied/.test(printedBy(error))) throw error;
    const closed = new Set(await closedOf(cwd, names));
    if (closed.size === 0) throw error;
    const others = names.filter((name) => !closed.has(name));
    const left = await add(git, shadow, others);
    return [...left, ...[...closed].map((path) => ({ path, why: 'unreadable' as const }))];
  }
}

/** Git goes on without them: a link that is called .gitmodules, say. */
function refusedIn(err: string, names: readonly string[]): readonly string[] {
  const said = new Set(err.split('\n').flatMap((line) => /^Ignoring path (.*)$/s.exec(line)?.[1] ?? []));
  return said.size === 0 ? [] : names.filter((name) => said.has(name));
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
async function sort(
  top: string,
  names: readonly string[],
): Promise<{ take: string[]; left: LeftOut[]; bytes: number }> {
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
  return { take, left, bytes };
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

const NOTHING_SAID = { out: Buffer.alloc(0) };

/**
 * Tracked files belong to it also where they are ignored, and nothing else does that is. Asked when the person's index, or a rule, is another than the last
 * time.
 * @param hasIndex there is one of ours
 */
async function followIgnores(
  git: Git,
  shadow: Shadow,
  repository: Repository,
  hasIndex: boolean,
): Promise<{ away: readonly string[]; more: readonly string[] }> {
  const args = ['ls-files', '-z', '-c', '-i', '--exclude-standard'];
  const { env, top: cwd } = shadow;
  const [ours, theirs] = await Promise.all([
    hasIndex ? git.ours({ args, cwd, env }) : NOTHING_SAID,
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
  return { away, more: await present(cwd, more) };
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

const WHO = 'Bough <bough@localhost>';

/** The state as a commit on top of where the person stands. @throws {FolderTrouble} */
export async function commitOf(
  git: Git,
  { env, top: cwd, store }: Shadow,
  { tree, head }: Pick<TreeState, 'tree' | 'head'>,
  about: string,
): Promise<string> {
  const when = `${WHO} ${Math.floor(Date.now() / 1_000)} +0000`;
  const parents = head === undefined ? [] : [`parent ${head}`];
  const lines = [`tree ${tree}`, ...parents, `author ${when}`, `committer ${when}`, '', about, ''];
  const content = Buffer.from(lines.join('\n'));
  if (store) {
    const commit = newObject(store, 'commit', content);
    await writeObject(store, commit);
    return commit.id;
  }
  const args = ['hash-object', '-w', '-t', 'commit', '--stdin'];
  return (await git.ours({ args, cwd, env, input: content })).out.toString().trim();
}

/** What all that is done with folders shares: git, our own folders, one thing at a time in each working tree, and what is kept of a conversation. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentOf, type Tree } from '../../tree/index.ts';
import { createGit, FolderTrouble, type Git } from './git.ts';
import { type Repository, repositoryOf } from './repository.ts';
import { type Shadow, shadowOf, signOf } from './snapshots/shadow.ts';
import { commitOf, type LeftOut, readState, type StateWish, settled } from './snapshots/snapshot.ts';

/** What a folder held at a message, as a snapshot that refs of Bough hold. */
export interface FolderState {
  readonly ref: string;
  readonly commit: string;
  readonly tree: string;
  /** The commit the person stood on; undefined: there was none yet. */
  readonly head?: string | undefined;
}

/** By the message they belong to, or `root` for the first of all. */
export type FolderStates = ReadonlyMap<string, FolderState>;

/** What a conversation began with. No message is called so: it is too short. */
export const ROOT = 'root';

export interface DeskOptions {
  /** The data folder. */
  readonly data: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A turn of an agent that is at work in a working tree. */
export interface BusyTurn {
  done(): void;
  /** Another one has been at work there, for some of its time or all of it. */
  isShared(): boolean;
}

interface KnownRepository {
  readonly sign: string;
  readonly repository: Repository;
}

export class FolderDesk {
  readonly git: Git;
  readonly env: DeskOptions['env'];
  /** The folder of all shadows. */
  readonly shadows: string;
  /** The folder of all copies. */
  readonly copies: string;
  /** The file with the lists of what copies take along. */
  readonly along: string;
  /** The file with the commands folders are opened by. */
  readonly openers: string;
  /** For what is needed for a moment. */
  readonly scratch: string;
  /** The turns that are at work, by working tree. */
  readonly #busy = new Map<string, Set<{ isShared: boolean }>>();
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #known = new Map<string, KnownRepository>();
  /** Working trees whose repository has a commit. */
  readonly #begun = new Set<string>();
  readonly #nowhere: string;

  constructor({ data, env }: DeskOptions) {
    const folder = join(data, 'folders');
    this.shadows = join(folder, 'seen');
    this.#nowhere = join(folder, 'nowhere');
    this.along = join(folder, 'along.json');
    this.openers = join(folder, 'openers.json');
    this.scratch = join(folder, 'scratch');
    this.copies = join(data, 'worktrees');
    this.env = env;
    this.git = createGit({ env, nowhere: this.#nowhere });
  }

  /** One thing at a time in a working tree. */
  async alone<T>(top: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(top);
    const own = (before ?? Promise.resolve()).then(work, work);
    const done = own.catch(() => {});
    this.#queues.set(top, done);
    void done.then(() => this.#queues.get(top) === done && this.#queues.delete(top));
    return own;
  }

  /** A turn begins to work in a working tree. */
  busy(top: string): BusyTurn {
    const at = this.#busy.get(top) ?? new Set();
    this.#busy.set(top, at);
    const turn = { isShared: at.size > 0 };
    for (const other of at) other.isShared = true;
    at.add(turn);
    const done = () => {
      at.delete(turn);
      if (at.size === 0 && this.#busy.get(top) === at) this.#busy.delete(top);
    };
    return { done, isShared: () => turn.isShared };
  }

  turnsIn(top: string): number {
    return this.#busy.get(top)?.size ?? 0;
  }

  /** Asked of git again where a configuration changed. @throws {FolderTrouble} */
  async repository(folder: string): Promise<Repository> {
    await Promise.all(
      [this.#nowhere, this.scratch].map((own) => mkdir(own, { recursive: true, mode: 0o700 })),
    );
    const known = this.#known.get(folder);
    if (known && known.sign === (await this.#signs(known.repository))) return known.repository;
    this.#known.delete(folder);
    return this.knows(folder, await repositoryOf(this.git, folder));
  }

  /** What was asked of git just now, so that it need not be asked again. */
  async knows(folder: string, repository: Repository): Promise<Repository> {
    this.#known.set(folder, { sign: await this.#signs(repository), repository });
    return repository;
  }

  async #signs({ top, gitDir, common }: Repository): Promise<string> {
    const { home = '', configHome } = this.git;
    const files = [
      ...[join(common, 'config'), join(gitDir, 'config.worktree'), join(home, '.gitconfig')],
      ...[join(configHome || join(home, '.config'), 'git', 'config'), gitDir],
    ];
    const signs = await Promise.all(files.slice(0, -1).map(signOf));
    // The folder's own times change with every commit: that it is there is enough.
    const isThere = (await signOf(join(top, '.git'))) !== 'none';
    return [...signs, isThere].join('\n');
  }

  /** A copy stands where the person stands: there has to be something to stand on. */
  async hasCommit({ top }: Repository): Promise<boolean> {
    if (this.#begun.has(top)) return true;
    const args = ['rev-parse', '-q', '--verify', 'HEAD^{commit}'];
    const has = (await this.git.theirs({ args, cwd: top, fine: [0, 1, 128] })).code === 0;
    if (has) this.#begun.add(top);
    return has;
  }

  shadow(repository: Repository): Promise<Shadow> {
    return shadowOf(this.git, this.shadows, repository);
  }

  /** All that is kept of a conversation. @throws {FolderTrouble} */
  async states({ top }: Repository, conversation: string): Promise<FolderStates> {
    const prefix = `refs/bough/${conversation}/`;
    const { out } = await this.git.theirs({
      args: ['for-each-ref', '--format=%(refname) %(objectname) %(tree) %(parent)', prefix],
      cwd: top,
    });
    const lines = out.toString().split('\n').filter(Boolean);
    return new Map(
      lines.map((line) => {
        const [ref = '', commit = '', tree = '', head] = line.split(' ');
        return [ref.slice(prefix.length), { ref, commit, tree, head: head || undefined }];
      }),
    );
  }

  /**
   * Keeps the state of a working tree as it is now under `name`; where it is that of `above`, nothing is kept and `above` given. @throws {FolderTrouble}
   */
  keep(repository: Repository, wish: KeepWish): Promise<SnapshotTaken> {
    return this.alone(repository.top, async () => {
      const shadow = await this.shadow(repository);
      const { left, ...state } = await readState(this.git, shadow, repository, wish);
      const { above } = wish;
      if (above?.tree === state.tree) {
        await settled(shadow, repository, { ...state, anchor: above });
        return { state: above, isNew: false, left };
      }
      const commit = await commitOf(this.git, shadow, state, wish.about);
      const ref = `refs/bough/${wish.conversation}/${wish.name}`;
      await this.git.theirs({ args: ['update-ref', ref, commit], cwd: repository.top });
      await settled(shadow, repository, { ...state, anchor: { ref, commit } });
      return { state: { ref, commit, tree: state.tree, head: state.head }, isNew: true, left };
    });
  }

  /** All working trees that something was kept of, as far as they are known here. */
  async tops(): Promise<readonly string[]> {
    const names = await readdir(this.shadows).catch(() => []);
    const tops = await Promise.all(
      names.map((name) => readFile(join(this.shadows, name, 'of'), 'utf8').catch(() => '')),
    );
    return tops.map((top) => top.trimEnd()).filter((top) => top !== '' && !top.startsWith(this.copies));
  }

  /** Before anything else is done: what was needed for a moment, and drafts of files, by one that was killed. */
  async tidy(): Promise<void> {
    await rm(this.scratch, { recursive: true, force: true });
    const kept = [
      dirname(this.scratch),
      ...(await foldersIn(this.copies)),
      ...(await foldersIn(this.shadows)),
    ];
    for (const folder of kept)
      for (const name of await readdir(folder).catch(() => []))
        if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true });
  }

  /** Lets go of all that is kept of a conversation. @throws {FolderTrouble} */
  async forget(top: string, conversation: string): Promise<void> {
    const repository = await this.repository(top);
    await this.letGo(repository, [...(await this.states(repository, conversation)).values()]);
  }

  /** Nothing of Bough holds these states any more. @throws {FolderTrouble} */
  async letGo({ top: cwd }: Repository, states: readonly FolderState[]): Promise<void> {
    if (states.length === 0) return;
    const input = Buffer.from(states.map(({ ref }) => `delete ${ref}\0\0`).join(''));
    await this.git.theirs({ args: ['update-ref', '-z', '--stdin'], cwd, input });
  }

  /** Keeps a state under another name too. @throws {FolderTrouble} */
  async holdAs(
    { top: cwd }: Repository,
    state: FolderState,
    { conversation, name }: Pick<HoldWish, 'conversation' | 'name'>,
  ): Promise<FolderState> {
    const ref = `refs/bough/${conversation}/${name}`;
    await this.git.theirs({ args: ['update-ref', ref, state.commit], cwd });
    return { ...state, ref };
  }

  /** Keeps a tree that is there, under a name. @throws {FolderTrouble} */
  async hold(repository: Repository, { conversation, name, tree, head }: HoldWish): Promise<FolderState> {
    const shadow = await this.shadow(repository);
    const commit = await commitOf(this.git, shadow, { tree, head }, `Bough ${name}`);
    const ref = `refs/bough/${conversation}/${name}`;
    await this.git.theirs({ args: ['update-ref', ref, commit], cwd: repository.top });
    return { ref, commit, tree, head };
  }
}

const foldersIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.map((name) => join(folder, name)),
    () => [],
  );

export interface HoldWish {
  readonly conversation: string;
  readonly name: string;
  readonly tree: string;
  /** The commit it comes after. */
  readonly head: string;
}

export interface KeepWish extends StateWish {
  readonly conversation: string;
  /** Of the message it belongs to, or `root`. */
  readonly name: string;
  readonly above?: FolderState | undefined;
  /** What the commit says of itself. */
  readonly about: string;
}

export interface SnapshotTaken {
  readonly state: FolderState;
  readonly isNew: boolean;
  readonly left: readonly LeftOut[];
}

/** The state at a message: its own, or that of the nearest above it: a turn without changes keeps none. */
export function stateAt(tree: Tree, states: FolderStates, message: string | null): FolderState | undefined {
  const seen = new Set<string>();
  for (
    let at: string | null | undefined = message;
    typeof at === 'string' && !seen.has(at);
    at = parentOf(tree, at)
  ) {
    seen.add(at);
    const own = states.get(at);
    if (own) return own;
  }
  return states.get(ROOT);
}

/** True for what concerns every folder that is none of git's, or that is not taken: nothing is kept there, and nobody need be told each time. */
export const isPlain = (error: unknown): boolean =>
  error instanceof FolderTrouble && ['no-git', 'no-repository', 'not-taken'].includes(error.code);

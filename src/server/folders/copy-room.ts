/** The copies of branches: where they are, made when a reply needs one, put away and brought back, finished or taken away after a crash. */
import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parentOf, type Tree } from '../../tree/index.ts';
import { alongOf, copiedAlong } from './along.ts';
import { type FolderDesk, type FolderState, type FolderStates, ROOT, stateAt } from './desk.ts';
import { FolderTrouble } from './git.ts';
import type { Repository } from './repository.ts';
import { type RanLine, runLine } from './run-line.ts';
import { type CopyMarker, copiesIn, isFree, makeCopy, readMarker, removeCopy } from './worktree.ts';

export interface ReachedCopy {
  readonly repository: Repository;
  readonly states: FolderStates;
  /** What an agent works in: as far below the copy's top as the conversation's folder is below the repository's. */
  readonly cwd: string;
  /** What its changes are counted from. */
  readonly base: FolderState | undefined;
  /** The person's line for new copies, where it was run now. */
  readonly ran?: RanLine;
  /** The copy is not put away before this is called. */
  readonly done: () => void;
}

export interface CopyPlace {
  readonly conversation: string;
  readonly copy: string;
  /** The person's own. */
  readonly own: Repository;
  readonly tree: Tree;
  readonly states: FolderStates;
  /** The message whose state it has, where it has to be made. */
  readonly at: string;
  /** The person's line for new copies begins. */
  readonly onRun?: (line: string) => void;
  /** Ends that line. */
  readonly signal?: AbortSignal;
}

interface EnsuredCopy extends Pick<ReachedCopy, 'base' | 'states' | 'ran'> {
  /** Where it was made now. */
  readonly made?: Repository;
}

export class CopyRoom {
  readonly #desk: FolderDesk;
  /** How often each is being used. */
  readonly #used = new Map<string, number>();
  constructor(desk: FolderDesk) {
    this.#desk = desk;
  }

  pathOf(conversation: string, copy: string): string {
    return join(this.#desk.copies, conversation, copy);
  }

  /** Makes it where it is not there: new, put away, or cut short by a crash. @throws {FolderTrouble} */
  async reach(place: CopyPlace): Promise<ReachedCopy> {
    const { conversation, copy, own } = place;
    const path = this.pathOf(conversation, copy);
    const { done, made, ...ensured } = await this.#alone(path, async () => {
      const copy = await this.#ensure(place, path);
      return { ...copy, done: this.#use(path) };
    });
    try {
      const cwd = join(path, own.within);
      // Git keeps no empty folders.
      await mkdir(cwd, { recursive: true });
      const repository = made
        ? await this.#desk.knows(cwd, { ...made, within: own.within })
        : await this.#desk.repository(cwd);
      return { ...ensured, repository, cwd, done };
    } catch (error) {
      done();
      throw error;
    }
  }

  /** What makes one and what takes it away wait for each other. What is kept of it has another queue, by its own top. */
  #alone<T>(path: string, work: () => Promise<T>): Promise<T> {
    return this.#desk.alone(`copy ${path}`, work);
  }

  #use(path: string): () => void {
    this.#used.set(path, (this.#used.get(path) ?? 0) + 1);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const left = (this.#used.get(path) ?? 1) - 1;
      if (left > 0) this.#used.set(path, left);
      else this.#used.delete(path);
    };
  }

  async #ensure(place: CopyPlace, path: string): Promise<EnsuredCopy> {
    const { own, conversation, tree, states, at, copy } = place;
    const { git, shadows } = this.#desk;
    // It is called after the reply it was made for: what that one followed is its fork point, however often it is made again.
    const forked = (known: FolderStates) => stateAt(tree, known, parentOf(tree, copy) ?? at);
    const away = states.get(awayOf(copy));
    const marker = await readMarker(path);
    if (marker?.state === 'ready' && (await isThere(join(path, '.git')))) {
      // A crash came between: it is back.
      if (away) await this.#desk.letGo(own, [away]);
      return { base: forked(states), states };
    }
    if (!(await isFree(path, own))) await removeCopy(git, shadows, path, own.top);
    let state = away && (await this.#desk.holdAs(own, away, { conversation, name: `${copy}.back` }));
    state ??= stateAt(tree, states, at);
    let known = states;
    if (!state) {
      // Nothing was kept up to here, as in a chat from before: it begins with what is there now.
      const wish = { conversation, name: ROOT, about: `Before ${copy}` };
      state = (await this.#desk.keep(own, wish)).state;
      known = new Map([[ROOT, state]]);
    }
    const made = await this.#make(place, path, state);
    if (away) await this.#desk.letGo(own, [away]);
    return { base: forked(known), states: known, ...made };
  }

  async #make(
    place: CopyPlace,
    path: string,
    base: FolderState,
  ): Promise<{ readonly made: Repository; readonly ran?: RanLine }> {
    const { own, onRun, signal } = place;
    const { git, shadows, env } = this.#desk;
    let ran: RanLine | undefined;
    const along = async (to: string) => {
      await copiedAlong(this.#desk, own.top, to);
      const { run: line } = await alongOf(this.#desk, own.top);
      if (line === '') return;
      onRun?.(line);
      ran = await runLine({ line, cwd: to, env, signal });
    };
    const wish = { path, repository: own, base, now: Date.now(), along };
    const made = await makeCopy(git, shadows, wish);
    return { made, ...(ran && { ran }) };
  }

  /** Makes a copy again that was put away; false: it never was, or is back. @throws {FolderTrouble} */
  async bringBack(place: CopyPlace): Promise<boolean> {
    if (!place.states.has(awayOf(place.copy))) return false;
    (await this.reach(place)).done();
    return true;
  }

  /**
   * Takes a copy away; what is in it is kept first.
   * @param anyway also where some of it cannot be kept
   * @throws {FolderTrouble}
   */
  async putAway(conversation: string, copy: string, anyway = false): Promise<void> {
    const path = this.pathOf(conversation, copy);
    await this.#alone(path, async () => {
      const marker = await readMarker(path);
      if (!marker) throw new FolderTrouble('gone', 'There is no such copy any more.');
      if (this.#used.has(path))
        throw new FolderTrouble(
          'conflicts',
          'An agent is at work in this copy. Wait for its end, or stop it.',
        );
      const repository = await this.#desk.repository(path).catch(() => null);
      if (repository) await this.#keepAll(repository, { conversation, copy, anyway });
      await removeCopy(this.#desk.git, this.#desk.shadows, path);
    });
  }

  async #keepAll(repository: Repository, { conversation, copy, anyway }: PutAway): Promise<void> {
    const wish = { conversation, name: awayOf(copy), about: `Put away ${copy}` };
    const { left, state } = await this.#desk.keep(repository, wish);
    if (left.length === 0 || anyway) return;
    await this.#desk.letGo(repository, [state]);
    const names = left.slice(0, 5).map(({ path }) => path);
    throw new FolderTrouble(
      'would-lose',
      `This copy holds what cannot be kept (${names.join(', ')}${left.length > names.length ? ', …' : ''}). Put away it would be lost.`,
    );
  }

  /** Takes all copies of a conversation away, with what is in them. @throws {FolderTrouble} */
  async forget(conversation: string): Promise<void> {
    const { git, shadows, copies } = this.#desk;
    for (const { path } of await copiesIn(copies, conversation))
      await this.#alone(path, () => removeCopy(git, shadows, path));
    await rm(join(copies, conversation), { recursive: true, force: true });
  }

  list(): Promise<{ path: string; marker: CopyMarker | null }[]> {
    return copiesIn(this.#desk.copies);
  }

  /** After a crash: what was being made or taken away is taken away. The next reply there makes it again. */
  async mend(trouble: (error: unknown) => void): Promise<void> {
    for (const { path, marker } of await this.list()) {
      // What has no marker is not ours to judge: "bough doctor" tells of it.
      if (!marker || marker.state === 'ready') continue;
      const { git, shadows } = this.#desk;
      await this.#alone(path, () => removeCopy(git, shadows, path, marker.of)).catch(trouble);
    }
  }
}

interface PutAway {
  readonly conversation: string;
  readonly copy: string;
  readonly anyway: boolean;
}

/** What a copy held when it was put away; there until it is back. */
const awayOf = (copy: string): string => `${copy}.put-away`;

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

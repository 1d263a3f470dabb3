/** The copies of branches: where they are, made when a reply needs one, finished or taken away after a crash. */
import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parentOf, type Tree } from '../../tree/index.ts';
import { copiedAlong } from './along.ts';
import { type FolderDesk, type KeptStates, ROOT, stateAt } from './desk.ts';
import { FolderTrouble } from './git.ts';
import type { Repository } from './repository.ts';
import { type CopyMarker, copiesIn, makeCopy, readMarker, removeCopy } from './worktree.ts';

export interface ReachedCopy {
  readonly repository: Repository;
  readonly states: KeptStates;
  /** What an agent works in: as far below the copy's top as the conversation's folder is below the repository's. */
  readonly cwd: string;
  /** The commit its changes are counted from. */
  readonly base: string;
}

export interface CopyPlace {
  readonly conversation: string;
  readonly copy: string;
  /** The person's own. */
  readonly own: Repository;
  readonly tree: Tree;
  readonly states: KeptStates;
  /** The message whose state it has, where it has to be made. */
  readonly at: string;
}

export class CopyRoom {
  readonly #desk: FolderDesk;
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
    const { base, states } = await this.#desk.alone(path, () => this.#ensure(place, path));
    const cwd = join(path, own.within);
    // Git keeps no empty folders.
    await mkdir(cwd, { recursive: true });
    const repository = await this.#desk.repository(cwd);
    return { repository, states, cwd, base };
  }

  async #ensure(place: CopyPlace, path: string): Promise<{ base: string; states: KeptStates }> {
    const { own, conversation, tree, states, at, copy } = place;
    const { git, shadows } = this.#desk;
    // It is called after the reply it was made for: what that one followed is its fork point, however often it is made again.
    const forked = (known: KeptStates) => stateAt(tree, known, parentOf(tree, copy) ?? at)?.commit ?? '';
    const marker = await readMarker(path);
    if (marker?.state === 'ready' && (await isThere(join(path, '.git'))))
      return { base: forked(states), states };
    await removeCopy(git, shadows, path, own.top);
    let state = stateAt(tree, states, at);
    let known = states;
    if (!state) {
      // Nothing was kept up to here, as in a chat from before: it begins with what is there now.
      const wish = { conversation, name: ROOT, about: `Before ${copy}` };
      state = (await this.#desk.keep(own, wish)).state;
      known = new Map([[ROOT, state]]);
    }
    const { commit, ref } = state;
    const along = (to: string) => copiedAlong(this.#desk, own.top, to);
    await makeCopy(git, shadows, { path, repository: own, base: commit, ref, now: Date.now(), along });
    return { base: forked(known), states: known };
  }

  /** Takes a copy away; what is in it is kept first. @throws {FolderTrouble} */
  async putAway(conversation: string, copy: string): Promise<void> {
    const path = this.pathOf(conversation, copy);
    const marker = await readMarker(path);
    if (!marker) throw new FolderTrouble('gone', 'There is no such copy any more.');
    const repository = await this.#desk.repository(path).catch(() => null);
    if (repository && this.#desk.turnsIn(repository.top) > 0)
      throw new FolderTrouble('conflicts', 'An agent is at work in this copy. Wait for its end, or stop it.');
    if (repository) {
      const states = await this.#desk.states(repository, conversation);
      const name = `${copy}.put-away`;
      const above = [...states.values()].find((state) => state.commit === marker.base);
      await this.#desk.keep(repository, { conversation, name, above, about: `Put away ${copy}` });
    }
    await this.#desk.alone(path, () => removeCopy(this.#desk.git, this.#desk.shadows, path));
  }

  /** Takes all copies of a conversation away, with what is in them. @throws {FolderTrouble} */
  async forget(conversation: string): Promise<void> {
    const { git, shadows, copies } = this.#desk;
    for (const { path } of await copiesIn(copies, conversation))
      await this.#desk.alone(path, () => removeCopy(git, shadows, path));
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
      await this.#desk
        .alone(path, () => removeCopy(this.#desk.git, this.#desk.shadows, path, marker.of))
        .catch(trouble);
    }
  }
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

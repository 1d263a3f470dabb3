/**
 * Around a turn of an agent: the folder it works in is there, and what its files were before and after is kept (docs/agents.md, "Branches with files of
 * their own"). The agent is not told of it but for where it works.
 */
import type { SnapshotPart } from '../../protocol/index.ts';
import type { Generation, Tree } from '../../tree/index.ts';
import {
  type Counterpart,
  type CounterpartEvent,
  CounterpartFailure,
  type ReplyPlace,
  type Session,
  type Turn,
} from '../counterparts/port.ts';
import type { CopyRoom } from './copy-room.ts';
import { type FolderDesk, type FolderState, type FolderStates, isPlain, ROOT, stateAt } from './desk.ts';
import { asTrouble, FolderTrouble } from './git.ts';
import type { Repository } from './repository.ts';
import type { RanLine } from './run-line.ts';
import { sumsSince } from './snapshots/changes.ts';
import type { LeftOut } from './snapshots/snapshot.ts';

export interface TurnRoom {
  readonly desk: FolderDesk;
  readonly copies: CopyRoom;
  readonly trouble: (error: unknown) => void;
}

/** A slow disk is no silent agent: said so often, in ms. */
const ALIVE = 10_000;

export function aroundTurns(room: TurnRoom, inner: Counterpart): Counterpart {
  return {
    open: (place) =>
      place.generation.folder === undefined ? inner.open(place) : new TurnInFolder(room, inner, place),
  };
}

/** Where a turn is at work, and what was there before it. */
interface WorkBegun {
  /** What the agent is told to work in. */
  readonly cwd: string;
  readonly repository?: Repository;
  /** Before the turn; undefined: it could not be kept. */
  readonly before?: FolderState;
  /** Said of the place the reply has in the tree. */
  readonly parent?: FolderState | undefined;
  /** What the branch's changes are counted from. */
  readonly base?: FolderState | undefined;
  readonly trouble?: string;
  /** The person's line for new copies. */
  readonly ran?: RanLine;
  /** Another turn has been at work there meanwhile. */
  readonly isShared?: () => boolean;
  readonly done: () => void;
}

class TurnInFolder implements Session {
  readonly asks = {
    answer: (...answer: Parameters<NonNullable<Session['asks']>['answer']>) =>
      this.#session?.asks?.answer(...answer),
  };
  readonly cancels = {
    cancel: () => {
      this.#stops.abort();
      this.#session?.cancels?.cancel();
    },
  };
  readonly #room: TurnRoom;
  readonly #inner: Counterpart;
  readonly #place: ReplyPlace;
  #session: Session | undefined;
  /** It was cancelled. */
  readonly #stops = new AbortController();

  constructor(room: TurnRoom, inner: Counterpart, place: ReplyPlace) {
    this.#room = room;
    this.#inner = inner;
    this.#place = place;
  }

  async *take(turn: Turn): AsyncGenerator<CounterpartEvent> {
    const stop = () => this.#stops.abort();
    turn.signal.addEventListener('abort', stop);
    let running = (_line: string) => {};
    const runs = new Promise<string>((resolve) => {
      running = resolve;
    });
    const beginning = this.#begin(turn, running);
    // A new copy takes its time where a line is run in it: that is seen meanwhile.
    const line = await Promise.race([runs, beginning.then(() => undefined)]);
    if (line !== undefined) yield told({ line, running: true });
    const begun = await beginning;
    if (begun.ran) yield told(begun.ran);
    let isKept = false;
    const keep = async (): Promise<readonly CounterpartEvent[]> => {
      if (isKept) return [];
      isKept = true;
      return this.#end(begun);
    };
    try {
      if (this.#stops.signal.aborted || turn.signal.aborted) return;
      const generation = { ...this.#place.generation, folder: begun.cwd };
      this.#session = await this.#inner.open({ ...this.#place, generation });
      for await (const event of this.#session.take(turn)) {
        if (event.kind === 'finish') yield* await keep();
        yield event;
      }
      yield* await keep();
    } catch (error) {
      yield* await keep();
      throw error;
    } finally {
      // Whoever left early hears nothing more; what the agent did is kept all the same.
      await keep();
      begun.done();
      turn.signal.removeEventListener('abort', stop);
    }
  }

  async #begin({ alive }: Turn, onRun: (line: string) => void): Promise<WorkBegun> {
    const beat = setInterval(alive, ALIVE);
    try {
      const tree = await this.#place.tree();
      return await this.#reach(tree, onRun);
    } finally {
      clearInterval(beat);
    }
  }

  async #reach(tree: Tree, onRun: (line: string) => void): Promise<WorkBegun> {
    const { conversation, generation } = this.#place;
    const folder = generation.folder ?? '';
    const { desk, copies, trouble } = this.#room;
    try {
      const own = await desk.repository(folder);
      const states = await desk.states(own, conversation);
      const { copy, parent } = generation;
      if (copy === undefined) return await this.#before(own, { tree, states, cwd: folder });
      const place = { conversation, copy, own, tree, states, at: parent, signal: this.#stops.signal };
      const { done, ...made } = await copies.reach({ ...place, onRun });
      return await this.#before(made.repository, { ...made, tree }, done);
    } catch (error) {
      // In the person's own folder an agent can work all the same.
      if (generation.copy !== undefined) throw asFailure(error);
      if (!isPlain(error)) trouble(error);
      return { cwd: folder, done: () => {}, ...(!isPlain(error) && { trouble: sentenceOf(error) }) };
    }
  }

  /** Keeps what is there before the turn, unless somebody else is at work there. */
  async #before(repository: Repository, around: Around, leave = () => {}): Promise<WorkBegun> {
    const { conversation, generation } = this.#place;
    const { desk } = this.#room;
    const { tree, states, cwd, ran } = around;
    const busy = desk.busy(repository.top);
    const done = () => {
      busy.done();
      leave();
    };
    const parent = stateAt(tree, states, generation.parent);
    const base = around.base ?? states.get(ROOT);
    const place = { cwd, repository, parent, done, isShared: busy.isShared, ...(ran && { ran }) };
    if (busy.isShared()) return { ...place, base, trouble: OTHERS };
    try {
      const name = nameOfBefore(states, generation);
      const about = `Before ${generation.id}`;
      const { state } = await desk.keep(repository, { conversation, name, above: parent, about });
      return { ...place, before: state, parent: parent ?? state, base: base ?? state };
    } catch (error) {
      if (!isPlain(error)) this.#room.trouble(error);
      return { ...place, base, ...(!isPlain(error) && { trouble: sentenceOf(error) }) };
    }
  }

  /** What the turn did, as a part of the reply; none where it did nothing. Never throws. */
  async #end(begun: WorkBegun): Promise<readonly CounterpartEvent[]> {
    const changed = await this.#changed(begun);
    return Object.keys(changed).length > 0 ? [said({ kind: 'snapshot', ...changed })] : [];
  }

  async #changed(begun: WorkBegun): Promise<Omit<SnapshotPart, 'kind'>> {
    const { repository, before, parent, base, trouble } = begun;
    const { generation, conversation } = this.#place;
    const { desk } = this.#room;
    if (trouble !== undefined) return { trouble };
    if (!repository || !before) return {};
    if (begun.isShared?.()) return { trouble: OTHERS };
    try {
      const about = `After ${generation.id}`;
      const wish = { conversation, name: generation.id, above: parent, about };
      const { state, left } = await desk.keep(repository, wish);
      if (state.tree === before.tree && left.length === 0) return {};
      const shadow = await desk.shadow(repository);
      const from = [...new Set([before.tree, (base ?? before).tree])];
      const [turn, since = turn] = await sumsSince(desk.git, shadow, from, state.tree);
      return {
        ...{ commit: state.commit, before: before.commit },
        ...(turn && since && { turn, since }),
        ...(left.length > 0 && { left: left.slice(0, MOST_LEFT).map(leftOut) }),
      };
    } catch (error) {
      this.#room.trouble(error);
      return { trouble: sentenceOf(error) };
    }
  }
}

interface Around {
  readonly tree: Tree;
  readonly states: FolderStates;
  readonly cwd: string;
  readonly base?: FolderState | undefined;
  readonly ran?: RanLine;
}

/** As many files are named that are not kept. */
const MOST_LEFT = 20;
const leftOut = ({ path, why }: LeftOut): { path: string; why: string } => ({ path, why });

const OTHERS =
  'Another agent is at work in the same folder, so what this one changed there cannot be told apart and was not kept.';

/** That of the message it answers, unless another reply to it has begun with other files. */
function nameOfBefore(states: FolderStates, { id, parent }: Generation): string {
  if (states.size === 0) return ROOT;
  return states.has(parent) ? `${id}.before` : parent;
}

const said = (part: SnapshotPart): CounterpartEvent => ({ kind: 'part', key: 'snapshot', part });

/** Where it was run: above what the agent says. */
const told = (ran: NonNullable<SnapshotPart['ran']>): CounterpartEvent => ({
  ...{ kind: 'part', key: 'line' },
  part: { kind: 'snapshot', ran },
});

function sentenceOf(thrown: unknown): string {
  const error = asTrouble(thrown);
  if (error instanceof FolderTrouble) return error.message;
  return 'What the folder holds could not be kept. The log of the server says why.';
}

function asFailure(error: unknown): CounterpartFailure {
  if (error instanceof CounterpartFailure) return error;
  return new CounterpartFailure(
    { code: 'no-copy', sentence: `This branch has no files of its own to work on. ${sentenceOf(error)}` },
    { cause: error },
  );
}

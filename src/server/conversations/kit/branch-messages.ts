/**
 * Messages of branches as far as they were read: a turn reads what was said since the last one, not the branch from its start
 * (decision 0163). What a stream holds up to an offset never changes, so nothing here can be wrong, only short.
 */
import { type Message, readMessages } from '../../../protocol/index.ts';
import { type Engine, EngineError, type ForkPoint, type Offset, START } from '../../engine/index.ts';
import { KeyedQueue } from './queue.ts';

interface ReadBranch {
  /** Own messages, or all where the source is not known. */
  readonly messages: Map<string, Message>;
  /** What it inherits is in there. */
  readonly source: ReadBranch | null;
  /** Read up to here. */
  next: Offset;
  /** Of the items as JSON, in UTF-16 code units. */
  size: number;
}

/** JSON kept of all branches, in UTF-16 code units; the branches used longest ago go first. */
const KEPT = 8_000_000;
/** Forks noted that nobody has read. */
const NOTED = 1_000;

export class BranchMessages {
  readonly #engine: Pick<Engine, 'read'>;
  readonly #kept: number;
  /** By stream, and where one is read from an offset on by that too, in the order of their last use. */
  readonly #branches = new Map<string, ReadBranch>();
  /** Sources of forks that were made here and not read yet. */
  readonly #forks = new Map<string, ForkPoint>();
  readonly #queue = new KeyedQueue();

  constructor(engine: Pick<Engine, 'read'>, kept = KEPT) {
    this.#engine = engine;
    this.#kept = kept;
  }

  /** `stream` is a fork: what it inherits need not be read again if its source is known. */
  forked(stream: string, { stream: source, offset }: ForkPoint): void {
    if (this.#forks.size >= NOTED) this.#forks.clear();
    if (this.#branches.has(source)) this.#forks.set(stream, { stream: source, offset });
  }

  /** Finds messages of a branch by id, those it inherits too, up to its tail. Throws EngineError. */
  async of(stream: string): Promise<(id: string) => Message | undefined> {
    return lookup(await this.#queue.run(stream, () => this.#read(stream)));
  }

  /**
   * The same of those from an offset on that this stream has: what is before it is not read, unless it is known already. Throws
   * EngineError.
   */
  async from(stream: string, offset: Offset): Promise<(id: string) => Message | undefined> {
    if (this.#branches.has(stream)) return this.of(stream);
    return lookup(await this.#queue.run(stream, () => this.#read(stream, offset)));
  }

  async #read(stream: string, from: Offset = START): Promise<ReadBranch> {
    const name = from === START ? stream : `${stream} ${from}`;
    const known = this.#branches.get(name);
    const branch = known ?? (from === START ? await this.#begun(stream) : begunAt(from));
    try {
      await this.#readOn(stream, branch);
    } catch (error) {
      this.#forget(name);
      // Another stream stands in its place.
      if (!known || !(error instanceof EngineError) || error.kind !== 'offset') throw error;
      return this.#read(stream, from);
    }
    this.#keep(name, branch);
    return branch;
  }

  async #begun(stream: string): Promise<ReadBranch> {
    const from = this.#forks.get(stream);
    this.#forks.delete(stream);
    const isKnown = from !== undefined && this.#branches.has(from.stream);
    // A source is read on first: it may be known up to a place before the fork.
    const source = isKnown ? await this.#queue.run(from.stream, () => this.#read(from.stream)) : null;
    return { ...begunAt(source && from ? from.offset : START), source };
  }

  async #readOn(stream: string, branch: ReadBranch): Promise<void> {
    for (let upToDate = false; !upToDate; ) {
      const page = await this.#engine.read(stream, branch.next);
      for (const message of readMessages(page.items)) {
        // Of one that stands there twice the first counts.
        if (!branch.messages.has(message.id)) branch.messages.set(message.id, message);
      }
      branch.size += JSON.stringify(page.items).length;
      branch.next = page.next;
      upToDate = page.upToDate;
    }
  }

  #keep(name: string, branch: ReadBranch): void {
    this.#branches.delete(name);
    this.#branches.set(name, branch);
    let size = 0;
    for (const one of this.#branches.values()) size += one.size;
    for (const [oldest, one] of this.#branches) {
      if (size <= this.#kept) return;
      size -= one.size;
      this.#forget(oldest);
    }
  }

  /** With the forks that lead to it: they would keep it in memory. */
  #forget(name: string): void {
    const gone = this.#branches.get(name);
    this.#branches.delete(name);
    if (!gone) return;
    for (const [fork, { source }] of this.#branches) if (source === gone) this.#forget(fork);
  }
}

const begunAt = (next: Offset): ReadBranch => ({ messages: new Map(), source: null, next, size: 0 });

function lookup(branch: ReadBranch): (id: string) => Message | undefined {
  return (id) => {
    for (let at: ReadBranch | null = branch; at; at = at.source) {
      const message = at.messages.get(id);
      if (message) return message;
    }
    return undefined;
  };
}

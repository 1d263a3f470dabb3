/** The outlines in memory: one folded tree per conversation, the least recently used ones let go. */
import {
  type OutlineItem,
  outlineItemOf,
  outlineItemSchema,
  outlineStream,
  readOutline,
  VERSION,
} from '../../../protocol/index.ts';
import {
  emptyTree,
  foldOutline,
  isNewIn,
  type KnownChange,
  type OutlineChange,
  type Tree,
  treeSnapshot,
} from '../../../tree/index.ts';
import type { Engine, Offset } from '../../engine/index.ts';
import { isMissing } from '../kit/refusals.ts';
import { type IndexFold, IndexStream, type SegmentOptions } from './index-stream.ts';

const outlineFold: IndexFold<Tree, OutlineItem, OutlineChange> = {
  schema: outlineItemSchema,
  read: readOutline,
  empty: emptyTree,
  fold: foldOutline,
  isNew: isNewIn,
  snapshot: (tree) => treeSnapshot(tree).map(outlineItemOf),
};

const nobody = (): void => {};

/** The outline of one conversation. A command holds it for its own length only. */
export class Outline {
  readonly conversation: string;
  readonly #engine: Engine;
  readonly #index: IndexStream<Tree, OutlineItem, OutlineChange>;
  readonly #onWrite: (conversation: string) => void;

  /** @param onWrite told after each write */
  constructor(
    engine: Engine,
    conversation: string,
    segments: SegmentOptions = {},
    onWrite: (conversation: string) => void = nobody,
  ) {
    this.#engine = engine;
    this.#onWrite = onWrite;
    this.conversation = conversation;
    this.#index = new IndexStream(engine, outlineStream(conversation), outlineFold, segments);
  }

  get tree(): Tree {
    return this.#index.state;
  }

  /** The stream in which the outline goes on, as of the last read or write. */
  get newest(): string {
    return this.#index.newest;
  }

  /** As of IndexStream. */
  get snapshotEnd(): Offset | null {
    return this.#index.snapshotEnd;
  }

  /** Up to where `newest` is read. */
  get position(): string {
    return this.#index.position;
  }

  /** Reads what is new; creates the stream if only its announcement survived a crash. Throws EngineError. */
  async refresh(): Promise<Tree> {
    try {
      return await this.#index.refresh();
    } catch (error) {
      if (!isMissing(error)) throw error;
      await this.#engine.create(this.#index.stream);
      return this.#index.refresh();
    }
  }

  /** All changes in one POST, but those already known. Throws EngineError. */
  async write(changes: readonly KnownChange[]): Promise<Tree> {
    const tree = await this.#index.write(changes.map((change) => ({ v: VERSION, ...change })));
    this.#onWrite(this.conversation);
    return tree;
  }
}

/** Enough for all conversations in use at a time; one of 5,000 messages takes about 4 MB. */
const KEPT = 128;

export class Outlines {
  readonly #engine: Engine;
  readonly #segments: (stream: string) => SegmentOptions;
  readonly #onWrite: (conversation: string) => void;
  readonly #kept = new Map<string, Outline>();

  /** @param segments by the first segment's name. Default: those of IndexStream. @param onWrite told after each write */
  constructor(
    engine: Engine,
    segments: (stream: string) => SegmentOptions = () => ({}),
    onWrite: (conversation: string) => void = nobody,
  ) {
    this.#engine = engine;
    this.#segments = segments;
    this.#onWrite = onWrite;
  }

  /** Refreshed. Only for conversations that `conversations` announces: a missing outline is created. */
  async of(conversation: string): Promise<Outline> {
    const outline = await this.inPassing(conversation);
    this.#kept.delete(conversation);
    this.#kept.set(conversation, outline);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return outline;
  }

  /** As `of`, for whoever walks through many: what is not in memory is not kept there. */
  async inPassing(conversation: string): Promise<Outline> {
    const outline =
      this.#kept.get(conversation) ??
      new Outline(this.#engine, conversation, this.#segments(outlineStream(conversation)), this.#onWrite);
    await outline.refresh();
    return outline;
  }

  forget(conversation: string): void {
    this.#kept.delete(conversation);
  }
}

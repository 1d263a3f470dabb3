/** Followed streams: who wants them, where their folds stand, and how a fold catches up when a frame does not fit. */
import { indexOf, START } from '../../protocol/index.ts';
import { isMissing, ServerError } from '../kit/errors.ts';
import type { FoldPosition } from '../kit/segments.ts';
import type { StreamReader } from '../kit/streams.ts';
import type { FromConnection, LiveFrame, ToConnection } from '../live/messages.ts';

/** One stream and its fold. Folds are idempotent: `apply` may be given items again. */
export interface Feed {
  readonly stream: string;
  /** It comes and goes: when the connection says that it is gone, that is all there is to know. Default: false. */
  readonly passing?: boolean;
  /** Where the fold stands; undefined while nothing was read yet. */
  position(): string | undefined;
  /** Of an index: the segment in which that is. Default: `stream`. */
  segment?(): string | undefined;
  /** Folds items; the fold then stands at `next`. */
  apply(items: readonly unknown[], next: string, closed: boolean): void;
  /** The stream is not there (any more). */
  gone(): void;
}

interface FollowedFeed {
  readonly feed: Feed;
  /** The stream that is followed for it: of an index the segment in which its fold stands. */
  segment: string;
  refs: number;
  /** Offsets up to which everything is folded, oldest first. */
  readonly covered: Set<string>;
  readonly abort: AbortController;
  leaving?: ReturnType<typeof setTimeout>;
  /** It stands somewhere: it was read once. */
  begun: boolean;
  reading: boolean;
  /** A frame did not fit while it was being read: read once more. */
  missed: boolean;
  /** The stream is closed and read to its end: there is nothing to follow. */
  closed: boolean;
}

/** Frames of the old and the new connection overlap while the set changes: that many offsets back are known. */
const COVERED = 256;
const RETRY = 1000;
/** Longest that what was read waits for what is still being read, in ms. */
const TOGETHER = 300;

export interface FeedsOptions {
  readonly reader: StreamReader;
  readonly send: (message: ToConnection) => void;
}

export class Feeds {
  private readonly options: FeedsOptions;
  private readonly entries = new Map<string, FollowedFeed>();
  /** Streams to follow, and from where, that wait for those still being read. */
  private readonly ready = new Map<string, FoldPosition>();
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FeedsOptions) {
    this.options = options;
  }

  /**
   * Follows `feed` until the last of those who retain it has let go and `grace` ms have passed (so that switching back
   * is instant). It is followed from its position, now or as soon as `begin` says that it has one.
   * @returns lets go; call it once.
   */
  retain(feed: Feed, grace: number): () => void {
    const entry = this.entries.get(feed.stream) ?? this.added(feed);
    entry.refs += 1;
    clearTimeout(entry.leaving);
    this.begin(feed.stream);
    return () => {
      entry.refs -= 1;
      if (entry.refs === 0) entry.leaving = setTimeout(() => this.drop(entry), grace);
    };
  }

  /** Somebody wants `stream`, or did a moment ago. */
  has(stream: string): boolean {
    return this.entries.has(stream);
  }

  /** The fold of `stream` has been read to where it stands: follow it on. `place`: where, if the fold cannot say yet. */
  begin(stream: string, place?: FoldPosition): void {
    const entry = this.entries.get(stream);
    const at = place ?? (entry && feedPosition(entry.feed));
    if (!entry || !at) return;
    if (at.segment !== entry.segment) this.move(entry, at.segment);
    if (entry.closed) return;
    cover(entry, at.position);
    entry.begun = true;
    this.ready.set(stream, at);
    if (this.isReading()) this.waiting ??= setTimeout(() => this.follow(), TOGETHER);
    else this.follow();
  }

  /** Takes what the connection says. */
  heard(message: Exclude<FromConnection, { kind: 'state' }>): void {
    const entry = this.entries.get(indexOf(message.stream));
    if (entry?.segment !== message.stream) return;
    if (message.kind === 'frame') this.framed(entry, message);
    else if (entry.feed.passing) entry.feed.gone();
    // A read tells whether it is gone for good; not at once, a server in trouble may say it of all its streams.
    else setTimeout(() => void this.catchUp(entry.feed.stream), RETRY / 2);
  }

  /** Reads `stream` by GET from where its fold stands, then follows it. Also for one whose connection lost it. */
  async catchUp(stream: string): Promise<void> {
    const entry = this.entries.get(stream);
    if (!entry) return;
    if (entry.reading) {
      entry.missed = true;
      return;
    }
    entry.reading = true;
    try {
      do {
        entry.missed = false;
        await this.read(entry);
      } while (entry.missed);
      this.begin(stream);
    } catch (error) {
      if (this.entries.get(stream) === entry) this.failed(entry, error);
    } finally {
      entry.reading = false;
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
    for (const entry of [...this.entries.values()]) this.drop(entry);
  }

  /** Follows what is ready: streams that are read at the same time are followed by one connection. */
  private follow(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const ready = [...this.ready.values()];
    this.ready.clear();
    for (const { segment, position } of ready)
      this.options.send({ kind: 'follow', stream: segment, offset: position });
  }

  private isReading(): boolean {
    return [...this.entries.values()].some(({ feed, begun }) => !begun && feed.position() === undefined);
  }

  private added(feed: Feed): FollowedFeed {
    const abort = new AbortController();
    const entry: FollowedFeed = {
      feed,
      segment: feed.stream,
      refs: 0,
      covered: new Set(),
      abort,
      begun: false,
      reading: false,
      missed: false,
      closed: false,
    };
    this.entries.set(feed.stream, entry);
    return entry;
  }

  private drop(entry: FollowedFeed): void {
    clearTimeout(entry.leaving);
    entry.abort.abort();
    const { stream } = entry.feed;
    if (this.entries.get(stream) !== entry) return;
    this.entries.delete(stream);
    this.ready.delete(stream);
    this.options.send({ kind: 'unfollow', stream: entry.segment });
  }

  /** The index goes on in another stream; nothing is known of its offsets yet. */
  private move(entry: FollowedFeed, segment: string): void {
    this.options.send({ kind: 'unfollow', stream: entry.segment });
    this.ready.delete(entry.feed.stream);
    entry.segment = segment;
    entry.covered.clear();
    entry.closed = false;
  }

  /**
   * A frame that begins where everything before is known can be folded, even if the fold has gone further: what it knows
   * is skipped. One that ends there says nothing new. Only another leaves a gap, which is read by GET.
   */
  private framed(entry: FollowedFeed, { from, next, items, closed }: LiveFrame): void {
    const position = entry.feed.position();
    if (position === undefined) return;
    if (from !== position && !entry.covered.has(from)) {
      if (entry.covered.has(next)) return;
      void this.catchUp(entry.feed.stream);
      return;
    }
    this.apply(entry, items, next, closed ?? false);
  }

  private apply(entry: FollowedFeed, items: readonly unknown[], next: string, closed: boolean): void {
    cover(entry, next);
    entry.closed ||= closed;
    entry.feed.apply(items, next, closed);
    const segment = entry.feed.segment?.() ?? entry.segment;
    if (segment === entry.segment) return;
    this.move(entry, segment);
    void this.catchUp(entry.feed.stream);
  }

  private async read(entry: FollowedFeed): Promise<void> {
    const { feed, abort } = entry;
    const offset = feed.position() ?? START;
    // It came here from the end of the segment before: what this one begins with is folded.
    const held = offset === START && entry.segment !== feed.stream;
    const from = { offset, held, signal: abort.signal };
    for await (const { items, next, closed } of this.options.reader.pages(entry.segment, from)) {
      if (abort.signal.aborted) return;
      this.apply(entry, items, next, closed);
    }
  }

  private failed(entry: FollowedFeed, error: unknown): void {
    if (entry.abort.signal.aborted) return;
    if (isMissing(error)) return entry.feed.gone();
    // An offset the server does not know: another data folder is behind it now. Only reading anew helps.
    if (error instanceof ServerError && error.status === 400) return entry.feed.gone();
    setTimeout(() => void this.catchUp(entry.feed.stream), RETRY);
  }
}

function feedPosition(feed: Feed): FoldPosition | undefined {
  const position = feed.position();
  return position === undefined ? undefined : { segment: feed.segment?.() ?? feed.stream, position };
}

function cover({ covered }: FollowedFeed, offset: string): void {
  covered.delete(offset);
  covered.add(offset);
  if (covered.size > COVERED) covered.delete(covered.values().next().value as string);
}

/**
 * The engine port: what Bough asks of a server that speaks the Durable Streams protocol.
 *
 * Two adapters stand behind it, the embedded one (`embedded/`) and one for a remote engine by
 * URL, and one in memory (`testing/memory.ts`) for tests. All pass one suite (`contract.ts`). The port promises only
 * what the protocol's answers can tell: a position is known where a `Stream-Next-Offset` was
 * given, so there are no offsets per item. To know the exact end of each item, append them
 * one at a time and read with `maxItems: 1`.
 *
 * Every stream is `application/json`, without TTL. Names are path segments joined by `/`:
 * 1 to 512 characters of `A-Z a-z 0-9 . _ ~ -` (see `checkStreamName`).
 *
 * Two guarantees hold for all of it. What was acknowledged stays, across a crash of this
 * process or of the engine. Calls on one stream take effect one after another, in some order.
 */

/**
 * A position in a stream, minted by the engine. Opaque: keep it and give it back, never read,
 * compose or compare it, save for equality with another of the same stream (protocol,
 * "Offsets"). A fork shares its source's offsets up to the fork point and may mint the same
 * ones as its source after it, for other items.
 */
export type Offset = string;

/** The start of every stream. Never minted; for `read` and `follow` only, a fork at it is refused. */
export { START } from '../../protocol/streams/streams.ts';

/** What `head` tells. */
export interface StreamState {
  /** The tail: where the next append will begin. */
  readonly next: Offset;
  /** No append will be accepted any more. Permanent. */
  readonly closed: boolean;
}

/** What `create` and `fork` tell. */
export interface Created extends StreamState {
  /** False when the stream was there already, made the same way. */
  readonly created: boolean;
}

/** Where a fork leaves its source. */
export interface ForkPoint {
  readonly stream: string;
  /** An offset the source minted: some append's `next`, or the `next` of its own creation. */
  readonly offset: Offset;
}

/** How items are appended. */
export interface AppendOptions {
  /**
   * `Stream-Seq`: refused unless greater than that of every earlier append that carried one.
   * ASCII, compared byte by byte: an offset of this stream will do. A fork starts without any.
   * Default: none, no check.
   */
  readonly seq?: string;
  /** Close the stream with this append, in the same step. Default: false. */
  readonly close?: boolean;
}

export type AppendResult =
  /**
   * Durable, and visible to every reader. `next` is the tail after it; `start` the tail before
   * it, where the engine said so: the embedded and the memory engine always do, a remote one
   * cannot.
   */
  | { readonly kind: 'appended'; readonly start?: Offset; readonly next: Offset }
  /** `seq` is equal to or lower than an earlier one (409). Nothing was written. */
  | { readonly kind: 'conflict' }
  /** The stream is closed (409 with `Stream-Closed`); this comes before `conflict`. Nothing was written. */
  | { readonly kind: 'closed'; readonly next: Offset };

/** How large a page of `read` is. */
export interface ReadOptions {
  /** Most items wanted. Default: no limit. A remote engine chooses its pages itself and may give more, or fewer. */
  readonly maxItems?: number;
  /** Most bytes wanted, of JSON as stored; the same holds. Default: `DEFAULT_PAGE_BYTES`. */
  readonly maxBytes?: number;
}

/** 1 MiB: what can be read and parsed without holding up the event loop for long. */
export const DEFAULT_PAGE_BYTES = 1024 * 1024;

/** What `read` gives. */
export interface ReadPage {
  /** Whole appends only, in order. Read-only: a page may be shared. */
  readonly items: readonly unknown[];
  /** Where to read on. */
  readonly next: Offset;
  /** The page reaches the tail as it was when the page was read. */
  readonly upToDate: boolean;
  /** The page reaches the end of a closed stream: nothing will ever follow. */
  readonly closed: boolean;
}

/** What `follow` gives: what was appended since the frame before. */
export interface FollowFrame {
  /** The `next` of the frame before; in the first one, the `from` that was asked for. */
  readonly from: Offset;
  readonly next: Offset;
  /** Whole appends only, one or several. Read-only: shared by all who follow. */
  readonly items: readonly unknown[];
  /** The last frame: the stream is closed here. It may be without items. */
  readonly closed: boolean;
}

/**
 * The disk is full; the data folder cannot be written; the engine takes no token, or not this one; where it was said to be is
 * something else.
 */
export type UnavailableWhy = 'full' | 'unwritable' | 'refused' | 'elsewhere';

/**
 * Every method may reject with `EngineUnavailable`, and does after `shutdown`. Mistakes of the
 * caller (a malformed name, no items, an item that is no object) are `TypeError`s.
 */
export interface Engine {
  /**
   * What kept the last write of the last 30 s from being written, where a person can do something about it; undefined: nothing did, or
   * reading fails, too, and says so. Only a data folder has it.
   */
  readonly unwritten?: UnavailableWhy | undefined;

  /**
   * Make an empty stream (protocol, "Create Stream"). Idempotent: a stream made by `create`
   * before answers with its state, closed or not.
   * @throws {StreamConflict} the name belongs to a fork, or to a deleted stream with forks.
   */
  create(stream: string): Promise<Created>;

  /**
   * Make a stream that begins with everything `from.stream` holds up to `from.offset`. Nothing
   * is copied; what the source gets later is not seen. Idempotent while `from` is the same,
   * also when the source was deleted since. The new stream is open, closed source or not.
   * @throws {StreamConflict} the name is taken by a stream with another origin.
   * @throws {StreamMissing | StreamGone} of the source.
   * @throws {OffsetUnknown} `START`, or an offset the source never minted. A remote engine may
   *   accept an offset inside an append and drop data: fork only at recorded offsets.
   */
  fork(stream: string, from: ForkPoint): Promise<Created>;

  /**
   * Append items in one POST (protocol, "Append to Stream"): all of them land together or none.
   * @param items at least one, each a JSON object; not kept or changed.
   * @throws {StreamMissing | StreamGone}
   * @throws {EngineUnavailable} the outcome is unknown: read from the old tail to learn it.
   *
   * If the engine itself crashes during or right after the append, the items may be there
   * while `seq` and `close` are forgotten. Hence the write order: `head` first, compare, then
   * append; and the first terminal item in a log wins.
   */
  append(stream: string, items: readonly unknown[], options?: AppendOptions): Promise<AppendResult>;

  /**
   * One page from `from` on (protocol, "Read Stream - Catch-up"). Whole appends only: it stops
   * before the append that would pass a limit, but always holds at least one where there is
   * one. Loop until `upToDate`, or use `readAll`.
   * @throws {StreamMissing | StreamGone}
   * @throws {OffsetUnknown} this stream never minted `from`; a remote engine may answer
   *   from somewhere near instead.
   * @throws {StreamDamaged}
   */
  read(stream: string, from: Offset, options?: ReadOptions): Promise<ReadPage>;

  /** Tail and closed flag (protocol, "Stream Metadata"), `null` when there is no such stream or it was deleted. */
  head(stream: string): Promise<StreamState | null>;

  /**
   * Everything from `from` on, and then what is appended, as it is acknowledged: nothing lost,
   * nothing twice. Ends after the frame with `closed`, and quietly when `signal` aborts, which
   * is the only way to stop it while it waits. Holds no timer, and no buffer for a slow reader:
   * that one goes on from the log, in larger frames.
   *
   * The first error ends it; they come from the iterator, never from the call.
   * @throws {StreamMissing | StreamGone} not there, or deleted while it was followed (even if
   *   made anew since).
   * @throws {OffsetUnknown}
   */
  follow(stream: string, from: Offset, signal: AbortSignal): AsyncIterable<FollowFrame>;

  /**
   * Accept no more appends. Idempotent.
   * @throws {StreamMissing | StreamGone}
   */
  close(stream: string): Promise<void>;

  /**
   * Delete a stream (protocol, "Delete Stream"). Idempotent, also for a stream that never was.
   * Forks keep what they share with it; until the last of them is deleted the name answers
   * `StreamGone` and cannot be used again. Otherwise a new stream may take the name at once.
   */
  delete(stream: string): Promise<void>;

  /**
   * Names of the streams that begin with `prefix`, deleted ones left out, in no order that may
   * be relied on. For maintenance (purge, doctor): it walks, and a stream made or deleted
   * meanwhile may or may not be listed.
   * @throws {CannotList} a remote engine: the protocol has no such question.
   */
  list(prefix: string): AsyncIterable<string>;

  /**
   * Finish what was begun, end every `follow` with `EngineUnavailable`, let go of files and
   * sockets. Idempotent. Whoever opened the engine calls it.
   */
  shutdown(): Promise<void>;
}

/** What `readBytes` gives: one page, as the engine cuts it. */
export interface BytePage extends Omit<ReadPage, 'items'> {
  readonly bytes: Uint8Array;
}

/**
 * Streams of bytes (`application/octet-stream`), for what is no JSON. An ability of its own that only engines elsewhere have: a data
 * folder keeps its files beside the engine. `head`, `close` and `delete` of the engine are for them, too; errors as there.
 */
export interface ByteStreams {
  /** Make an empty one. Idempotent, whether it is closed or not. @throws {StreamConflict} it holds JSON. */
  createBytes(stream: string): Promise<Created>;
  /** Append bytes, at least one. @throws {EngineUnavailable} the outcome is unknown. */
  appendBytes(stream: string, bytes: Uint8Array, options?: AppendOptions): Promise<AppendResult>;
  /** One page from `from` on. @param most bytes wanted: of a larger page there are more than these, and not all. */
  readBytes(stream: string, from: Offset, most: number): Promise<BytePage>;
}

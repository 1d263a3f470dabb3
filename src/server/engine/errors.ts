import type { Offset, UnavailableWhy } from './port.ts';

/**
 * `missing`: no such stream (404). `gone`: deleted, kept only for its forks (410).
 * `conflict`: the name is taken by a stream of another make (409). `offset`: this stream
 * never minted that offset (400). `damaged`: the log cannot be read at a place that was
 * once acknowledged. `unavailable`: the engine did not answer, or is shut down.
 * `unlisted`: this engine cannot say which streams it has.
 */
export type EngineErrorKind =
  | 'missing'
  | 'gone'
  | 'conflict'
  | 'offset'
  | 'damaged'
  | 'unavailable'
  | 'unlisted';

/** Everything an engine throws apart from `TypeError`, which is a mistake of the caller. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  readonly kind: EngineErrorKind;
  /** The stream at fault: for a fork this may be the source. `null` when it is the engine. */
  readonly stream: string | null;

  constructor(kind: EngineErrorKind, stream: string | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.stream = stream;
  }
}

/** No such stream: never created, or deleted and held by no fork. */
export class StreamMissing extends EngineError {
  override readonly name = 'StreamMissing';

  constructor(stream: string) {
    super('missing', stream, `There is no stream ${stream}.`);
  }
}

/** Deleted, but forks still read what they share with it; the name is taken until they go. */
export class StreamGone extends EngineError {
  override readonly name = 'StreamGone';

  constructor(stream: string) {
    super('gone', stream, `The stream ${stream} was deleted.`);
  }
}

/** `create` or `fork` met a stream of that name which was not made the same way. */
export class StreamConflict extends EngineError {
  override readonly name = 'StreamConflict';

  constructor(stream: string, why: string) {
    super('conflict', stream, `The stream ${stream} cannot be made: ${why}.`);
  }
}

/** The offset is malformed, inside an append, past the tail, or of another stream. */
export class OffsetUnknown extends EngineError {
  override readonly name = 'OffsetUnknown';
  readonly offset: Offset;

  constructor(stream: string, offset: Offset) {
    super('offset', stream, `The stream ${stream} has no offset ${JSON.stringify(offset)}.`);
    this.offset = offset;
  }
}

/** What was acknowledged can no longer be read: somebody else changed the log, or the disk did. */
export class StreamDamaged extends EngineError {
  override readonly name = 'StreamDamaged';

  constructor(stream: string, why: string, options?: ErrorOptions) {
    super('damaged', stream, `The stream ${stream} is damaged: ${why}.`, options);
  }
}

/**
 * The engine did not do it, or did it and could not say so: after a write the outcome is
 * unknown until the stream is read. `cause` holds what was behind it.
 */
export class EngineUnavailable extends EngineError {
  override readonly name = 'EngineUnavailable';
  /** What a person can do something about; undefined where it may pass by itself. */
  readonly why: UnavailableWhy | undefined;

  constructor(
    message: string,
    stream: string | null = null,
    { why, ...options }: ErrorOptions & { readonly why?: UnavailableWhy | undefined } = {},
  ) {
    super('unavailable', stream, message, options);
    this.why = why;
  }
}

/** The protocol has no way to ask for the names of streams: what goes by them must know them otherwise. */
export class CannotList extends EngineError {
  override readonly name = 'CannotList';

  constructor() {
    super('unlisted', null, 'This storage cannot list its streams.');
  }
}

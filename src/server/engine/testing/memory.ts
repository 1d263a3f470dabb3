/**
 * An engine in memory, for tests: the port's semantics to the letter, nothing kept, nothing
 * shared with the caller (items go through JSON both ways). Every call takes effect in one
 * step, before its promise resolves, so a test that awaits nothing in between races nothing.
 *
 * Its offsets look unlike those of the embedded engine, so that no code can depend on their form.
 */
import { checkForkPoint, checkStreamName, decodeItems, encodeItems } from '../check.ts';
import { EngineUnavailable, OffsetUnknown, StreamConflict, StreamGone, StreamMissing } from '../errors.ts';
import { follow } from '../follow.ts';
import {
  type AppendOptions,
  type AppendResult,
  type Created,
  DEFAULT_PAGE_BYTES,
  type Engine,
  type FollowFrame,
  type ForkPoint,
  type Offset,
  type ReadOptions,
  type ReadPage,
  START,
  type StreamState,
} from '../port.ts';
import { Tails } from '../tails.ts';

interface Append {
  readonly text: string;
  readonly count: number;
  readonly bytes: number;
}

interface Stream {
  readonly origin: ForkPoint | null;
  /** The source itself: after it was deleted its name may not lead to it. */
  readonly source: Stream | null;
  readonly name: string;
  readonly appends: Append[];
  closed: boolean;
  lastSeq: string | null;
  forks: number;
  deleted: boolean;
}

export class MemoryEngine implements Engine {
  readonly #streams = new Map<string, Stream>();
  readonly #tails = new Tails();
  #down = false;

  async create(stream: string): Promise<Created> {
    return this.#make(stream, null, () => []);
  }

  async fork(stream: string, from: ForkPoint): Promise<Created> {
    checkForkPoint(from.stream, from.offset);
    return this.#make(stream, { ...from }, () => {
      const { appends } = this.#live(from.stream);
      return appends.slice(0, this.#position(from.stream, appends, from.offset));
    });
  }

  async append(
    stream: string,
    items: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    const text = encodeItems(items);
    const state = this.#live(stream);
    const { seq, close = false } = options;
    const start = tailOf(state);
    if (state.closed) return { kind: 'closed', next: start };
    if (seq !== undefined && state.lastSeq !== null && seq <= state.lastSeq) return { kind: 'conflict' };
    state.appends.push({ text, count: items.length, bytes: Buffer.byteLength(text) });
    state.lastSeq = seq ?? state.lastSeq;
    state.closed = close;
    const next = tailOf(state);
    this.#tails.landed(stream, { from: start, next, text, closed: close }, decodeItems);
    return { kind: 'appended', start, next };
  }

  async read(stream: string, from: Offset, options: ReadOptions = {}): Promise<ReadPage> {
    const state = this.#live(stream);
    const start = this.#position(stream, state.appends, from);
    const end = pageEnd(state.appends, start, options);
    const upToDate = end === state.appends.length;
    return {
      items: state.appends.slice(start, end).flatMap((append) => decodeItems(append.text)),
      next: offsetAt(end),
      upToDate,
      closed: upToDate && state.closed,
    };
  }

  async head(stream: string): Promise<StreamState | null> {
    this.#check(stream);
    const state = this.#streams.get(stream);
    return state && !state.deleted ? { next: tailOf(state), closed: state.closed } : null;
  }

  follow(stream: string, from: Offset, signal: AbortSignal): AsyncIterable<FollowFrame> {
    const engine = {
      tails: this.#tails,
      read: (name: string, at: Offset) => this.read(name, at),
      tail: (name: string) => {
        const state = this.#live(name);
        return { next: tailOf(state), closed: state.closed, life: state };
      },
    };
    return follow(engine, stream, from, signal);
  }

  async close(stream: string): Promise<void> {
    this.#live(stream).closed = true;
    this.#tails.wake(stream);
  }

  async delete(stream: string): Promise<void> {
    this.#check(stream);
    const state = this.#streams.get(stream);
    if (!state) return;
    state.deleted = true;
    this.#tails.reset(stream);
    this.#sweep(state);
  }

  async *list(prefix: string): AsyncIterable<string> {
    this.#up();
    for (const [name, state] of this.#streams) {
      if (name.startsWith(prefix) && !state.deleted) yield name;
    }
  }

  async shutdown(): Promise<void> {
    this.#down = true;
    this.#tails.wakeAll();
  }

  #make(name: string, origin: ForkPoint | null, inherit: () => Append[]): Created {
    this.#check(name);
    const existing = this.#streams.get(name);
    if (existing) return { ...again(existing, origin), created: false };
    const appends = inherit();
    const source = origin ? this.#live(origin.stream) : null;
    const state = { name, origin, source, appends, closed: false, lastSeq: null, forks: 0, deleted: false };
    if (source) source.forks += 1;
    this.#streams.set(name, state);
    return { next: tailOf(state), closed: false, created: true };
  }

  /** Removes a deleted stream no fork needs, and then perhaps its source, and so on. */
  #sweep(from: Stream): void {
    for (let state: Stream | null = from; state?.deleted && state.forks === 0; state = state.source) {
      this.#streams.delete(state.name);
      if (state.source) state.source.forks -= 1;
    }
  }

  #live(stream: string): Stream {
    this.#check(stream);
    const state = this.#streams.get(stream);
    if (!state) throw new StreamMissing(stream);
    if (state.deleted) throw new StreamGone(stream);
    return state;
  }

  #check(stream: string): void {
    checkStreamName(stream);
    this.#up();
  }

  #up(): void {
    if (this.#down) throw new EngineUnavailable('The engine was shut down.');
  }

  #position(stream: string, appends: readonly Append[], offset: Offset): number {
    if (offset === START) return 0;
    const position = /^m\d{12}$/.test(offset) ? Number(offset.slice(1)) : Number.NaN;
    if (!(position <= appends.length)) throw new OffsetUnknown(stream, offset);
    return position;
  }
}

function again(existing: Stream, origin: ForkPoint | null): StreamState {
  const { name } = existing;
  if (existing.deleted) throw new StreamConflict(name, 'it was deleted and forks still read it');
  if (existing.origin?.stream !== origin?.stream || existing.origin?.offset !== origin?.offset) {
    throw new StreamConflict(name, 'it is there with another origin');
  }
  return { next: tailOf(existing), closed: existing.closed };
}

function pageEnd(appends: readonly Append[], start: number, options: ReadOptions): number {
  const { maxItems = Number.POSITIVE_INFINITY, maxBytes = DEFAULT_PAGE_BYTES } = options;
  let items = 0;
  let bytes = 0;
  for (let end = start; end < appends.length; end += 1) {
    items += appends[end]?.count ?? 0;
    bytes += appends[end]?.bytes ?? 0;
    if (end > start && (items > maxItems || bytes > maxBytes)) return end;
  }
  return appends.length;
}

const offsetAt = (position: number): Offset => `m${String(position).padStart(12, '0')}`;

const tailOf = (stream: Stream): Offset => offsetAt(stream.appends.length);

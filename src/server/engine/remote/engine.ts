/**
 * The remote engine: any server that speaks the Durable Streams protocol, by URL (decision 0013).
 *
 * It keeps nothing but the streams that are followed. After a write without an answer the caller finds out what became of it, as the
 * port says; what may be asked twice is asked again by itself, once.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkForkPoint, checkStreamName, encodeItems } from '../check.ts';
import {
  CannotList,
  EngineUnavailable,
  OffsetUnknown,
  StreamConflict,
  StreamGone,
  StreamMissing,
} from '../errors.ts';
import type {
  AppendOptions,
  AppendResult,
  BytePage,
  ByteStreams,
  Created,
  Engine,
  FollowFrame,
  ForkPoint,
  Offset,
  ReadPage,
  StreamState,
} from '../port.ts';
import { Tails } from '../tails.ts';
import { appendedOf, bytePageOf, closedOf, createdOf, deletedOf, headOf, pageOf } from './answers.ts';
import { type Ask, type EngineAnswer, Http, type RemoteAddress } from './http.ts';
import { LIVE_TIMING, type LiveTiming, Upstream } from './upstream.ts';

export interface RemoteOptions extends RemoteAddress {
  /** ms of silence after which an answer is given up. Default: 15 s. */
  readonly patience?: number;
  /** Default: `LIVE_TIMING`. */
  readonly live?: Partial<LiveTiming>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const BYTES_TYPE = { 'content-type': 'application/octet-stream' };
const CLOSE = { 'stream-closed': 'true' };

/** Connects when it is first asked something. The caller shuts it down. */
export function openRemote(options: RemoteOptions): Engine & ByteStreams {
  return new RemoteEngine(options);
}

interface FollowedUpstream {
  readonly upstream: Upstream;
  followers: number;
}

class RemoteEngine implements Engine, ByteStreams {
  readonly #http: Http;
  readonly #timing: LiveTiming;
  readonly #tails = new Tails();
  readonly #followed = new Map<string, FollowedUpstream>();
  #down = false;

  constructor(options: RemoteOptions) {
    this.#http = new Http(options, options.patience);
    this.#timing = { ...LIVE_TIMING, ...options.live };
  }

  async create(stream: string): Promise<Created> {
    return createdOf(stream, await this.#put(stream, JSON_TYPE));
  }

  async fork(stream: string, from: ForkPoint): Promise<Created> {
    this.#check(from.stream);
    checkForkPoint(from.stream, from.offset);
    const point = {
      ...JSON_TYPE,
      'stream-forked-from': this.#http.path(from.stream),
      'stream-fork-offset': checkedOffset(from.stream, from.offset),
    };
    const answer = await this.#put(stream, point);
    if (answer.status === 400) throw new OffsetUnknown(from.stream, from.offset);
    if (answer.status === 404) throw new StreamMissing(from.stream);
    if (answer.status === 409 || answer.status === 410) return this.#refused(stream, from.stream);
    return createdOf(stream, answer);
  }

  async append(
    stream: string,
    items: readonly unknown[],
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    const { seq, close = false } = options;
    const body = `[${encodeItems(items)}]`;
    const headers = { ...JSON_TYPE, ...(seq !== undefined && { 'stream-seq': seq }), ...(close && CLOSE) };
    const answer = await this.#ask({ method: 'POST', stream, headers, body });
    const result = appendedOf(stream, answer, seq !== undefined);
    if (result.kind === 'conflict') await this.#shown(stream, seq);
    return result;
  }

  /**
   * An engine may refuse a seq before it shows what took it (Rust: until that is on disk). Who takes the tail for seq, as the write order
   * does, would find the place free and be refused again: waits until the tail has moved, for a second at most.
   */
  async #shown(stream: string, tail: Offset | undefined): Promise<void> {
    for (let pause = 5; pause < 1_000; pause *= 2) {
      if ((await this.head(stream))?.next !== tail) return;
      await sleep(pause);
    }
  }

  /** The engine chooses the size of its pages: limits are not kept, as no offset inside one is known. */
  async read(stream: string, from: Offset): Promise<ReadPage> {
    const query = { offset: checkedOffset(stream, from) };
    return pageOf(stream, from, await this.#ask({ method: 'GET', stream, query }));
  }

  async createBytes(stream: string): Promise<Created> {
    return createdOf(stream, await this.#put(stream, BYTES_TYPE));
  }

  async appendBytes(stream: string, bytes: Uint8Array, options: AppendOptions = {}): Promise<AppendResult> {
    const { seq, close = false } = options;
    if (bytes.byteLength === 0) throw new TypeError('an append needs at least one byte');
    const headers = { ...BYTES_TYPE, ...(seq !== undefined && { 'stream-seq': seq }), ...(close && CLOSE) };
    const answer = await this.#ask({ method: 'POST', stream, headers, body: bytes });
    return appendedOf(stream, answer, seq !== undefined);
  }

  async readBytes(stream: string, from: Offset, most: number): Promise<BytePage> {
    this.#check(stream);
    const query = { offset: checkedOffset(stream, from) };
    return bytePageOf(stream, from, await this.#http.askBytes({ method: 'GET', stream, query }, most));
  }

  async head(stream: string): Promise<StreamState | null> {
    return headOf(stream, await this.#ask({ method: 'HEAD', stream }));
  }

  async *follow(
    stream: string,
    from: Offset,
    signal: AbortSignal,
  ): AsyncGenerator<FollowFrame, void, undefined> {
    // Node warns of a leak past ten listeners; one signal may well end two hundred follows.
    setMaxListeners(0, signal);
    this.#check(stream);
    const upstream = this.#join(stream);
    let [known, at] = [from, from];
    try {
      while (!signal.aborted) {
        upstream.check();
        const { version } = upstream;
        if (upstream.endsAt(at)) {
          await this.#tails.changed(stream, signal);
          continue;
        }
        const page = this.#tails.after(stream, at) ?? (await this.#readOn(upstream, stream, at, signal));
        if (signal.aborted || !page) return;
        at = page.next;
        if (page.items.length > 0 || page.closed) {
          yield { from: known, next: at, items: page.items, closed: page.closed };
          known = at;
        }
        if (page.closed) return;
        const isTail = !('upToDate' in page) || page.upToDate;
        if (isTail && upstream.version === version) await this.#tails.changed(stream, signal);
      }
    } finally {
      this.#leave(stream, upstream);
    }
  }

  async close(stream: string): Promise<void> {
    closedOf(stream, await this.#ask({ method: 'POST', stream, headers: { ...JSON_TYPE, ...CLOSE } }));
  }

  async delete(stream: string): Promise<void> {
    deletedOf(stream, await this.#ask({ method: 'DELETE', stream }));
    const followed = this.#followed.get(stream);
    if (!followed) return;
    // Some engines leave followers waiting; and the name may be taken again at once.
    this.#followed.delete(stream);
    const { status } = await this.#ask({ method: 'HEAD', stream });
    followed.upstream.fail(status === 410 ? new StreamGone(stream) : new StreamMissing(stream));
  }

  /** @throws {CannotList} always: the protocol has no way to ask. */
  // biome-ignore lint/correctness/useYield: it never comes so far
  async *list(): AsyncIterable<string> {
    throw new CannotList();
  }

  async shutdown(): Promise<void> {
    this.#down = true;
    for (const { upstream } of this.#followed.values()) upstream.fail(shutDown());
    this.#http.close();
  }

  /** A read that waits with its upstream while the engine is away. Null once `signal` aborts. */
  async #readOn(
    upstream: Upstream,
    stream: string,
    at: Offset,
    signal: AbortSignal,
  ): Promise<ReadPage | null> {
    for (let pause = 100; !signal.aborted; pause *= 2) {
      upstream.check();
      try {
        return await this.read(stream, at);
      } catch (error) {
        if (!(error instanceof EngineUnavailable) || this.#down || pause > this.#timing.patience) throw error;
        await sleep(pause, undefined, { signal }).catch(() => {});
      }
    }
    return null;
  }

  #join(stream: string): Upstream {
    this.#tails.join(stream);
    const known = this.#followed.get(stream);
    if (known && !known.upstream.failed) {
      known.followers += 1;
      return known.upstream;
    }
    const upstream = new Upstream({
      stream,
      tails: this.#tails,
      timing: this.#timing,
      head: () => this.head(stream),
      open: (offset, signal) =>
        this.#http.flow({ method: 'GET', stream, query: { live: 'sse', offset } }, signal),
    });
    this.#followed.set(stream, { upstream, followers: 1 });
    return upstream;
  }

  #leave(stream: string, upstream: Upstream): void {
    this.#tails.leave(stream);
    const followed = this.#followed.get(stream);
    if (followed?.upstream !== upstream) return;
    followed.followers -= 1;
    if (followed.followers > 0) return;
    upstream.stop();
    this.#followed.delete(stream);
  }

  /** Never with a body, never with a TTL. To engines a closed stream is made otherwise than an open one: then it is said so. */
  async #put(stream: string, headers: Record<string, string>): Promise<EngineAnswer> {
    const answer = await this.#ask({ method: 'PUT', stream, headers });
    if (answer.status !== 409 || !(await this.head(stream))?.closed) return answer;
    const again = await this.#ask({ method: 'PUT', stream, headers: { ...headers, ...CLOSE } });
    if (again.status !== 201) return again;
    // It was deleted just before, and closing made an empty closed one in its place.
    await this.delete(stream);
    throw new EngineUnavailable('The stream was deleted meanwhile.', stream);
  }

  /**
   * A 409 does not say whether it is about the name or about the source. A stream whose source is gone cannot be compared
   * any more (the Rust engine looks at the source first): it is taken as made before, as it was announced before.
   */
  async #refused(stream: string, source: string): Promise<Created> {
    const [own, from] = await Promise.all(
      [stream, source].map((name) => this.#ask({ method: 'HEAD', stream: name })),
    );
    const state = own && headOf(stream, own);
    const living = from?.status === 200;
    if (state && !living) return { ...state, created: false };
    if (state || living) throw new StreamConflict(stream, 'it is there with another origin');
    throw from?.status === 410 ? new StreamGone(source) : new StreamMissing(source);
  }

  async #ask(ask: Ask): Promise<EngineAnswer> {
    this.#check(ask.stream);
    return this.#http.ask(ask);
  }

  #check(stream: string): void {
    checkStreamName(stream);
    if (this.#down) throw shutDown();
  }
}

const shutDown = (): EngineUnavailable => new EngineUnavailable('The engine was shut down.');

/** What the protocol gives a meaning of its own, and what no offset may hold. @throws {OffsetUnknown} */
function checkedOffset(stream: string, offset: Offset): Offset {
  if (offset === 'now' || !/^[!-~]{1,512}$/.test(offset)) throw new OffsetUnknown(stream, offset);
  return offset;
}

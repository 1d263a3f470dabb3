/**
 * One stream as the engine sends it live: one connection for all who follow it here, resumed where it was cut.
 *
 * It only tells followers that there is more, and keeps the recent appends for those that have read up to them (`Tails`): what a read
 * gives decides. So a gap, an overlap or a batch cut otherwise than a reader's pages costs a read, never an item.
 *
 * ```
 *  connecting ── events ──▶ live ── ended, cut, stuck ──▶ connecting (0.1 s, doubling to 2 s)
 *      │ 404, 410, 400 │      └─ closed ──▶ done
 *      ▼               └─ no answer for `patience` ──▶ failed
 *    failed
 * ```
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../../protocol/backoff.ts';
import { EngineError, EngineUnavailable, StreamMissing } from '../errors.ts';
import type { Offset, StreamState } from '../port.ts';
import type { Tails } from '../tails.ts';
import { missingOr } from './answers.ts';
import type { Flow } from './http.ts';
import { type Batch, Events } from './sse.ts';

export interface UpstreamOptions {
  readonly stream: string;
  readonly tails: Tails;
  /** Opens the events from an offset, or from `now`. */
  readonly open: (from: Offset | 'now', signal: AbortSignal) => Promise<Flow>;
  readonly head: () => Promise<StreamState | null>;
  readonly timing: LiveTiming;
}

export interface LiveTiming {
  /** ms of silence after which the tail is asked for, doubling with each silence up to `longestSilence`. */
  readonly silence: number;
  readonly longestSilence: number;
  /** ms without the engine after which those who follow are told. */
  readonly patience: number;
}

export const LIVE_TIMING: LiveTiming = { silence: 5_000, longestSilence: 30_000, patience: 5_000 };

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;
/** How long what a HEAD knew may take to come live, in ms. */
const LATE = 1_000;

export class Upstream {
  /** Changes with everything that those who follow should look at. */
  version = 0;
  #failure: EngineError | null = null;
  #position: Offset | null = null;
  #done = false;
  #heard = 0;
  readonly #options: UpstreamOptions;
  readonly #end = new AbortController();

  /** Runs until `stop`, or until it has failed or the stream is closed. */
  constructor(options: UpstreamOptions) {
    this.#options = options;
    void this.#run();
  }

  /** The stream is open and nothing has come live after `offset`: there is nothing to read from there. */
  endsAt(offset: Offset): boolean {
    return this.#position === offset && !this.#done;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  /** @throws {EngineError} what ended it. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  fail(error: EngineError): void {
    this.#failure ??= error;
    this.stop();
    this.#wake();
  }

  stop(): void {
    this.#done = true;
    this.#end.abort();
  }

  async #run(): Promise<void> {
    let failed = 0;
    let since = Date.now();
    while (!this.#done) {
      const heard = this.#heard;
      const error = await this.#session().then(() => null, asEngineError);
      if (this.#done) return;
      if (error && error.kind !== 'unavailable') return this.fail(error);
      if (this.#heard > heard) [failed, since] = [0, Date.now()];
      else if (Date.now() - since > this.#options.timing.patience)
        return this.fail(error ?? noEvents(this.#options.stream));
      await sleep(backoff(failed, FIRST_PAUSE, LONGEST_PAUSE), undefined, { signal: this.#end.signal }).catch(
        () => {},
      );
      failed += 1;
    }
  }

  /** One connection, to its end. */
  async #session(): Promise<void> {
    const { stream, open } = this.#options;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, this.#end.signal]);
    try {
      const flow = await open(this.#position ?? 'now', signal);
      if (flow.statusCode !== 200) throw refused(stream, flow, this.#position);
      const probe = this.#probe(() => ended.abort());
      try {
        await this.#hear(flow);
      } finally {
        probe();
      }
    } finally {
      ended.abort();
    }
  }

  async #hear(flow: Flow): Promise<void> {
    const events = new Events();
    flow.setEncoding('utf8');
    flow.setTimeout(0);
    // An abort is told to the loop below; what it leaves of the body has nobody to tell.
    flow.on('error', () => {});
    for await (const text of flow) {
      for (const batch of events.take(text)) this.#land(batch);
      if (this.#done) return;
    }
  }

  #land({ items, text, next, closed }: Batch): void {
    const { stream, tails } = this.#options;
    this.#heard += 1;
    const from = this.#position;
    this.#position = next;
    // Not by `stop`: the loop that brought it lets go of the connection.
    this.#done ||= closed;
    if (from !== null && (items.length > 0 || closed)) {
      this.version += 1;
      tails.landed(stream, { from, next, text, closed }, () => items as unknown[]);
      // The first event, or a tail that moved without saying how: a read tells.
    } else if (from !== next || closed) this.#wake();
  }

  #wake(): void {
    this.version += 1;
    this.#options.tails.wake(this.#options.stream);
  }

  /** While nothing is heard, asks at growing intervals whether there is nothing to hear; calls `stuck` if there is. Returns what ends it. */
  #probe(stuck: () => void): () => void {
    const { silence, longestSilence } = this.#options.timing;
    let heard = this.#heard;
    let silences = 0;
    let ended = false;
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(look, backoff(silences, silence, longestSilence)).unref();
    };
    const look = async (): Promise<void> => {
      if (this.#heard !== heard) silences = 0;
      else if (await this.#isStuck()) return stuck();
      else silences += 1;
      heard = this.#heard;
      // The session may have ended while the tail was asked for.
      if (!ended) wait();
    };
    wait();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }

  /** The tail is elsewhere than the events say, and stays so for a moment; or the engine does not answer at all. */
  async #isStuck(): Promise<boolean> {
    const { head, stream } = this.#options;
    for (const last of [false, true]) {
      const position = this.#position;
      const state = await head().catch(() => undefined);
      if (state === undefined) return true;
      if (state === null) this.fail(new StreamMissing(stream));
      if (state === null || (state.next === this.#position && !state.closed)) return false;
      if (!last) await sleep(LATE, undefined, { ref: false });
      if (this.#position !== position) return false;
    }
    return true;
  }
}

function refused(stream: string, flow: Flow, position: Offset | null): Error {
  flow.resume();
  // Where we stood is no offset of this stream: it was made anew under its name.
  if (flow.statusCode === 400 && position !== null) return new StreamMissing(stream);
  return missingOr(stream, { status: flow.statusCode ?? 0, headers: flow.headers });
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineUnavailable('The live connection to the storage was cut.', null, { cause: error });
}

const noEvents = (stream: string): EngineUnavailable =>
  new EngineUnavailable('The storage does not keep the live connection.', stream);

/**
 * What people say to replies while they are written (docs/protocol.md, "Input"): any server appends it to the reply's input
 * stream, the one that writes the reply follows that.
 */
import {
  type InputItem,
  inputItemSchema,
  inputStream,
  readItems,
  START,
  VERSION,
} from '../../../protocol/index.ts';
import type { Engine } from '../../engine/index.ts';
import { isMissing, isUnavailable } from './refusals.ts';
import type { Timers } from './timers.ts';

/** An item before the stream gives it its version. */
export type Input = InputItem extends infer I ? (I extends InputItem ? Omit<I, 'v'> : never) : never;

export interface InputsOptions {
  readonly engine: Engine;
  readonly timers: Timers;
  /** No other process says anything: a stream is made only when something is said here. */
  readonly alone: boolean;
  readonly trouble: (error: unknown) => void;
}

const ATTEMPTS = 5;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

export class Inputs {
  readonly #options: InputsOptions;
  /** Those who wait, alone, for a stream to be made. */
  readonly #waiting = new Map<string, () => void>();

  constructor(options: InputsOptions) {
    this.#options = options;
  }

  /** Idempotent: after an unknown outcome, call it again. Throws EngineError. */
  async say(conversation: string, reply: string, input: Input): Promise<void> {
    const { engine } = this.#options;
    const stream = inputStream(conversation, reply);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await engine.create(stream);
        await engine.append(stream, [{ v: VERSION, ...input }]);
        break;
      } catch (error) {
        if (!isUnavailable(error) || attempt === ATTEMPTS) throw error;
      }
    }
    this.#waiting.get(stream)?.();
  }

  /** All that was and will be said to a reply, by its one writer, until `signal` aborts. Never throws: it tries again. */
  async *heard(conversation: string, reply: string, signal: AbortSignal): AsyncGenerator<InputItem> {
    for await (const items of this.followed(inputStream(conversation, reply), signal))
      yield* readItems(inputItemSchema, items);
  }

  /** The items of any stream, now and as they come, until `signal` aborts. Never throws: it tries again. */
  async *followed(stream: string, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
    const { engine, trouble } = this.#options;
    let at = START;
    for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        await this.#made(stream, signal);
        for await (const { items, next } of engine.follow(stream, at, signal)) {
          at = next;
          pause = FIRST_PAUSE;
          yield items;
        }
      } catch (error) {
        if (!isMissing(error)) trouble(error);
      }
      if (!signal.aborted) await this.#pause(stream, pause, signal);
    }
  }

  /** Resolves once the stream is there, or with `signal`. */
  async #made(stream: string, signal: AbortSignal): Promise<void> {
    const { engine, alone } = this.#options;
    if (!alone) return void (await engine.create(stream));
    const made = new Promise<void>((resolve) => {
      this.#waiting.set(stream, resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      if ((await engine.head(stream)) === null && !signal.aborted) await made;
    } finally {
      this.#waiting.delete(stream);
    }
  }

  #pause(stream: string, ms: number, signal: AbortSignal): Promise<void> {
    const { timers } = this.#options;
    const key = `hear ${stream}`;
    return new Promise((resolve) => {
      timers.once(key, ms, resolve);
      signal.addEventListener(
        'abort',
        () => {
          timers.drop(key);
          resolve();
        },
        { once: true },
      );
    });
  }
}

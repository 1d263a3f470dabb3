/** Several streams followed at once, merged without a buffer. */
import type { Engine, FollowFrame, Offset } from '../../engine/index.ts';
import type { FirstOf } from './first-of.ts';

export type FollowerEvent =
  | { readonly kind: 'frame'; readonly stream: string; readonly frame: FollowFrame }
  /** It cannot be followed any more; nothing else comes from this stream. */
  | { readonly kind: 'lost'; readonly stream: string; readonly error: unknown }
  /** Nothing came for a while. */
  | { readonly kind: 'beat' };

interface Follower {
  readonly stream: string;
  readonly frames: AsyncIterator<FollowFrame>;
}

/**
 * Each stream holds at most one frame that nobody has taken; it is asked for the next only then. So what waits for a slow
 * reader is one frame a stream, whatever is appended meanwhile: the engine goes on from the log, in larger frames.
 */
export class Followers {
  readonly #engine: Pick<Engine, 'follow'>;
  readonly #ending: FirstOf;
  readonly #followers = new Set<Follower>();
  readonly #arrived: { follower: Follower; outcome: FollowerEvent }[] = [];
  #wake: () => void = () => {};

  /** @param ending ends `watch` and all streams; whoever made it releases it after `watch` has ended. */
  constructor(engine: Pick<Engine, 'follow'>, ending: FirstOf) {
    this.#engine = engine;
    this.#ending = ending;
  }

  /** Follows from the offset a reader stands at; the first frame begins there. */
  add(stream: string, from: Offset): void {
    const frames = this.#engine.follow(stream, from, this.#ending.signal)[Symbol.asyncIterator]();
    const follower = { stream, frames };
    this.#followers.add(follower);
    this.#pull(follower);
  }

  /**
   * What comes, as it is asked for, until `ending` aborts or the caller returns; both let go of all streams.
   * @param beat ms of silence after which a `beat` is given, and again.
   */
  async *watch(beat: number): AsyncGenerator<FollowerEvent, void> {
    const { signal } = this.#ending;
    let silent = false;
    const wake = (): void => this.#wake();
    const timer = setInterval(() => {
      silent = true;
      wake();
    }, beat);
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const next = this.#take() ?? (silent ? ({ kind: 'beat' } as const) : undefined);
        if (!next) {
          await this.#changed();
          continue;
        }
        silent = false;
        timer.refresh();
        yield next;
      }
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', wake);
      this.#ending.abort();
      for (const follower of this.#followers) void follower.frames.return?.();
    }
  }

  /** The oldest of what arrived; its stream is asked for more. */
  #take(): FollowerEvent | undefined {
    const arrival = this.#arrived.shift();
    if (arrival) this.#pull(arrival.follower);
    return arrival?.outcome;
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #pull(follower: Follower): void {
    const { stream, frames } = follower;
    const arrive = (outcome: FollowerEvent): void => {
      this.#arrived.push({ follower, outcome });
      this.#wake();
    };
    frames.next().then(
      (next) => {
        if (next.done) this.#followers.delete(follower);
        else arrive({ kind: 'frame', stream, frame: next.value });
      },
      (error: unknown) => arrive({ kind: 'lost', stream, error }),
    );
  }
}

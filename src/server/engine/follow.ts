/** `Engine.follow` for engines that live in this process: the log first, then the tail from memory. */
import { setMaxListeners } from 'node:events';
import { StreamMissing } from './errors.ts';
import type { FollowFrame, Offset, ReadPage } from './port.ts';
import type { Tails } from './tails.ts';

export interface FollowSource {
  readonly tails: Tails;
  read(stream: string, from: Offset): Promise<ReadPage>;
  /**
   * The tail now, at once; `life` differs after the stream was deleted and made anew.
   * @throws {EngineError} what `read` would throw: missing, gone, unavailable.
   */
  tail(stream: string): { readonly next: Offset; readonly closed: boolean; readonly life: unknown };
}

export async function* follow(
  engine: FollowSource,
  stream: string,
  from: Offset,
  signal: AbortSignal,
): AsyncGenerator<FollowFrame, void, undefined> {
  const { tails } = engine;
  let known = from;
  let at = from;
  let life: unknown;
  // Node warns of a leak past ten listeners; one signal may well end two hundred follows.
  setMaxListeners(0, signal);
  tails.join(stream);
  try {
    while (!signal.aborted) {
      const tail = engine.tail(stream);
      life ??= tail.life;
      if (tail.life !== life) throw new StreamMissing(stream);
      const page = tails.after(stream, at) ?? (await engine.read(stream, at));
      if (signal.aborted) return;
      at = page.next;
      if (page.items.length > 0 || page.closed) {
        yield { from: known, next: at, items: page.items, closed: page.closed };
        known = at;
      }
      if (page.closed) return;
      await untilPast(engine, stream, at, signal);
    }
  } finally {
    tails.leave(stream);
  }
}

/** The comparison and the wait are one step, so no append can slip in between. */
async function untilPast(
  engine: FollowSource,
  stream: string,
  at: Offset,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const tail = engine.tail(stream);
  if (tail.next === at && !tail.closed) await engine.tails.changed(stream, signal);
}

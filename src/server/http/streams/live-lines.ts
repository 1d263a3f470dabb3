/** The lines of one live connection (docs/protocol.md, "Live connection"): cursors only, no session, no buffer. */
import type { LiveLine, LiveRequest } from '../../../protocol/index.ts';
import { codeOfUnavailable } from '../../conversations/kit/refusals.ts';
import { type Engine, EngineError, type Offset } from '../../engine/index.ts';
import type { Log } from '../../log.ts';
import type { FirstOf } from './first-of.ts';
import { type FollowerEvent, Followers } from './followers.ts';

export interface Live {
  readonly engine: Pick<Engine, 'read' | 'follow' | 'unwritten'>;
  /** Called before a stream is read. May reject; the connection goes on. */
  readonly open: (stream: string) => Promise<void>;
  /** Called before a stream is called gone. Rejects where that cannot be told: the connection is cut. */
  readonly surely: () => Promise<void>;
  readonly streams: LiveRequest['streams'];
  /** Ends the connection; released here. */
  readonly ending: FirstOf;
  readonly beat: number;
  readonly log: Log;
}

/**
 * What each stream holds after its offset, stream by stream; `ready`; then what is appended; at the end `bye`. A closed
 * stream says so in its last frame and is done. One page is in memory at a time before `ready`, one frame a stream after.
 *
 * An engine that is away says nothing about streams, so none is called gone: the connection is cut, without `bye`, and the
 * page says that it is away and connects anew. Throws EngineError `unavailable` then.
 */
export async function* liveLines(live: Live): AsyncGenerator<LiveLine, void> {
  const { engine, streams, ending, beat } = live;
  const followers = new Followers(engine, ending);
  try {
    const standing: { stream: string; offset: Offset }[] = [];
    for (const { stream, offset } of streams) {
      const at = yield* caughtUp(live, stream, offset);
      if (at !== null) standing.push({ stream, offset: at });
    }
    if (!ending.signal.aborted) yield { kind: 'ready' };
    for (const { stream, offset } of standing) followers.add(stream, offset);
    for await (const seen of followers.watch(beat)) yield await lineOf(seen, live);
    yield { kind: 'bye' };
  } finally {
    ending.release();
  }
}

/** Frames up to the tail; the offset the reader then stands at, or null when nothing follows. */
async function* caughtUp(live: Live, stream: string, from: Offset): AsyncGenerator<LiveLine, Offset | null> {
  let at = from;
  // What cannot be mended now can still be read.
  await live.open(stream).catch((error) => live.log.error({ what: 'opening for a live stream' }, error));
  try {
    while (!live.ending.signal.aborted) {
      const { items, next, closed, upToDate } = await live.engine.read(stream, at);
      if (items.length > 0 || closed) {
        yield { kind: 'frame', stream, from: at, next, items: items as unknown[], ...(closed && { closed }) };
        // An empty page leaves the reader where it is: a frame must begin at the offset it knows.
        at = next;
      }
      if (closed) return null;
      if (upToDate) break;
    }
    return at;
  } catch (error) {
    if (isAway(error)) throw error;
    yield await lost(stream, error, live);
    return null;
  }
}

const isAway = (error: unknown): boolean => error instanceof EngineError && error.kind === 'unavailable';

async function lineOf(seen: FollowerEvent, live: Live): Promise<LiveLine> {
  if (seen.kind === 'beat') {
    const { unwritten } = live.engine;
    return { kind: 'beat', ...(unwritten && { unwritten: codeOfUnavailable(unwritten) }) };
  }
  if (seen.kind === 'lost' && isAway(seen.error)) throw seen.error;
  if (seen.kind === 'lost') return lost(seen.stream, seen.error, live);
  const { from, next, items, closed } = seen.frame;
  return {
    kind: 'frame',
    stream: seen.stream,
    from,
    next,
    items: items as unknown[],
    ...(closed && { closed }),
  };
}

/** Missing, deleted, or not at that offset: expected, and answered by `gone`. Anything else too, but it is logged. */
async function lost(stream: string, error: unknown, { surely, log }: Live): Promise<LiveLine> {
  const expected = error instanceof EngineError && ['missing', 'gone', 'offset'].includes(error.kind);
  if (expected) await surely();
  else log.error({ what: 'a live stream was lost' }, error);
  return { kind: 'gone', stream };
}

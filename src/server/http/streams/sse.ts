/** `live=sse` (Durable Streams protocol, section 5.7): events `data` and `control`, pulled as the socket takes them. */
import { type Engine, EngineError, type FollowFrame, type Offset } from '../../engine/index.ts';
import { nextCursor } from './cursor.ts';
import type { FirstOf } from './first-of.ts';
import { Followers } from './followers.ts';

export interface SseRead {
  readonly engine: Pick<Engine, 'read' | 'follow'>;
  readonly stream: string;
  readonly from: Offset;
  /** As the reader sent it. */
  readonly cursor: string | undefined;
  /** Ends the reading; released here. */
  readonly ending: FirstOf;
  /** ms of silence after which the position is told again. */
  readonly beat: number;
}

interface Position {
  readonly next: Offset;
  readonly upToDate: boolean;
  readonly closed: boolean;
}

/** Ends after the end of a closed stream, when the stream is deleted, and with `ending`; the reader then asks anew. */
export async function* sseEvents(read: SseRead): AsyncGenerator<string, void> {
  const { engine, stream, cursor, ending, beat } = read;
  try {
    let at: Position = { next: read.from, upToDate: false, closed: false };
    while (!at.upToDate && !ending.signal.aborted) {
      const page = await engine.read(stream, at.next);
      at = page;
      yield event(page.items, at, cursor);
    }
    if (at.closed) return;
    const followers = new Followers(engine, ending);
    followers.add(stream, at.next);
    for await (const seen of followers.watch(beat)) {
      if (seen.kind === 'lost') return ended(seen.error);
      if (seen.kind === 'frame') at = positionOf(seen.frame);
      yield event(seen.kind === 'frame' ? seen.frame.items : [], at, cursor);
      if (at.closed) return;
    }
  } finally {
    ending.release();
  }
}

const positionOf = ({ next, closed }: FollowFrame): Position => ({ next, closed, upToDate: true });

/** What the engine says ends the answer; anything else is a fault. */
function ended(error: unknown): void {
  if (!(error instanceof EngineError)) throw error;
}

function event(
  items: readonly unknown[],
  { next, upToDate, closed }: Position,
  cursor: string | undefined,
): string {
  const control = closed
    ? { streamNextOffset: next, streamClosed: true }
    : { streamNextOffset: next, streamCursor: nextCursor(cursor), ...(upToDate && { upToDate: true }) };
  return `${items.length > 0 ? field('data', items) : ''}${field('control', control)}`;
}

/** JSON has no line ends outside of strings and escapes those inside: one `data:` line holds it. */
const field = (name: string, value: unknown): string => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;

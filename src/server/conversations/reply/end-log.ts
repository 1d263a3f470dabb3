/** Ends a log that nobody writes, or takes it from its writer: the first end in a log wins. Ending only, never going on. */
import { type ReplyItem, replyStream, VERSION } from '../../../protocol/index.ts';
import type { Finish, Generation } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { isUnavailable, noAnswer } from '../kit/refusals.ts';
import { readLog, streamSeq } from './read-log.ts';

/** A writer that goes on writing wins a few rounds, not many: one POST of it lies between two of its reads. */
const ATTEMPTS = 20;

/** Creates the log if it is missing. Throws EngineError; repeat it then. */
export async function endLog(
  store: Pick<Store, 'engine'>,
  conversation: string,
  generation: Generation,
  end: Finish,
): Promise<void> {
  const { engine } = store;
  const stream = replyStream(conversation, generation.id);
  /** What was refused, though nobody has written since. */
  let refused = -1;
  let trouble: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const log = await readLog(engine, stream);
    if (log?.reply.end || log?.closed) return;
    if (!log) await engine.create(stream);
    const first = (log?.reply.seq ?? -1) + 1;
    const items = closing(first, generation, end);
    // A log that lost what it had counted is ended all the same: an end counts whatever its number.
    const seq = refused === first ? {} : { seq: streamSeq(first) };
    try {
      const result = await engine.append(stream, items, { ...seq, close: true });
      if (result.kind === 'appended') return;
      refused = result.kind === 'conflict' ? first : -1;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      trouble = error;
    }
  }
  throw noAnswer('ending', stream, trouble);
}

function closing(first: number, generation: Generation, end: Finish): ReplyItem[] {
  const items: ReplyItem[] = [];
  if (first === 0) items.push({ v: VERSION, kind: 'start', seq: 0, generation });
  items.push({ v: VERSION, kind: 'end', seq: first + items.length, end });
  return items;
}

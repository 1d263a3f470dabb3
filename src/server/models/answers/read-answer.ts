/** The body of an answer as events of the model, whatever its wire format (decision 0125). */
import {
  type FailureContext,
  failureOf,
  filterFailure,
  malformedFailure,
  unendedFailure,
} from '../kit/failures.ts';
import { type ModelEvent, ProviderFailure } from '../port.ts';
import { type Frame, Frames } from './frames.ts';
import { objectIn, objectsIn, type Reader } from './reader.ts';

export interface Answer {
  readonly body: AsyncIterable<Uint8Array>;
  readonly reader: Reader;
  readonly context: FailureContext;
  /** What broke the connection, once the body has ended. */
  readonly broken: () => unknown;
}

/** Enough to tell a web page from comments, in bytes. */
const HEAD = 1_000;

/**
 * Ends with `finish` once the provider said that it ended, whatever happened to the connection after that; else throws what
 * broke it, or `ProviderFailure`. All that could be read before comes first.
 */
export async function* readAnswer({ body, reader, context, broken }: Answer): AsyncGenerator<ModelEvent> {
  const frames = new Frames();
  let head = '';
  let events = false;
  const read = function* (all: readonly Frame[]): Generator<ModelEvent> {
    for (const frame of all) {
      if (isClosed(reader)) return;
      if (frame === 'done') {
        reader.over = true;
        reader.done = true;
      } else if (frame === 'unreadable') {
        if (!reader.over) throw new ProviderFailure(malformedFailure(context));
      } else {
        events = true;
        for (const event of objectIn(frame.json) ? [frame.json] : objectsIn(frame.json))
          yield* reader.read(event as Record<string, unknown>);
      }
    }
  };
  for await (const bytes of body) {
    if (head.length < HEAD) head += Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
    yield* read(frames.feed(bytes));
    if (isClosed(reader)) break;
  }
  yield* read(frames.end());
  if (reader.error !== undefined) throw new ProviderFailure(failureOf(reader.error, context));
  if (!reader.over)
    throw broken() ?? new ProviderFailure(unendedFailure(events ? 'events' : heardIn(head), context));
  if (reader.reason === 'filter') throw new ProviderFailure(filterFailure(context));
  yield {
    kind: 'finish',
    ...(reader.usage && { usage: reader.usage }),
    ...(reader.reason === 'length' && { length: true }),
  };
}

const isClosed = (reader: Reader): boolean => reader.done || reader.error !== undefined;

/** Comments say nothing. */
function heardIn(head: string): 'nothing' | 'bytes' {
  return head.replace(/^:.*$/gm, '').trim() === '' ? 'nothing' : 'bytes';
}

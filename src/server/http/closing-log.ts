/** What is worth a word once the server closes. */
import { Refusal } from '../../protocol/index.ts';
import { EngineError } from '../engine/index.ts';
import type { Log } from '../log.ts';

/**
 * `log`, but that a request gets no answer of the storage is no error once `closing` has aborted: new requests are sent away, those in
 * hand are cut, and the engine is let go of.
 */
export function untilClosing(log: Log, closing: AbortSignal): Log {
  return {
    ...log,
    error: (fields, cause) => {
      if (!closing.aborted || !isAway(cause)) log.error(fields, cause);
    },
  };
}

function isAway(cause: unknown): boolean {
  if (cause instanceof Refusal) return cause.status === 503;
  return cause instanceof EngineError && cause.kind === 'unavailable';
}

/** One signal out of several and a time limit, without leaving listeners behind. */
import { setMaxListeners } from 'node:events';

export interface FirstOf {
  readonly signal: AbortSignal;
  /** Aborts it by hand. Nothing is left to release then. */
  abort(): void;
  /** Takes its listeners and its timer away. Whoever made it calls this, aborted or not. */
  release(): void;
}

/**
 * Aborts with the first of `signals`, or after `ms`. `AbortSignal.any` would do, but ties its result to signals that live
 * as long as the process.
 */
export function firstOf(signals: readonly AbortSignal[], ms?: number): FirstOf {
  const controller = new AbortController();
  // A live connection follows up to 200 streams with it.
  setMaxListeners(0, controller.signal);
  const release = (): void => {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
  const abort = (): void => {
    release();
    controller.abort();
  };
  const timer = ms === undefined ? undefined : setTimeout(abort, ms);
  for (const signal of signals) signal.addEventListener('abort', abort);
  if (signals.some(({ aborted }) => aborted)) abort();
  return { signal: controller.signal, abort, release };
}

/** Reading a fold of which something is kept in the browser: what is new since, where the server can be reached soon; else what there was. */
import { isAbort, isMissing, passesByItself, ServerError } from '../kit/errors.ts';

/** Longest that what is kept waits for what is new, in ms: the rest comes by the live connection. */
const SOON = 2000;

export interface KeptFirst<D> {
  /** What is known here already, and needs no keeping. */
  readonly known: D | undefined;
  readonly kept: () => Promise<D | undefined>;
  /** The server does not have it as it was kept. */
  readonly forget: () => Promise<void> | void;
  /** Reads on to the tail from where a fold stands; undefined: from the start. */
  readonly read: (from: D | undefined, signal: AbortSignal) => Promise<D>;
}

/** The stream is not there, or not at that offset. Whoever is only not signed in keeps what there is until the answer says whose it is. */
const isNotAsKept = (error: unknown): boolean =>
  isMissing(error) || (error instanceof ServerError && error.status === 400);

export async function keptFirst<D>(options: KeptFirst<D>, signal: AbortSignal): Promise<D> {
  const { known, read, forget } = options;
  const kept = known === undefined ? await options.kept() : undefined;
  if (kept === undefined) return read(known, signal);
  try {
    return await read(kept, AbortSignal.any([signal, AbortSignal.timeout(SOON)]));
  } catch (error) {
    if (signal.aborted) throw error;
    if (isAbort(error) || passesByItself(error)) return kept;
    if (!isNotAsKept(error)) throw error;
    await forget();
    return read(undefined, signal);
  }
}

/** Reading a fold of which something is kept in the browser: what is new since, where the server can be reached soon; else what there was. */
import { isAbort, isMissing, passesByItself, ServerError } from '../kit/errors.ts';
import type { FoldPosition } from '../kit/segments.ts';

/** Longest that what is kept waits for what is new, in ms: the rest comes by the live connection. */
const SOON = 1000;

/** Under which name a conversation keeps what was viewed last, beside its messages. */
export const VIEWED = 'viewed last';
/** Under which one a reply as far as it was heard. */
export const replyName = (id: string): string => `reply ${id}`;

/** A fold, and where it stands: that is known without reading all of it, and what is new is asked for meanwhile. */
export interface KeptFold<D> {
  readonly at: FoldPosition;
  /** Undefined, or standing elsewhere: it is gone, or another tab wrote it meanwhile. */
  readonly fold: () => Promise<D | undefined>;
}

export interface KeptFirst<D> {
  readonly kept: () => Promise<KeptFold<D> | undefined>;
  /** The server does not have it as it was kept. */
  readonly forget: () => Promise<void> | void;
  /** Something newer of it is shown by now: what is kept alone would be a step back. Default: nothing is. */
  readonly isShown?: () => boolean;
  /** Reads on to the tail from where a fold stands; undefined: from the start. */
  readonly read: (from: KeptFold<D> | undefined, signal: AbortSignal) => Promise<D>;
}

/** What was read does not go on from what is kept. */
class KeptElsewhere extends Error {}

/** The stream is not there, or not at that offset. Whoever is only not signed in keeps what there is until the answer says whose it is. */
const isNotAsKept = (error: unknown): boolean =>
  error instanceof KeptElsewhere ||
  isMissing(error) ||
  (error instanceof ServerError && error.status === 400);

export async function keptFirst<D extends FoldPosition>(
  options: KeptFirst<D>,
  signal: AbortSignal,
): Promise<D> {
  const { read, forget, isShown } = options;
  const kept = await options.kept();
  if (kept === undefined) return read(undefined, signal);
  try {
    return await read(kept, AbortSignal.any([signal, AbortSignal.timeout(SOON)]));
  } catch (error) {
    if (signal.aborted) throw error;
    const isAway = isAbort(error) || passesByItself(error);
    if (isAway && isShown?.()) throw error;
    const fold = await kept.fold().catch(() => undefined);
    if (fold && isAway) return fold;
    if (fold && !isNotAsKept(error)) throw error;
    await forget();
    return read(undefined, signal);
  }
}

export const standing = <D extends FoldPosition>(fold: D): KeptFold<D> => ({
  at: fold,
  fold: async () => fold,
});

/** Nothing was folded in between. */
export const stoodStill = (before: FoldPosition, now: FoldPosition): boolean =>
  before.position === now.position && before.segment === now.segment;

/** What reading goes on from. Rejects where it does not stand where it was said to. */
export async function foldAt<D extends FoldPosition>({ at, fold }: KeptFold<D>): Promise<D> {
  const found = await fold();
  if (found?.position !== at.position || found.segment !== at.segment) throw new KeptElsewhere();
  return found;
}

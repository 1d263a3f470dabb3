/** Roll-over of the indexes (docs/protocol.md, "Roll-over"): what ends a segment and what the next one begins with. */
import * as z from 'zod/mini';
import { VERSION } from '../fields.ts';

/** In the answer to a read of the newest segment (`newest` in the query): its name. */
export const SEGMENT_HEADER = 'bough-segment';

/** The last item of a segment: `next` is the name of the stream in which the index goes on. */
const rolledSchema = z.object({ v: z.literal(VERSION), kind: z.literal('rolled'), next: z.string() });

/** The first item of a segment but the first: the `items` after it are the fold of the closed one, all in one POST. */
export const snapshotSchema = z.object({
  v: z.literal(VERSION),
  kind: z.literal('snapshot'),
  items: z.int().check(z.nonnegative()),
});

/** Items of an index up to its end, if that is among them. */
export interface Counted {
  readonly items: readonly unknown[];
  /** Where the index goes on; null while this segment is the last. */
  readonly next: string | null;
}

/**
 * The first `rolled` ends a segment: what an engine that forgot that the stream is closed took after it does not count,
 * and is said again by who wrote it.
 */
export function counted(items: readonly unknown[]): Counted {
  for (const [at, item] of items.entries()) {
    // Almost every item is another: to look at its kind costs nothing, to have a schema refuse it does.
    if ((item as { kind?: unknown } | null)?.kind !== 'rolled') continue;
    const rolled = rolledSchema.safeParse(item);
    if (rolled.success) return { items: items.slice(0, at), next: rolled.data.next };
  }
  return { items, next: null };
}

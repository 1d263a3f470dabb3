/**
 * What a conversation opens with (docs/protocol.md, "Reads"): `GET /api/opening`. Not part of `index.ts`: only what opens conversations
 * needs it.
 */
import * as z from 'zod/mini';

export const OPENING_PATH = '/api/opening';

/** `null` where it cannot be said shortly: the outline is read as ever. Items are as they stand in their streams. */
export const openingSchema = z.nullable(
  z.object({
    /** Where the fold of the outline stands that this is of. */
    segment: z.string(),
    position: z.string(),
    /** All of the outline; else what stands around the end of the path. */
    whole: z.boolean(),
    outline: z.array(z.unknown()),
    /** The messages of the path that are in `outline`, or the reply it ends with; oldest first. */
    path: z.array(z.string()),
    /** How many messages with a position come before these on the path. */
    above: z.int().check(z.nonnegative()),
    /** Whether there are other versions or branches anywhere in it. Absent: an older server does not say. */
    forks: z.optional(z.boolean()),
    /** All of the stream `view`. */
    view: z.array(z.unknown()),
    /** Some messages of the path, whole. */
    messages: z.array(z.unknown()),
  }),
);
export type Opening = z.infer<typeof openingSchema>;

/** Where in a conversation somebody opens it. */
export interface OpeningPlace {
  /** A message the path goes through. Default: where the view was, else the newest leaf. */
  readonly through?: string | undefined;
  /** The message read from. Default: the end of the path. */
  readonly at?: string | undefined;
}

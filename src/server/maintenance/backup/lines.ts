/**
 * A backup: JSON lines, gzipped (decision 0027). First `made`; then streams, each of them `stream`, `items` (one line an append) and
 * `tail`; then files of messages; last `complete`, with the checksum of all lines before it.
 */
import * as z from 'zod/mini';

/** Of backups this Bough writes; it reads this one. */
export const BACKUP_FORMAT = 1;

const count = z.int().check(z.nonnegative());

/** What is in a backup, in words people count in. */
const contentsSchema = z.object({
  conversations: count,
  messages: count,
  files: count,
  streams: count,
});
export type Contents = z.infer<typeof contentsSchema>;

export const lineSchema = z.union([
  z.object({ backup: z.literal('bough'), format: z.int(), made: z.string(), version: z.string() }),
  z.strictObject({
    stream: z.string(),
    from: z.nullable(z.strictObject({ stream: z.string(), offset: z.string() })),
    closed: z.boolean(),
    gone: z.optional(z.boolean()),
  }),
  z.strictObject({ items: z.array(z.record(z.string(), z.unknown())).check(z.minLength(1)) }),
  /** The tail of the stream: offsets are as they were. Null: nobody knows one of its offsets. */
  z.strictObject({ tail: z.nullable(z.string()) }),
  z.strictObject({ file: z.string(), content: z.string() }),
  z.strictObject({ complete: contentsSchema, sha256: z.string() }),
]);
export type Line = z.infer<typeof lineSchema>;

/** Why a backup cannot be made or restored. The message is for people: what happened, and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

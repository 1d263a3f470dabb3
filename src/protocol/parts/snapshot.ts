/**
 * What the turn of an agent did to the files of its folder, and where they are kept (docs/agents.md, "Branches with files of their own"). Nothing to be read by
 * models: the calls of the agent say what it did.
 */
import * as z from 'zod/mini';
import type { ChangedLines } from '../../tree/types.ts';
import { count } from '../fields.ts';
import { type PartKind, seenOnly } from './kind.ts';

/** Name of an object of git. */
const object = z.string().check(z.regex(/^[0-9a-f]{40,64}$/));

export const changedLinesSchema = z.object({ files: count, added: count, removed: count });

const schema = z.object({
  kind: z.literal('snapshot'),
  /** The commits that hold the files after the turn and before it; absent: they could not be kept. */
  commit: z.exactOptional(object),
  before: z.exactOptional(object),
  /** What this turn changed, and all since the branch's folder was forked. */
  turn: z.exactOptional(changedLinesSchema),
  since: z.exactOptional(changedLinesSchema),
  /** Files that are there and are not kept, the first 20, each with a word why: `large`, `name`, `unreadable`. */
  left: z.exactOptional(z.array(z.object({ path: z.string(), why: z.string() }))),
  /** The person's line for new copies that was run before the turn; `failed`: a sentence's end. */
  ran: z.exactOptional(
    z.object({
      line: z.string(),
      running: z.exactOptional(z.boolean()),
      failed: z.exactOptional(z.string()),
    }),
  ),
  /** Why nothing was kept: a sentence. */
  trouble: z.exactOptional(z.string()),
});
export type SnapshotPart = z.infer<typeof schema>;

// It is no word of the agent: a reply that has nothing else ended before its first word.
export const snapshot: PartKind<SnapshotPart> = { kind: 'snapshot', schema, ...seenOnly, says: () => false };

/** What a header says of it. */
export function sinceFork(parts: readonly { readonly kind: string }[]): ChangedLines | undefined {
  const part = parts.findLast((one): one is SnapshotPart => one.kind === 'snapshot');
  return part && schema.safeParse(part).success ? part.since : undefined;
}

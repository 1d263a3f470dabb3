/** Summaries that a model writes, before anybody says them (docs/protocol.md, "Summaries"). Not part of `index.ts`: only what asks needs it. */
import * as z from 'zod/mini';
import { modelRefSchema } from '../fields.ts';
import { idSchema } from '../ids.ts';
import { usageSchema } from '../streams/items.ts';

export const SUMMARIES_PATH = '/api/summaries';

/** What `POST /api/summaries` takes. */
export const summaryRequestSchema = z.strictObject({
  conversation: idSchema,
  /** The reply it shall follow. */
  after: idSchema,
  /** How many turns before it stay word for word. */
  keep: z.int().check(z.minimum(0), z.maximum(1_000)),
  model: z.strictObject(modelRefSchema.shape),
  /** A message on the way there: only what follows it. Default: all. */
  since: z.exactOptional(idSchema),
});
export type SummaryRequest = z.infer<typeof summaryRequestSchema>;

/** Its answer, a line each. */
export const summaryLineSchema = z.discriminatedUnion('kind', [
  /** Begins anew: with part `n` of `of`, what was said so far being read with it; or what came were thoughts. */
  z.object({ kind: z.literal('part'), n: z.number(), of: z.number() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** The last line: all of it came. `usage`: what all parts took. */
  z.object({ kind: z.literal('done'), usage: z.exactOptional(usageSchema) }),
  /** The last line: why it ended early. */
  z.object({ kind: z.literal('failed'), code: z.string(), sentence: z.string() }),
]);
export type SummaryLine = z.infer<typeof summaryLineSchema>;

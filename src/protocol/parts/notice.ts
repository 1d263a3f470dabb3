/** A line about a reply that is not its words: what an agent wants to be known, how much of its window is used, how it was begun. */
import * as z from 'zod/mini';
import { type PartKind, seenOnly } from './kind.ts';

const schema = z.object({ kind: z.literal('notice'), text: z.string(), warns: z.exactOptional(z.boolean()) });
export type NoticePart = z.infer<typeof schema>;

export const notice: PartKind<NoticePart> = { kind: 'notice', schema, ...seenOnly };

/** Who said something, as items and quotes have it. A later version may know more kinds than this one (docs/protocol.md, "Versions"). */
import * as z from 'zod/mini';
import type { Author } from '../tree/types.ts';
import { modelRefSchema } from './fields.ts';
import { quickCheck } from './quick-check.ts';

/** A word of which a later version may know more than this one (`OfLaterVersion`): any short text is taken. */
export const word = <Word extends string>() =>
  z.custom<Word>((value) => typeof value === 'string' && value.length <= 60);

export const knownAuthorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user') }),
  z.object({
    kind: z.literal('model'),
    model: modelRefSchema,
    name: z.string(),
    demo: z.exactOptional(z.boolean()),
  }),
  z.object({ kind: z.literal('external'), name: z.string() }),
]);
const KNOWN_AUTHORS: ReadonlySet<unknown> = new Set(['user', 'model', 'external']);
const laterAuthorSchema = z.object({ kind: word(), name: z.exactOptional(z.string()) });

const [isKnownAuthor, isLaterAuthor] = [quickCheck(knownAuthorSchema), quickCheck(laterAuthorSchema)];

export const authorSchema = z.custom<Author>((value) => {
  const isKnown = KNOWN_AUTHORS.has((value as { kind?: unknown } | null)?.kind);
  return isKnown ? isKnownAuthor(value) : isLaterAuthor(value);
});

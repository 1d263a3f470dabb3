/**
 * What people say to a reply while it is written: items of `c/{conversation}/i/{reply}`, which any server appends and the one
 * that writes the reply follows (docs/protocol.md, "Input").
 */
import * as z from 'zod/mini';
import { VERSION } from '../fields.ts';

const v = z.literal(VERSION);
const at = z.int().check(z.nonnegative());
const short = z.string().check(z.minLength(1), z.maxLength(200));

/** In any number and order: the first `stop` counts, and of each question the first `answer`. */
export const inputItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('stop'), at }),
  /** `option`: the id of one of those the question offers. */
  z.object({
    ...{ v, kind: z.literal('answer'), at, question: short, option: short },
    /** What was filled in. */
    values: z.optional(z.record(z.string(), z.unknown())),
  }),
]);
export type InputItem = z.infer<typeof inputItemSchema>;

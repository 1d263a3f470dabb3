/** What commands answer. Apart from what they take: a page only reads answers, and its first load is dear. */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

/** Nothing to tell: it was done, now or by an earlier try. */
export const done = z.object({});

/** Where a message or reply went: its branch, and whether that branch was forked for it (a stale send, a version). */
export const placed = z.object({ message: idSchema, branch: idSchema, forked: z.boolean() });

/** The copy of the message that was copied up to, in the new conversation. */
export const copied = z.object({ message: idSchema });

/** The option that counts: somebody may have answered before. Null: the question was taken back. */
export const chose = z.object({ option: z.nullable(z.string()) });

/** Those that could not be arranged, and why, in a sentence. */
export const arranged = z.object({
  refused: z.array(z.object({ conversation: idSchema, code: z.string(), sentence: z.string() })),
});

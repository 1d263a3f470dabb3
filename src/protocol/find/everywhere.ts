/**
 * Finding words in all conversations (docs/protocol.md, "Reads"): the question, as the server and the address of the page `/find` write
 * it, and what is answered. Not part of `index.ts`: only what finds needs it. Pure.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { FIND_LIMIT, type FindQuery } from './find.ts';

/** Hits of one answer where the question does not say. */
export const EVERYWHERE_PAGE = 50;

/** What to look for, as in one conversation, and more; what is absent does not matter. */
export interface EverywhereQuery extends FindQuery {
  /** Only in this conversation: what a token for one may ask. */
  readonly conversation?: string | undefined;
  /** Only with a file; with a block of code. */
  readonly file?: boolean | undefined;
  readonly code?: boolean | undefined;
  /** Archived conversations, hidden branches too. */
  readonly archived?: boolean | undefined;
  readonly pruned?: boolean | undefined;
  /** At most so many hits. Default: `EVERYWHERE_PAGE`. */
  readonly most?: number | undefined;
  /** `next` of the answer before. */
  readonly from?: string | undefined;
}

const number = z.pipe(
  z.string().check(z.regex(/^\d{1,16}$/, 'Not a number.')),
  z.transform((text) => Number(text)),
);
const text = z.string().check(z.maxLength(FIND_LIMIT, `At most ${FIND_LIMIT} characters can be looked for.`));
const flag = z.pipe(
  z.literal('1'),
  z.transform(() => true),
);

const addressSchema = z.strictObject({
  q: z._default(text, ''),
  role: z.optional(z.enum(['user', 'assistant', 'system'])),
  model: z.optional(text),
  label: z.optional(text),
  after: z.optional(number),
  before: z.optional(number),
  starred: z.optional(flag),
  file: z.optional(flag),
  code: z.optional(flag),
  archived: z.optional(flag),
  pruned: z.optional(flag),
  asides: z.optional(flag),
  most: z.optional(number.check(z.minimum(1), z.maximum(EVERYWHERE_PAGE))),
  from: z.optional(z.string().check(z.regex(/^\d{1,16}$/, 'No place an answer gave.'))),
});

/** The question an address asks, or a sentence about what is wrong with it. */
export function everywhereQueryOf(params: URLSearchParams): EverywhereQuery | string {
  const read = addressSchema.safeParse(Object.fromEntries(params));
  if (read.success) {
    const { q, ...query } = read.data;
    return { words: q, ...query };
  }
  const issue = read.error.issues[0];
  return `${issue?.path.join('.') || 'The address'}: ${issue?.message ?? 'not understood.'}`;
}

/** As `everywhereQueryOf` reads it. */
export function everywhereParams({ words, conversation: _, ...query }: EverywhereQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (words !== '') params.set('q', words);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === false || value === '') continue;
    params.set(name, value === true ? '1' : `${value}`);
  }
  return params;
}

const count = z.int().check(z.nonnegative());

const everywhereHitSchema = z.object({
  conversation: idSchema,
  id: idSchema,
  /** As of the hits in one conversation. */
  excerpt: z.string(),
  marks: z.array(z.tuple([count, count])),
  /** A word of a later version may stand here. */
  role: z.string(),
  /** Who said it; absent: a person here. */
  author: z.optional(z.string()),
  time: z.number(),
  /** Labels of the branches it is in, and the first words of its branch; absent: on the first one. */
  labels: z.optional(z.array(z.string())),
  branch: z.optional(z.string()),
  pruned: z.optional(z.literal(true)),
  aside: z.optional(z.literal(true)),
  star: z.optional(z.literal(true)),
});
export type EverywhereHit = z.infer<typeof everywhereHitSchema>;

/** What `GET /api/find` answers where it names no conversation. */
export const everywhereSchema = z.object({
  /** The newest first, as they came to be known here. */
  hits: z.array(everywhereHitSchema),
  /** The conversations they are in. */
  conversations: z.array(
    z.object({ id: idSchema, title: z.string(), archived: z.optional(z.literal(true)) }),
  ),
  /** There may be more from here on; absent: all was looked at. */
  next: z.optional(z.string()),
  /** Not all conversations are read yet: so many of so many. */
  reading: z.optional(z.object({ done: count, of: count })),
  /** What can be chosen; with `choices=1`. */
  choices: z.optional(z.object({ models: z.array(z.string()), labels: z.array(z.string()) })),
});
export type FoundEverywhere = z.infer<typeof everywhereSchema>;

/**
 * What others than Bough send into a branch (docs/protocol.md, "Writes"): items of `PUT` and `POST /v1/stream/c/…/b/…`. Not part of
 * `index.ts`: the page sends commands.
 */
import * as z from 'zod/mini';
import { modelRefSchema } from './fields.ts';
import { idSchema } from './ids.ts';
import { numberText } from './language.ts';
import { MESSAGE_LIMIT } from './limits.ts';
import { fits } from './parts/index.ts';
import { finishSchema, usageSchema } from './streams/items.ts';

/** The most items one request may hold. */
const ITEMS_LIMIT = 1000;
/** The longest `Stream-Seq` and `Producer-Id`, in characters. */
export const WRITER_LIMIT = 200;

const content = z.string().check(
  z.maxLength(MESSAGE_LIMIT, {
    error: () => `A message can have at most ${numberText(MESSAGE_LIMIT)} characters.`,
  }),
  z.refine((text) => text.trim() !== '', 'A message needs some text.'),
);

type Part = { readonly kind: string };

/** Of a kind this version knows, whole. What only readers make (`kept`) is none. */
const part = z.custom<Part>(
  (value) => fits(value) === true && (value as Part).kind !== 'kept',
  'A part of the message is of no known kind, or not as its kind is.',
);

const parts = z.array(part).check(
  z.minLength(1, 'A message needs at least one part.'),
  z.maxLength(100, 'A message can have at most 100 parts.'),
  z.refine((all) => JSON.stringify(all).length <= 2 * MESSAGE_LIMIT, {
    // Written when it is needed: the first number in the reader's language takes 10 ms.
    error: () =>
      `The parts of a message can have at most ${numberText(2 * MESSAGE_LIMIT)} characters of JSON.`,
  }),
);

const ROLE = 'A message is said by a "user" or an "assistant"; system prompts are set in Bough.';

/** Whole messages have more than is taken of them: who wrote it, why and when is said by the server. */
const replaced = {
  v: z.optional(z.literal(1)),
  kind: z.optional(z.literal('message')),
  author: z.optional(z.unknown()),
  origin: z.optional(z.unknown()),
  time: z.optional(z.unknown()),
};

const outsideItemSchema = z
  .strictObject({
    ...replaced,
    role: z.enum(['user', 'assistant'], ROLE),
    content: z.optional(content),
    parts: z.optional(parts),
    id: z.optional(idSchema),
    parent: z.optional(z.nullable(idSchema)),
    /** Who answers it; false: nobody. Absent: as the token says. */
    reply: z.optional(
      z.union([z.literal(false), z.strictObject({ model: z.strictObject(modelRefSchema.shape) })]),
    ),
    finish: z.optional(finishSchema),
    usage: z.optional(usageSchema),
  })
  .check(
    z.refine(
      (item) => (item.content === undefined) !== (item.parts === undefined),
      'A message has either a "content" or "parts".',
    ),
    z.refine(
      ({ role, reply }) => !reply || role === 'user',
      'Only a message of a "user" can ask for a reply.',
    ),
  );
export type OutsideItem = z.infer<typeof outsideItemSchema>;

export const outsideItemsSchema = z.array(outsideItemSchema).check(
  z.maxLength(ITEMS_LIMIT, {
    error: () => `At most ${numberText(ITEMS_LIMIT)} messages can be sent at a time.`,
  }),
  z.refine(
    (items) => items.slice(0, -1).every(({ reply }) => !reply),
    'Only the last message can ask for a reply.',
  ),
);

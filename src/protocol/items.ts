/**
 * The items of every stream (docs/protocol.md). Each carries `v`; readers strip what they do not know and skip items
 * they cannot read, commands refuse it. Times are ms since the epoch, by the clock of the server that wrote the item.
 */
import { z } from 'zod';
import { idSchema } from './ids.ts';

export const VERSION = 1;
const v = z.literal(VERSION);
const time = z.number().int().nonnegative();
const offset = z.string().min(1).max(200);

export const modelRefSchema = z.object({ source: z.string().min(1).max(100), id: z.string().min(1).max(300) });

export const authorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user') }),
  z.object({
    kind: z.literal('model'),
    model: modelRefSchema,
    name: z.string(),
    demo: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('external'), name: z.string() }),
]);

export const usageSchema = z.object({
  input: z.number().optional(),
  output: z.number().optional(),
  reasoning: z.number().optional(),
});

export const failureSchema = z.object({
  code: z.string(),
  sentence: z.string(),
  retryAfter: time.optional(),
});

export const finishSchema = z.object({
  reason: z.enum(['complete', 'stopped', 'failed', 'interrupted']),
  at: time,
  length: z.boolean().optional(),
  failure: failureSchema.optional(),
});

export const originSchema = z.object({
  kind: z.enum(['send', 'edit', 'regenerate', 'fork', 'stale', 'external', 'copy', 'summary']),
  of: idSchema.optional(),
});

/** A part of a message. `tool`: the call and, once known, its output or error; `input` and `output` are JSON text. */
export const partSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('reasoning'), text: z.string() }),
  z.object({
    kind: z.literal('tool'),
    call: z.string(),
    name: z.string(),
    input: z.string(),
    output: z.string().optional(),
    error: z.string().optional(),
  }),
  z.object({
    kind: z.literal('file'),
    hash: z.string(),
    name: z.string(),
    type: z.string(),
    size: z.number().int().nonnegative(),
  }),
]);
export type Part = z.infer<typeof partSchema>;

/** A whole message, the item of a branch stream: one POST each. */
export const messageSchema = z.object({
  v,
  kind: z.literal('message'),
  id: idSchema,
  parent: idSchema.nullable(),
  role: z.enum(['system', 'user', 'assistant']),
  author: authorSchema,
  parts: z.array(partSchema),
  origin: originSchema,
  time,
  finish: finishSchema.optional(),
  usage: usageSchema.optional(),
});
export type Message = z.infer<typeof messageSchema>;

/** Items of `conversations`: patches of a header by id; an absent field is unchanged (fold: conversations.ts). */
export const conversationPatchSchema = z.object({
  v,
  kind: z.literal('conversation'),
  id: idSchema,
  /** When the writer made this patch; for each field the latest patch wins. */
  at: time,
  created: time.optional(),
  /** Last time something was said; the greatest wins. The list is ordered by it. */
  active: time.optional(),
  title: z.object({ text: z.string(), by: z.enum(['words', 'model', 'person']) }).optional(),
  archived: z.boolean().optional(),
  deleted: z.boolean().optional(),
  /** Generations of the conversation: open ones are "replying"; an ended one never opens again. */
  generations: z.record(idSchema, z.enum(['open', 'ended'])).optional(),
});
export type ConversationPatch = z.infer<typeof conversationPatchSchema>;

const branchSchema = z.object({
  id: idSchema,
  kind: z.enum(['root', 'fork', 'copy', 'summary']),
  from: z.object({ stream: z.string(), offset, message: idSchema }).nullable(),
  at: time,
});

const headerSchema = messageSchema.omit({ v: true, kind: true, parts: true }).extend({
  preview: z.string(),
  branch: idSchema,
  start: offset,
  end: offset,
});

const generationSchema = z.object({
  id: idSchema,
  parent: idSchema,
  branch: idSchema,
  at: offset,
  model: modelRefSchema,
  name: z.string(),
  demo: z.boolean().optional(),
  origin: originSchema,
  started: time,
  end: finishSchema.optional(),
});

/** Items of `c/{conversation}/outline` (fold: src/tree). */
export const outlineItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('branch'), branch: branchSchema }),
  z.object({ v, kind: z.literal('message'), message: headerSchema }),
  z.object({ v, kind: z.literal('generation'), generation: generationSchema }),
  z.object({ v, kind: z.literal('generation-end'), id: idSchema, end: finishSchema }),
]);
export type OutlineItem = z.infer<typeof outlineItemSchema>;

const seq = z.number().int().nonnegative();

/**
 * Items of `c/{conversation}/g/{message}`: one reply while it is written (fold: reply.ts). `seq` counts from 0 without
 * gaps; `part` is the index of the part in the message; a text or reasoning delta appends to it, a tool item replaces
 * the fields it names. `start` is seq 0 and repeats the generation, so that the log alone gives the message.
 */
export const replyItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('start'), seq, generation: generationSchema }),
  z.object({
    v,
    kind: z.literal('delta'),
    seq,
    part: seq,
    of: z.enum(['text', 'reasoning']),
    text: z.string(),
  }),
  z.object({
    v,
    kind: z.literal('tool'),
    seq,
    part: seq,
    call: z.string(),
    name: z.string(),
    input: z.string(),
    output: z.string().optional(),
    error: z.string().optional(),
  }),
  z.object({ v, kind: z.literal('beat'), seq }),
  z.object({ v, kind: z.literal('end'), seq, end: finishSchema, usage: usageSchema.optional() }),
]);
export type ReplyItem = z.infer<typeof replyItemSchema>;

/** Items of `c/{conversation}/view`: under fork `at` (null: the conversation) `leaf` was viewed last. Latest wins. */
export const viewItemSchema = z.object({
  v,
  kind: z.literal('view'),
  at: idSchema.nullable(),
  leaf: idSchema,
  time,
});
export type ViewItem = z.infer<typeof viewItemSchema>;

/** Reads items of any version: what cannot be read is skipped, unknown fields are stripped. Never throws. */
export function readItems<S extends z.ZodType>(schema: S, items: readonly unknown[]): z.infer<S>[] {
  const read: z.infer<S>[] = [];
  for (const item of items) {
    const result = schema.safeParse(item);
    if (result.success) read.push(result.data);
  }
  return read;
}

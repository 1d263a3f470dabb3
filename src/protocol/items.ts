/**
 * The items of every stream (docs/protocol.md). Each carries `v`; readers strip what they do not know and skip items
 * they cannot read, commands refuse it. Times are ms since the epoch, by the clock of the server that wrote the item.
 */
import * as z from 'zod/mini';
import { COLOURS } from '../tree/types.ts';
import { idSchema } from './ids.ts';
import { LABEL_LIMIT } from './text.ts';

export const VERSION = 1;
const v = z.literal(VERSION);
const count = z.int().check(z.nonnegative());
const time = count;
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const offset = text(200);

export const modelRefSchema = z.object({ source: text(100), id: text(300) });

/** What to do with a context larger than the model's window. Nothing chosen: it is refused (docs/protocol.md, "Windows"). */
export const overflowSchema = z.enum(['drop-oldest']);
export type Overflow = z.infer<typeof overflowSchema>;

export const authorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user') }),
  z.object({
    kind: z.literal('model'),
    model: modelRefSchema,
    name: z.string(),
    demo: z.optional(z.boolean()),
  }),
  z.object({ kind: z.literal('external'), name: z.string() }),
]);

export const usageSchema = z.object({
  input: z.optional(z.number()),
  output: z.optional(z.number()),
  reasoning: z.optional(z.number()),
  cached: z.optional(z.number()),
});

export const failureSchema = z.object({
  code: z.string(),
  sentence: z.string(),
  retryAfter: z.optional(time),
});

export const finishSchema = z.object({
  reason: z.enum(['complete', 'stopped', 'failed', 'interrupted']),
  at: time,
  length: z.optional(z.boolean()),
  failure: z.optional(failureSchema),
  firstWord: z.optional(time),
});

/** How a model was asked; what is absent was left to the model. `context`: only where its window is known. */
const asked = {
  temperature: z.optional(z.number()),
  context: z.optional(z.object({ window: count, read: count, of: count })),
};

export const originSchema = z.object({
  kind: z.enum(['send', 'edit', 'regenerate', 'fork', 'stale', 'external', 'copy', 'summary']),
  of: z.optional(idSchema),
});

export const filePartSchema = z.object({
  kind: z.literal('file'),
  hash: z.string(),
  name: z.string(),
  type: z.string(),
  size: count,
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
    output: z.optional(z.string()),
    error: z.optional(z.string()),
  }),
  filePartSchema,
]);
export type Part = z.infer<typeof partSchema>;

/** A whole message, the item of a branch stream: one POST each. */
export const messageSchema = z.object({
  v,
  kind: z.literal('message'),
  id: idSchema,
  parent: z.nullable(idSchema),
  role: z.enum(['system', 'user', 'assistant']),
  author: authorSchema,
  parts: z.array(partSchema),
  origin: originSchema,
  time,
  finish: z.optional(finishSchema),
  usage: z.optional(usageSchema),
  ...asked,
});
export type Message = z.infer<typeof messageSchema>;

/** Items of `conversations`: patches of a header by id; an absent field is unchanged (fold: conversations.ts). */
export const conversationPatchSchema = z.object({
  v,
  kind: z.literal('conversation'),
  id: idSchema,
  /** When the writer made this patch; for each field the latest patch wins. */
  at: time,
  created: z.optional(time),
  /** Last time something was said; the greatest wins. The list is ordered by it. */
  active: z.optional(time),
  title: z.optional(z.object({ text: z.string(), by: z.enum(['words', 'model', 'person']) })),
  archived: z.optional(z.boolean()),
  deleted: z.optional(z.boolean()),
  /** What answers next; null takes the setting back. */
  model: z.optional(z.nullable(modelRefSchema)),
  temperature: z.optional(z.nullable(z.number())),
  overflow: z.optional(z.nullable(overflowSchema)),
  /** Generations of the conversation: open ones are "replying"; an ended one never opens again. */
  generations: z.optional(z.record(idSchema, z.enum(['open', 'ended']))),
  /** Generations that wait for a person's answer, or do so no more; for each the latest patch wins. */
  asking: z.optional(z.record(idSchema, z.boolean())),
});
export type ConversationPatch = z.infer<typeof conversationPatchSchema>;

const branchSchema = z.object({
  id: idSchema,
  kind: z.enum(['root', 'fork', 'copy', 'summary']),
  from: z.nullable(z.object({ stream: z.string(), offset, message: idSchema })),
  at: time,
});

const headerSchema = z.extend(z.omit(messageSchema, { v: true, kind: true, parts: true }), {
  preview: z.string(),
  /** Hashes of its files; absent: it has none. What no header names may be cleared away. */
  files: z.optional(z.array(z.string())),
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
  demo: z.optional(z.boolean()),
  origin: originSchema,
  started: time,
  ...asked,
  end: z.optional(finishSchema),
});

/** What a mark can say of a message (fold: src/tree/marks.ts). */
export const markFields = {
  star: z.optional(z.boolean()),
  label: z.optional(z.string().check(z.maxLength(LABEL_LIMIT))),
  colour: z.optional(z.enum([...COLOURS, 'none'])),
  pruned: z.optional(z.boolean()),
};

/** Items of `c/{conversation}/outline` (fold: src/tree). */
export const outlineItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('branch'), branch: branchSchema }),
  z.object({ v, kind: z.literal('message'), message: headerSchema }),
  z.object({ v, kind: z.literal('generation'), generation: generationSchema }),
  z.object({ v, kind: z.literal('generation-end'), id: idSchema, end: finishSchema }),
  z.object({ v, kind: z.literal('mark'), mark: z.object({ id: idSchema, at: time, ...markFields }) }),
]);
export type OutlineItem = z.infer<typeof outlineItemSchema>;

const seq = count;

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
    output: z.optional(z.string()),
    error: z.optional(z.string()),
  }),
  z.object({ v, kind: z.literal('beat'), seq }),
  z.object({ v, kind: z.literal('end'), seq, end: finishSchema, usage: z.optional(usageSchema) }),
]);
export type ReplyItem = z.infer<typeof replyItemSchema>;

/** Items of `c/{conversation}/view`: under fork `at` (null: the conversation) `leaf` was viewed last. Latest wins. */
export const viewItemSchema = z.object({
  v,
  kind: z.literal('view'),
  at: z.nullable(idSchema),
  leaf: idSchema,
  time,
});
export type ViewItem = z.infer<typeof viewItemSchema>;

/** Reads items of any version: what cannot be read is skipped, unknown fields are stripped. Never throws. */
export function readItems<S extends z.ZodMiniType>(schema: S, items: readonly unknown[]): z.infer<S>[] {
  const read: z.infer<S>[] = [];
  for (const item of items) {
    const result = schema.safeParse(item);
    if (result.success) read.push(result.data);
  }
  return read;
}

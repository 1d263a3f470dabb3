/**
 * The items of a conversation's streams (docs/protocol.md), as they are written; those of the list are in list-items.ts. Each carries `v`. Commands refuse what they do not know;
 * streams are read with read.ts, which keeps it. Times are ms since the epoch, by the clock of the server that wrote the item.
 */
import * as z from 'zod/mini';
import {
  type Asking,
  type Author,
  type Branch,
  COLOURS,
  type Finish,
  type KnownChange,
  type Origin,
  type OutlineChange,
  type Role,
  type Sent,
  type Usage,
} from '../../tree/types.ts';
import { authorSchema, word } from '../author.ts';
import { count, modelRefSchema, offset, VERSION, v } from '../fields.ts';
import { idSchema } from '../ids.ts';
import { LABEL_LIMIT } from '../limits.ts';
import type { Part } from '../parts/index.ts';
import { sessionFields } from '../parts/session.ts';
import { changedLinesSchema } from '../parts/snapshot.ts';
import { toolFields } from '../parts/tool.ts';

const time = count;

export const usageSchema = z.object({
  input: z.exactOptional(z.number()),
  output: z.exactOptional(z.number()),
  reasoning: z.exactOptional(z.number()),
  cached: z.exactOptional(z.number()),
});

const failureSchema = z.object({
  code: z.string(),
  sentence: z.string(),
  retryAfter: z.exactOptional(time),
});

export const finishSchema = z.object({
  reason: word<Finish['reason']>(),
  at: time,
  length: z.exactOptional(z.boolean()),
  failure: z.exactOptional(failureSchema),
  firstWord: z.exactOptional(time),
});

/** How a model was asked; what is absent was left to the model. `context`: only where its window is known. */
const asked = {
  temperature: z.exactOptional(z.number()),
  context: z.exactOptional(z.object({ window: count, read: count, of: count })),
  folder: z.exactOptional(z.string()),
  anew: z.exactOptional(z.boolean()),
  copy: z.exactOptional(idSchema),
};

export const originSchema = z.object({
  kind: word<Origin['kind']>(),
  of: z.exactOptional(idSchema),
  begun: z.exactOptional(count),
  cut: z.exactOptional(z.literal(true)),
  instruction: z.exactOptional(z.string()),
});

/** What came from outside in one request. */
const sentSchema = z.object({
  batch: z.string(),
  n: count,
  of: count,
  seq: z.exactOptional(z.string()),
  producer: z.exactOptional(z.object({ id: z.string(), epoch: count, seq: count })),
});

/** A whole message, the item of a branch stream: one POST each. Its parts are read by their kinds (read.ts). */
export const messageSchema = z.object({
  v,
  kind: z.literal('message'),
  id: idSchema,
  parent: z.nullable(idSchema),
  role: word<Role>(),
  author: authorSchema,
  parts: z.array(z.unknown()),
  origin: originSchema,
  time,
  finish: z.exactOptional(finishSchema),
  usage: z.exactOptional(usageSchema),
  ...asked,
  sent: z.exactOptional(sentSchema),
});

/** A whole message as it was read, or is to be written. */
export interface Message extends Asking {
  readonly v: typeof VERSION;
  readonly kind: 'message';
  readonly id: string;
  readonly parent: string | null;
  readonly role: Role;
  readonly author: Author;
  readonly parts: readonly Part[];
  readonly origin: Origin;
  readonly time: number;
  readonly finish?: Finish;
  readonly usage?: Usage;
  readonly sent?: Sent;
}

export const branchSchema = z.object({
  id: idSchema,
  kind: word<Branch['kind']>(),
  from: z.nullable(z.object({ stream: z.string(), offset, message: idSchema })),
  at: time,
  author: z.exactOptional(authorSchema),
});

export const headerSchema = z.extend(z.omit(messageSchema, { v: true, kind: true, parts: true }), {
  preview: z.string(),
  session: z.exactOptional(z.object(sessionFields)),
  /** Of a summary: what it stands for. */
  summary: z.exactOptional(
    z.object({
      from: idSchema,
      to: idSchema,
      keep: count,
      words: count,
      prompt: z.exactOptional(z.nullable(idSchema)),
      unasked: z.exactOptional(z.boolean()),
    }),
  ),
  /** Hashes of its files; absent: it has none. What no header names may be cleared away. */
  files: z.exactOptional(z.readonly(z.array(z.string()))),
  /** Messages it quotes, of whatever conversation; absent: none. */
  quotes: z.exactOptional(z.readonly(z.array(idSchema))),
  /** Paths of files an agent changed with it, the first 20; absent: none. */
  changed: z.exactOptional(z.readonly(z.array(z.string()))),
  /** Files and lines that differ from where its folder was forked. */
  since: z.exactOptional(changedLinesSchema),
  branch: idSchema,
  start: offset,
  end: offset,
});

export const generationSchema = z.object({
  id: idSchema,
  parent: idSchema,
  branch: idSchema,
  at: offset,
  model: modelRefSchema,
  name: z.string(),
  demo: z.exactOptional(z.boolean()),
  origin: originSchema,
  started: time,
  ...asked,
  end: z.exactOptional(finishSchema),
});

/** What a mark can say of a message (fold: src/tree/marks.ts). */
export const markFields = {
  star: z.exactOptional(z.boolean()),
  label: z.exactOptional(z.string().check(z.maxLength(LABEL_LIMIT))),
  colour: z.exactOptional(z.enum([...COLOURS, 'none'])),
  pruned: z.exactOptional(z.boolean()),
  kept: z.exactOptional(z.boolean()),
};

/** Items of `c/{conversation}/outline` (fold: src/tree). */
export const outlineItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('branch'), branch: branchSchema }),
  z.object({ v, kind: z.literal('message'), message: headerSchema }),
  z.object({ v, kind: z.literal('generation'), generation: generationSchema }),
  z.object({ v, kind: z.literal('generation-end'), id: idSchema, end: finishSchema }),
  z.object({ v, kind: z.literal('mark'), mark: z.object({ id: idSchema, at: time, ...markFields }) }),
]);
export type OutlineItem = { readonly v: typeof VERSION } & KnownChange;

/** A change of the tree as an item of the outline again. */
export const outlineItemOf = (change: OutlineChange): unknown =>
  change.kind === 'other' ? change.item : { v: VERSION, ...change };

const seq = count;

/**
 * Items of `c/{conversation}/g/{message}`: one reply while it is written (fold: reply.ts). `seq` counts from 0 without
 * gaps; `part` is the index of the part in the message. `start` is seq 0 and repeats the generation, so that the log alone
 * gives the message. `part` and, for a tool, `tool` begin a part or replace it by the one they say; a delta appends `text` to
 * the field `of` of the part: `text` and `reasoning` begin parts of these kinds, too, and append to their text.
 */
export const replyItemSchema = z.discriminatedUnion('kind', [
  z.object({ v, kind: z.literal('start'), seq, generation: generationSchema }),
  z.object({ v, kind: z.literal('delta'), seq, part: seq, of: z.string(), text: z.string() }),
  z.object({ v, kind: z.literal('tool'), seq, part: seq, ...toolFields }),
  z.object({ v, kind: z.literal('part'), seq, part: seq, whole: z.custom<Part>(isNamed) }),
  z.object({ v, kind: z.literal('beat'), seq }),
  z.object({ v, kind: z.literal('end'), seq, end: finishSchema, usage: z.exactOptional(usageSchema) }),
]);
export type WrittenReplyItem = z.infer<typeof replyItemSchema>;

/** An item as it was read. `other`: what this version does not know, as it is stored; `part` is the part it says something of, if it says so. */
export type ReplyItem =
  | WrittenReplyItem
  | { readonly kind: 'other'; readonly seq: number; readonly part?: number; readonly item: unknown };

function isNamed(value: unknown): boolean {
  return typeof (value as { kind?: unknown } | null)?.kind === 'string';
}

/** Items of `c/{conversation}/view`: under fork `at` (null: the conversation) `leaf` was viewed last. Latest wins. */
export const viewItemSchema = z.object({
  v,
  kind: z.literal('view'),
  at: z.nullable(idSchema),
  leaf: idSchema,
  time,
});
export type ViewItem = z.infer<typeof viewItemSchema>;

/** The items of the list of conversations (docs/protocol.md), as they are written, and as they are read. */
import * as z from 'zod/mini';
import { is, isBookkeeping, modelRefSchema, overflowSchema, count as time, v } from '../fields.ts';
import { idSchema } from '../ids.ts';

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
  /** The folder its agents work in: an absolute path. */
  folder: z.optional(z.nullable(z.string())),
  /** Agents that cannot go back begin anew with the conversation as text, unasked. */
  anew: z.optional(z.nullable(z.boolean())),
  /** Branches of its agents have copies of their own of the folder's repository; absent: nobody was asked yet. */
  copies: z.optional(z.nullable(z.boolean())),
  /** It stands on top of the list. */
  pinned: z.optional(z.boolean()),
  /** The folder of conversations it is in; null: none. */
  filed: z.optional(z.nullable(idSchema)),
  /** Generations of the conversation: open ones are "replying"; an ended one never opens again. */
  generations: z.optional(z.record(idSchema, z.enum(['open', 'ended']))),
  /** Generations that wait for a person's answer, or do so no more; for each the latest patch wins. */
  asking: z.optional(z.record(idSchema, z.boolean())),
});
export type ConversationPatch = z.infer<typeof conversationPatchSchema>;

/** Items of `conversations`, too: patches of a folder of conversations by id (fold: chat-folders.ts). */
const chatFolderPatchSchema = z.object({
  v,
  kind: z.literal('chat-folder'),
  id: idSchema,
  /** As in a patch of a conversation. */
  at: time,
  name: z.optional(z.string()),
  removed: z.optional(z.boolean()),
});
export type ChatFolderPatch = z.infer<typeof chatFolderPatchSchema>;

/** What is written to the list. */
export const listPatchSchema = z.discriminatedUnion('kind', [conversationPatchSchema, chatFolderPatchSchema]);
export type ListPatch = z.infer<typeof listPatchSchema>;

/** Patches of the list of conversations, and what this version does not know of it. */
export type ListChange =
  | { readonly kind: 'patch'; readonly patch: ListPatch }
  | { readonly kind: 'other'; readonly item: unknown };

/**
 * Items of `conversations`. A field that a later version says differently does not take the others of its patch with it: what is not
 * known of a patch is a patch of its own.
 */
export function readList(items: readonly unknown[]): ListChange[] {
  return items.filter((item) => !isBookkeeping(item)).flatMap(listChanges);
}

/** What the page and others fold who write no snapshot. */
export function readListPatches(items: readonly unknown[]): ListPatch[] {
  return readList(items).flatMap((change) => (change.kind === 'patch' ? [change.patch] : []));
}

/** Those of conversations. */
export const readPatches = (items: readonly unknown[]): ConversationPatch[] =>
  readListPatches(items).filter(isOfConversation);

/** Those of folders of conversations. */
export const readChatFolders = (items: readonly unknown[]): ChatFolderPatch[] =>
  readListPatches(items).filter(isOfChatFolder);

export const isOfConversation = (patch: ListPatch): patch is ConversationPatch =>
  patch.kind === 'conversation';
export const isOfChatFolder = (patch: ListPatch): patch is ChatFolderPatch => patch.kind === 'chat-folder';

function listChanges(item: unknown): ListChange[] {
  const schema =
    (item as { kind?: unknown } | null)?.kind === 'chat-folder' ? ofChatFolders : ofConversations;
  if (is(schema.patch, item) && Object.keys(item).every((field) => schema.fields.has(field)))
    return [{ kind: 'patch', patch: item }];
  if (!is(schema.stamped, item)) return [{ kind: 'other', item }];
  const patch = { v: item.v, kind: item.kind, id: item.id, at: item.at };
  const [known, rest]: [Record<string, unknown>, Record<string, unknown>] = [{ ...patch }, { ...patch }];
  for (const [field, value] of Object.entries(item)) {
    const whole = { ...patch, [field]: value };
    const isKnown = schema.fields.has(field) && is(schema.patch, whole);
    (isKnown ? known : rest)[field] = value;
  }
  const changes: ListChange[] = [{ kind: 'other', item: rest }];
  return is(schema.patch, known) ? [{ kind: 'patch', patch: known }, ...changes] : changes;
}

const STAMPED = { v: true, kind: true, id: true, at: true } as const;
const ofConversations = {
  patch: conversationPatchSchema,
  fields: new Set(Object.keys(conversationPatchSchema.shape)),
  stamped: z.pick(conversationPatchSchema, STAMPED),
};
const ofChatFolders = {
  patch: chatFolderPatchSchema,
  fields: new Set(Object.keys(chatFolderPatchSchema.shape)),
  stamped: z.pick(chatFolderPatchSchema, STAMPED),
};

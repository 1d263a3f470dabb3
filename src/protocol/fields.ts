/** Fields and limits that items of several streams, and commands, share. Apart from items.ts: the first page has these and not the rest. */
import * as z from 'zod/mini';

/** The `v` of every item that is written (docs/protocol.md, "Versions"). */
export const VERSION = 1;
export const v = z.literal(VERSION);
export const count = z.int().check(z.nonnegative());
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
/** A position in a stream, as the engine gave it: opaque (engine/port.ts). */
export const offset = text(200);

/** A model by the id of its source and its id there. */
export const modelRefSchema = z.object({ source: text(100), id: text(300) });

/** What to do with a context larger than the model's window. Nothing chosen: it is refused (docs/protocol.md, "Windows"). */
export const overflowSchema = z.enum(['drop-oldest', 'summarise']);
export type Overflow = z.infer<typeof overflowSchema>;

/** The longest message text a command takes, in UTF-16 code units. */
export const MESSAGE_LIMIT = 400_000;
/** The largest body a command takes, in bytes; anything longer is refused with 413 before it is parsed. */
export const BODY_LIMIT = 2_000_000;
/** The longest title of a conversation, in UTF-16 code units. */
export const TITLE_LIMIT = 200;
/** The longest instruction for a reply, in characters. */
export const INSTRUCTION_LIMIT = 300;
/** The longest label of a branch. */
export const LABEL_LIMIT = 60;
/** The longest name of a folder of conversations. */
export const CHAT_FOLDER_LIMIT = 60;
/** The most conversations one command arranges. */
export const ARRANGED_LIMIT = 500;
/** After so many days asides go that nobody kept, spoke in or looked at, unless the server is set otherwise. */
export const ASIDES_DAYS = 14;
/** After so many days a deleted conversation goes for good. */
export const RECALL_DAYS = 30;
/** In ms. */
export const DAY = 24 * 60 * 60_000;
/** Characters of the path of a folder; more than any system takes. */
export const FOLDER_LIMIT = 4_096;
/** The most messages one command marks. */
export const MARKS_LIMIT = 500;

/** Whether a schema takes a value. The value is handed on as it is: fields the schema does not name stay. */
export function is<S extends z.ZodMiniType>(schema: S, value: unknown): value is z.infer<S> {
  return schema.safeParse(value).success;
}

/** Items as one schema has them; others are skipped. */
export function readItems<S extends z.ZodMiniType>(schema: S, items: readonly unknown[]): z.infer<S>[] {
  return items.filter((item) => is(schema, item));
}

/** What makes segments of an index (segments.ts): it says nothing of what the index is about. */
export function isBookkeeping(item: unknown): boolean {
  const kind = (item as { kind?: unknown } | null)?.kind;
  return kind === 'snapshot' || kind === 'rolled';
}

/** Fields that items of several streams, and commands, share, and reading them. Apart from items.ts: the first page has these and not the rest. */
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

/**
 * Parts this version cannot read: of a kind it does not know, or not as it knows that kind. They are kept whole, counted and copied;
 * a model is told that there was something.
 */
import * as z from 'zod/mini';
import type { OfLaterVersion } from '../../tree/types.ts';
import type { PartKind } from './kind.ts';

/** A part of a kind of a later version, as it is stored: it may hold more fields, of any value. */
export interface UnknownPart {
  readonly kind: OfLaterVersion;
}

const schema = z.object({
  kind: z.literal('kept'),
  of: z.string(),
  part: z.exactOptional(z.unknown()),
  message: z.exactOptional(z.unknown()),
  items: z.exactOptional(z.readonly(z.array(z.unknown()))),
});

/**
 * What could not be read, whole: a `part` that is not as its kind is here, and log `items` that say more of it; or all of a
 * `message`. Whoever can read them reads them in its place.
 */
export type UnreadablePart = z.infer<typeof schema>;

export const kept: PartKind<UnreadablePart> = {
  kind: 'kept',
  schema,
  says: () => true,
  preview: bracketed,
  plain: () => '',
  forModel: bracketed,
  // The bracketed word: about as much as a name.
  tokens: () => 4,
};

export const unknownKind: Omit<PartKind<UnknownPart>, 'schema'> = {
  kind: '(of a later version)',
  says: () => true,
  preview: bracketed,
  plain: () => '',
  forModel: bracketed,
  tokens: () => 4,
};

/** Names of kinds are shown and sent to models, and come from anywhere. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/i;

/** A message that cannot be read, kept as its only part. */
export const unreadableMessage = (message: unknown): UnreadablePart => ({
  kind: 'kept',
  of: 'message',
  message,
});

/** A value that cannot be read, kept in the place of a part. */
export function unreadablePart(part: unknown): UnreadablePart {
  const kind = (part as { kind?: unknown } | null)?.kind;
  return { kind: 'kept', of: typeof kind === 'string' ? kind : '', part };
}

/** True for a part that stands for a value this version could not read. */
export const isUnreadable = (value: unknown): value is UnreadablePart => schema.safeParse(value).success;

/** What to call something that cannot be shown. */
export function unreadableName(part: UnknownPart | UnreadablePart): string {
  const name: unknown = part.kind === 'kept' ? part.of : part.kind;
  return typeof name === 'string' && NAME.test(name) ? name : 'something';
}

function bracketed(part: UnknownPart | UnreadablePart): string {
  return `[${unreadableName(part)}]`;
}

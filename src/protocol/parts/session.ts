/**
 * Where a reply of an agent stands in the agent's own session (docs/agents.md). Said when its turn begins, so that a crash leaves it in the log, and
 * again at its end. Nothing to be read: it is what going back is decided by.
 */
import * as z from 'zod/mini';
import type { SessionRef } from '../../tree/types.ts';
import { type PartKind, seenOnly } from './kind.ts';

const text = z.string().check(z.minLength(1), z.maxLength(1000));

export const sessionFields = {
  agent: text,
  version: z.exactOptional(text),
  id: text,
  turn: z.int().check(z.nonnegative()),
  message: z.exactOptional(text),
  mark: z.exactOptional(text),
  cursor: z.exactOptional(text),
};

const schema = z.object({ kind: z.literal('session'), ...sessionFields });
export type SessionPart = z.infer<typeof schema>;

// It says something: what the agent was told stands in its session, whatever it answered, and the reply has to say so.
export const session: PartKind<SessionPart> = { kind: 'session', schema, ...seenOnly };

/** The last that a message says of it. */
export function sessionOf(parts: readonly { readonly kind: string }[]): SessionRef | undefined {
  const part = parts.findLast((one): one is SessionPart => one.kind === 'session');
  if (!part || !schema.safeParse(part).success) return undefined;
  const { kind, ...ref } = part;
  return ref;
}

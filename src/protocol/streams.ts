/** Names of the streams (docs/protocol.md, "Streams"). The only place that spells them. */
import { idSchema } from './ids.ts';

export const CONVERSATIONS = 'conversations';

export const outlineStream = (conversation: string): string => `c/${conversation}/outline`;
export const branchStream = (conversation: string, branch: string): string => `c/${conversation}/b/${branch}`;
export const replyStream = (conversation: string, message: string): string =>
  `c/${conversation}/g/${message}`;
export const viewStream = (conversation: string): string => `c/${conversation}/view`;

/** The offset before the first item of any stream. Never a fork offset: engines refuse it (tree rule 1). */
export const START = '-1';

export type StreamName =
  | { readonly kind: 'conversations' }
  | { readonly kind: 'outline' | 'view'; readonly conversation: string }
  | { readonly kind: 'branch'; readonly conversation: string; readonly branch: string }
  | { readonly kind: 'reply'; readonly conversation: string; readonly message: string };

/** Reads a stream's name; null for anything that is not a stream of Bough. */
export function parseStream(name: string): StreamName | null {
  if (name === CONVERSATIONS) return { kind: 'conversations' };
  const [c, conversation, kind, id, ...rest] = name.split('/');
  if (c !== 'c' || !isId(conversation) || rest.length > 0) return null;
  if (id === undefined) {
    return kind === 'outline' || kind === 'view' ? { kind, conversation } : null;
  }
  if (!isId(id)) return null;
  if (kind === 'b') return { kind: 'branch', conversation, branch: id };
  if (kind === 'g') return { kind: 'reply', conversation, message: id };
  return null;
}

function isId(text: string | undefined): text is string {
  return idSchema.safeParse(text).success;
}

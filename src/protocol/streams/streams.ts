/** Names of the streams (docs/protocol.md, "Streams"). The only place that spells them. */
import { idSchema } from '../ids.ts';

/** The list: an index of all conversations. */
export const CONVERSATIONS = 'conversations';

/** The index of a conversation: branches, headers of messages, replies, marks. */
export const outlineStream = (conversation: string): string => `c/${conversation}/outline`;
/** The messages of one line of conversation. A fork of it begins with what it inherits. */
export const branchStream = (conversation: string, branch: string): string => `c/${conversation}/b/${branch}`;
/** The log of a reply while it is written, by the id of the message it becomes. */
export const replyStream = (conversation: string, message: string): string =>
  `c/${conversation}/g/${message}`;
/** What people say to a reply while it is written. */
export const inputStream = (conversation: string, message: string): string =>
  `c/${conversation}/i/${message}`;
/** What was viewed last at each fork. */
export const viewStream = (conversation: string): string => `c/${conversation}/view`;
/** What agents offer, and what was chosen of it. */
export const offersStream = (conversation: string): string => `c/${conversation}/offers`;

/** What Boughs on one engine share beside conversations: read by servers alone, never over HTTP (`parseStream` knows none of them). */
export const ACCESS = 'access';
export const FILES = 'files';
export const SHARES = 'shares';
/** A file of messages, in bytes. @param hash SHA-256 of its content, in hex */
export const fileStream = (hash: string): string => `f/${hash}`;
/** A page that is shared, in bytes. @param hash of its content */
export const sharedPageStream = (share: string, hash: string): string => `s/${share}/${hash}`;

/** The offset before the first item of any stream. Never a fork offset: engines refuse it (tree rule 1). */
export const START = '-1';

/** The indexes roll over: `conversations` and outlines are the first of their segments. `number` counts from 1. */
export const segmentStream = (index: string, number: number): string =>
  number === 1 ? index : `${index}~${number}`;

/** The index that a stream is a segment of: its own name for any other stream. */
export const indexOf = (stream: string): string => stream.replace(SEGMENT, '');

/** Which segment of its index a stream is; 1 for any other stream. */
export const segmentOf = (stream: string): number => Number(SEGMENT.exec(stream)?.[1] ?? 1);

const SEGMENT = /~([2-9]|[1-9]\d{1,5})$/;

/** `segment` counts from 1 (`segmentStream`). */
export type StreamName =
  | { readonly kind: 'conversations'; readonly segment: number }
  | { readonly kind: 'outline'; readonly conversation: string; readonly segment: number }
  | { readonly kind: 'view' | 'offers'; readonly conversation: string }
  | { readonly kind: 'branch'; readonly conversation: string; readonly branch: string }
  | { readonly kind: 'reply' | 'input'; readonly conversation: string; readonly message: string };

/** Reads a stream's name; null for anything that is not a stream of Bough. */
export function parseStream(name: string): StreamName | null {
  const segment = segmentOf(name);
  if (indexOf(name) === CONVERSATIONS) return { kind: 'conversations', segment };
  const [c, conversation, kind, id, ...rest] = name.split('/');
  if (c !== 'c' || !isId(conversation) || rest.length > 0) return null;
  if (id === undefined && (kind === 'view' || kind === 'offers')) return { kind, conversation };
  if (id === undefined) {
    return kind && indexOf(kind) === 'outline' ? { kind: 'outline', conversation, segment } : null;
  }
  if (!isId(id)) return null;
  if (kind === 'b') return { kind: 'branch', conversation, branch: id };
  if (kind === 'g') return { kind: 'reply', conversation, message: id };
  if (kind === 'i') return { kind: 'input', conversation, message: id };
  return null;
}

function isId(text: string | undefined): text is string {
  return idSchema.safeParse(text).success;
}

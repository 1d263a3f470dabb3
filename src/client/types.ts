/** What the client gives the page: the shapes of its hooks (src/client/hooks). React-free. */
import type { Conversation, Message, Reply } from '../protocol/index.ts';
import type { Generation, MessageHeader, Tree } from '../tree/index.ts';

/** One entry of the visible path, root first. `key` stays the same from pending to live to finished, so rows never remount. */
export type PathEntry =
  /** A message of the branch; its text is loaded by `useMessage`. */
  | { readonly kind: 'message'; readonly key: string; readonly header: MessageHeader }
  /** A reply being written here or elsewhere; its words are in `useReply`. */
  | { readonly kind: 'reply'; readonly key: string; readonly generation: Generation }
  /** A reply that ended before its first word: failed, stopped or interrupted. "Try again" asks anew. */
  | { readonly kind: 'empty-end'; readonly key: string; readonly generation: Generation }
  /** A message on its way to the server. */
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingSend };

/** A send that is not acknowledged yet; kept over reloads. */
export interface PendingSend {
  readonly conversation: string;
  readonly message: string;
  readonly parent: string | null;
  readonly text: string;
  readonly reply: string;
  /** `waiting`: no connection, sent when it is back; `refused`: the server said no, `problem` says why. */
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly problem?: string;
}

export interface ConversationView {
  readonly id: string;
  /** `missing`: no such conversation (or deleted). `error`: could not be loaded, `error` says why; `retry` tries again. */
  readonly status: 'loading' | 'ready' | 'missing' | 'error';
  readonly error?: string;
  readonly retry: () => void;
  readonly header?: Conversation;
  readonly tree: Tree;
  readonly path: readonly PathEntry[];
  /** The message a new message would follow: the last whole message of the path; null in an empty conversation. */
  readonly tip: string | null;
  /** The reply being written at the end of the path, if any: Send is Stop. */
  readonly live?: Generation;
}

export interface MessageView {
  readonly message?: Message;
  readonly error?: string;
}

export type ReplyView = Reply;

/** `connecting` for the first time; `live`; `offline` after a loss, `retryAt` (ms since the epoch) when it tries again. */
export interface ConnectionView {
  readonly kind: 'connecting' | 'live' | 'offline' | 'paused';
  readonly retryAt?: number;
}

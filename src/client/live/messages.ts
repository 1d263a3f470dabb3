/**
 * What the live connection and its owner say to each other. Plain data only: they cross into the SharedWorker that holds
 * the connection for all tabs.
 */
import type { LiveLine } from '../../protocol/index.ts';
import type { Http } from '../kit/http.ts';
import type { ConnectionView } from '../types.ts';

export type LiveFrame = Extract<LiveLine, { kind: 'frame' }>;

/** From a tab. The last two are what a worker cannot see by itself. */
export type ToConnection =
  /** Follow `stream` from `offset`. A stream that is followed already goes on where it is. */
  | { readonly kind: 'follow'; readonly stream: string; readonly offset: string }
  | { readonly kind: 'unfollow'; readonly stream: string }
  | { readonly kind: 'network'; readonly online: boolean }
  | { readonly kind: 'visibility'; readonly hidden: boolean };

/**
 * To the tab. A frame may overlap with what the tab has, or lie behind a gap: connections overlap while the set changes,
 * and other tabs stand elsewhere. A tab that does not stand at `from` reads by GET.
 */
export type FromConnection =
  | LiveFrame
  /** No such stream (any more), or the offset is not one of its. It is no longer followed. */
  | { readonly kind: 'gone'; readonly stream: string }
  | { readonly kind: 'state'; readonly view: ConnectionView };

/** `hello` comes first; `lock` is the Web Lock the sender holds for as long as it lives. */
export type ToWorker =
  | ToConnection
  | { readonly kind: 'hello'; readonly lock: string }
  | { readonly kind: 'bye' };
export type FromWorker = FromConnection | { readonly kind: 'hello'; readonly lock: string };

/** A live connection as its owner sees it, wherever it is. `dispose` ends it for good. */
export interface Live {
  send(message: ToConnection): void;
  dispose(): void;
}

export interface LiveOptions {
  readonly http: Http;
  /** Takes what the connection has to say. */
  readonly post: (message: FromConnection) => void;
}

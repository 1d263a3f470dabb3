/**
 * What the live connection and its owner say to each other. Plain data only, so that the connection can live in a
 * SharedWorker and serve several tabs.
 */
import type { LiveLine } from '../../protocol/index.ts';
import type { ConnectionView } from '../types.ts';

export type Frame = Extract<LiveLine, { kind: 'frame' }>;

/** From a tab. The last three are what a worker cannot see by itself. */
export type ToConnection =
  /** Follow `stream` from `offset`. A stream that is followed already goes on where it is. */
  | { readonly kind: 'follow'; readonly stream: string; readonly offset: string }
  | { readonly kind: 'unfollow'; readonly stream: string }
  | { readonly kind: 'network'; readonly online: boolean }
  | { readonly kind: 'visibility'; readonly hidden: boolean };

/** To the tab. A frame may overlap with what the tab has: two connections deliver for a moment while the set changes. */
export type FromConnection =
  | Frame
  /** No such stream (any more), or the offset is not one of its. It is no longer followed. */
  | { readonly kind: 'gone'; readonly stream: string }
  | { readonly kind: 'state'; readonly view: ConnectionView };

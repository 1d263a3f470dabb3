/** The client as the package gives it: everything that the page of Bough chooses for itself has a default. */
import { QueryClient } from '@tanstack/query-core';
import { type Bough, createBough } from '../client/bough.ts';
import type { Environment } from '../client/environment.ts';
import { LiveConnection } from '../client/live/connection.ts';
import type { KeyValues } from '../client/outbox/shelf.ts';

export interface ConnectOptions {
  /** Where Bough is, without a slash at the end. Default: the origin of the page. */
  readonly baseUrl?: string;
  /** An access token; needed for pages of another origin, which `BOUGH_ORIGINS` has to list. Default: the browser's cookie, if any. */
  readonly token?: string;
  /** Keeps what was not sent yet over reloads. Default: the browser's localStorage; null: nothing is kept. */
  readonly storage?: KeyValues | null;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A client of one Bough: made once, and disposed of by whoever made it. Connects when something is first followed. Runs in browsers and in
 * Node, where nothing is kept unless `storage` says how.
 */
export function connectBough({ baseUrl, token, storage, fetch }: ConnectOptions = {}): Bough {
  const isPage = typeof document !== 'undefined';
  return createBough({
    queryClient: new QueryClient(),
    live: (options) => new LiveConnection({ ...options, letGo: 'soon' }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch && { fetch }),
    ...(storage && { storage }),
    ...(storage === null && { storage: keepsNothing }),
    ...(!isPage && { environment: noPage, raf: nextFrame, storage: storage ?? keepsNothing }),
  });
}

const keepsNothing: KeyValues = {
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem: () => {},
  removeItem: () => {},
};

const nothing = (): void => {};
const noPage: Environment = {
  isHidden: () => false,
  onVisibility: () => nothing,
  onNetwork: () => nothing,
};

/** As often as a screen would show it, in ms. */
const FRAME = 16;
const nextFrame = (callback: () => void): unknown => setTimeout(callback, FRAME);

/** The client as the package gives it: everything that the page of Bough chooses for itself has a default. */
import { QueryClient } from '@tanstack/query-core';
import { type Bough, createBough } from '../client/bough.ts';
import { browserEnvironment, browserStorage, type Environment } from '../client/environment.ts';
import { LiveConnection } from '../client/live/connection.ts';
import type { KeyValues } from '../client/outbox/stored-sends.ts';

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
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const kept = storage === null || (!isPage && !storage) ? keepsNothing : (storage ?? browserStorage());
  const environment = isPage ? browserEnvironment() : noPage;
  return createBough({
    queryClient: new QueryClient(),
    live: (options) => new LiveConnection({ ...options, letGo: 'soon' }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(headers && { headers, fetch: bearing(headers, fetch) }),
    ...(!headers && fetch && { fetch }),
    ...(!isPage && { raf: nextFrame }),
    ...(kept && { storage: baseUrl ? scoped(kept, baseUrl) : kept }),
    environment: baseUrl ? scopedTo(environment, baseUrl) : environment,
  });
}

type Fetch = typeof globalThis.fetch;

function bearing(
  headers: Readonly<Record<string, string>>,
  ask: Fetch = (...given) => globalThis.fetch(...given),
): Fetch {
  return (input, init = {}) => {
    const all = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return ask(input, { ...init, headers: all });
  };
}

/** Pages of a site may use several servers: what waits for one is not sent to another. */
function scoped(storage: KeyValues, server: string): KeyValues {
  const mark = markOf(server);
  const keys = (): string[] => {
    const all = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return all.filter((key) => key.startsWith(mark)).map((key) => key.slice(mark.length));
  };
  return {
    get length() {
      return keys().length;
    },
    key: (index) => keys()[index] ?? null,
    getItem: (key) => storage.getItem(mark + key),
    setItem: (key, value) => storage.setItem(mark + key, value),
    removeItem: (key) => storage.removeItem(mark + key),
  };
}

function scopedTo(environment: Environment, server: string): Environment {
  const { onStored } = environment;
  const mark = markOf(server);
  if (!onStored) return environment;
  return {
    ...environment,
    onStored: (listener) => onStored((key) => key.startsWith(mark) && listener(key.slice(mark.length))),
  };
}

const markOf = (server: string): string => `bough@${server}/`;

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

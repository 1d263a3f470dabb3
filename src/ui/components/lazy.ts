/** Parts of the page that are loaded when they are first needed. Once there, they are there at the first render. */
import { useEffect, useSyncExternalStore } from 'react';
import { breath } from '../../client/kit/slices.ts';
import { backoff } from '../../protocol/backoff.ts';
import { checkForUpdate } from '../stores/update.ts';

/** The pause before what failed is asked for again by itself, in ms. */
const AGAIN = 5_000;

/** One for each try that failed. */
interface LoadError {
  readonly error: unknown;
  /** The server could not be reached: it is no fault of what was asked for. */
  readonly away: boolean;
}

export interface Lazy<T> {
  /** What was loaded; undefined until then, and after a failure until a later try succeeds. */
  readonly get: () => T | undefined;
  /** The last try, if it failed; undefined before, while somebody has it tried again, and once it is there. It is tried again by itself, too. */
  readonly failure: () => LoadError | undefined;
  /** Loads it, once; never rejects. */
  readonly load: () => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

export function lazy<T>(importer: () => Promise<T>): Lazy<T> {
  let value: T | undefined;
  let failure: LoadError | undefined;
  let loading: Promise<void> | undefined;
  let isGoingOn = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const load = async () => {
    try {
      value = await importer();
      // To run what was loaded and to draw with it are a task each.
      await breath();
    } catch (error) {
      loading = undefined;
      // The page says so, and offers what helps: this cannot come any more, and is no fault.
      const page = await checkForUpdate();
      if (page === 'another') return;
      failure = { error, away: page === 'away' };
      if (!isGoingOn) void goOn();
      isGoingOn = true;
    }
    tell();
  };
  /** In silence: what says that it failed stays until it is there. */
  const goOn = async () => {
    await pause(AGAIN);
    value ??= await untilThere(importer);
    failure = undefined;
    await breath();
    tell();
  };
  return {
    get: () => value,
    failure: () => failure,
    load: () => {
      const tried = failure;
      failure = undefined;
      loading ??= load();
      if (tried) tell();
      return loading;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Pauses before code is asked for again, in ms: the first, and the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1_000, 30_000];

/**
 * Goes on asking until it is there, also at once when the browser says that the network is back: for what has no place in which it could
 * say that it did not come. Never rejects.
 */
export async function untilThere<T>(importer: () => Promise<T>): Promise<T> {
  for (let failed = 0; ; failed += 1) {
    try {
      return await importer();
    } catch {
      await pause(backoff(failed, FIRST_PAUSE, LONGEST_PAUSE));
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    window.addEventListener('online', over);
  });
}

/** The loaded part, which starts loading if it is `wanted`; undefined before. A failed load is tried again by the next mount. */
export function useLazy<T>(part: Lazy<T>, wanted = true): T | undefined {
  useEffect(() => {
    if (wanted && part.get() === undefined) void part.load();
  }, [part, wanted]);
  return useSyncExternalStore(part.subscribe, part.get, part.get);
}

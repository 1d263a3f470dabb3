/**
 * localStorage that never throws: blocked, full or torn storage costs memory over reloads, never a feature. `tab`: the tab's own
 * (sessionStorage), which other tabs do not see.
 */

export interface StorageOptions {
  readonly tab?: boolean;
}

const storageOf = ({ tab = false }: StorageOptions): Storage => (tab ? sessionStorage : localStorage);

export const PREFIX = 'bough:';

/** By this entry a tab tells others that it cleared what the browser keeps (clear-browser.ts). */
export const CLEARED = 'bough.cleared';

/** The page is about to be loaded anew, and what it has in memory is not to come back. */
let isEnded = false;
export function endStorage(): void {
  isEnded = true;
}

export const hasEnded = (): boolean => isEnded;

export function load(key: string, where: StorageOptions = {}): unknown {
  try {
    const text = storageOf(where).getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Stores `value`, or removes the key when it is undefined. False when the browser would not. */
export function save(key: string, value: unknown, where: StorageOptions = {}): boolean {
  if (isEnded) return false;
  try {
    if (value === undefined) storageOf(where).removeItem(PREFIX + key);
    else storageOf(where).setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The keys that begin with `start`, without our prefix. */
export function keysOf(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

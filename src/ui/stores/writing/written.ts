/**
 * What is written and not sent, in the browser's storage. What that has no room for lives as long as the page: it is known, so that it can be
 * said, and tried again.
 */
import { create } from 'zustand';
import { hasEnded, type StorageOptions, save } from '../browser/browser-storage.ts';

/** After how long what was not taken is offered again, in ms. */
const AGAIN = 5_000;

interface Unkept {
  readonly value: unknown;
  readonly where: StorageOptions | undefined;
}

export const useUnkept = create<ReadonlyMap<string, Unkept>>()(() => new Map());
let isWaiting = false;

/** Stores it, or removes the key when it is undefined. */
export function keepWritten(key: string, value: unknown, where?: StorageOptions): void {
  const isLost = !save(key, value, where) && value !== undefined && !hasEnded();
  const before = useUnkept.getState();
  if (isLost || before.has(key)) {
    const unkept = new Map(before);
    if (isLost) unkept.set(key, { value, where });
    else unkept.delete(key);
    useUnkept.setState(unkept, true);
  }
  if (!isLost || isWaiting) return;
  isWaiting = true;
  setTimeout(tryAgain, AGAIN);
}

function tryAgain(): void {
  isWaiting = false;
  for (const [key, { value, where }] of useUnkept.getState()) keepWritten(key, value, where);
}

/** Whether something under a key that ends so is in this page alone. */
export const useIsUnkept = (...endings: readonly string[]): boolean =>
  useUnkept((unkept) => [...unkept.keys()].some((key) => endings.some((ending) => key.endsWith(ending))));

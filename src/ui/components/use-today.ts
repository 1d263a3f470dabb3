/** The day it is, for what reads otherwise on the next one: one timer for all of the page. */
import { useSyncExternalStore } from 'react';
import { startOfDay } from './date-text.ts';

let now = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** A time within today, in ms since the epoch; changes at midnight and when a tab that slept over it comes back. */
export const useToday = (): number => useSyncExternalStore(subscribe, today);

function today(): number {
  // Nobody was told of the days since.
  if (listeners.size === 0 && startOfDay(now, 0) !== startOfDay(Date.now(), 0)) now = Date.now();
  return now;
}

function subscribe(listener: () => void): () => void {
  today();
  listeners.add(listener);
  if (listeners.size === 1) watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', renew);
  };
}

function watch(): void {
  document.addEventListener('visibilitychange', renew);
  wait();
}

function wait(): void {
  clearTimeout(timer);
  timer = setTimeout(renew, startOfDay(now, -1) - Date.now() + 50);
}

function renew(): void {
  if (Date.now() >= startOfDay(now, -1)) {
    now = Date.now();
    for (const listener of [...listeners]) listener();
  }
  wait();
}

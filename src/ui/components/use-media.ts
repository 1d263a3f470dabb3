import { useCallback, useSyncExternalStore } from 'react';

/** A phone: no room for two panes. */
export const NARROW = '(max-width: 767px)';
/** The main pointer is a finger. */
export const COARSE = '(pointer: coarse)';

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

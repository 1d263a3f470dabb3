import { useSyncExternalStore } from 'react';
import type { AccessView } from '../kit/access.ts';
import { useBough } from './context.tsx';

/** Whether this browser is let in, and may write. */
export function useAccess(): AccessView {
  const { access } = useBough();
  return useSyncExternalStore(access.subscribe, access.get);
}

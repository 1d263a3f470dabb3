import { useSyncExternalStore } from 'react';
import type { ConnectionView } from '../types.ts';
import { useBough } from './context.tsx';

/** How the live connection of this tab is. */
export function useConnection(): ConnectionView {
  const { connection } = useBough();
  return useSyncExternalStore(connection.subscribe, connection.get);
}

import { useMemo } from 'react';
import { createEndpoints, type Endpoints } from '../endpoints.ts';
import { useBough } from './context.tsx';

/** Adds, tests, changes and removes endpoints. Not in `index.ts`: it is loaded with the dialog that uses it. */
export function useEndpoints(): Endpoints {
  const { http } = useBough();
  return useMemo(() => createEndpoints(http), [http]);
}

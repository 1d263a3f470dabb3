/** How server data is loaded: what all queries share. */
import { NetworkError } from './errors.ts';

/**
 * `networkMode: always`: the browser's word on being offline says nothing about a server on the same machine.
 * `structuralSharing: false`: folds keep identities themselves, and their maps cannot be compared that way.
 * A query that failed for want of a connection tries again by itself; what was read never grows stale, it is followed.
 */
export const loading = {
  networkMode: 'always',
  structuralSharing: false,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: true,
  retry: (failures: number, error: Error) => error instanceof NetworkError && failures < 2,
  retryDelay: (attempt: number) => 300 * 2 ** attempt,
  refetchInterval: (query: { state: { data: unknown; error: Error | null } }) =>
    query.state.data === undefined && query.state.error instanceof NetworkError ? 4000 : false,
} as const;

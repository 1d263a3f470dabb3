/** How server data is loaded: what all queries share. */
import { passesByItself } from './errors.ts';

/** What failed so is asked for again after so long, in ms: the connection, where it was lost at all, may have come back first. */
const AGAIN = 2000;

/**
 * `networkMode: always`: the browser's word on being offline says nothing about a server on the same machine.
 * `structuralSharing: false`: folds keep identities themselves, and their maps cannot be compared that way.
 * A query that failed because the server or its storage is away tries again by itself; what was read never grows stale, it is followed.
 */
export const loading = {
  networkMode: 'always',
  structuralSharing: false,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: true,
  retry: (failures: number, error: Error) => passesByItself(error) && failures < 2,
  retryDelay: (attempt: number) => 300 * 2 ** attempt,
  refetchInterval: (query: { state: { data: unknown; error: Error | null } }) =>
    query.state.data === undefined && passesByItself(query.state.error) ? AGAIN : false,
} as const;

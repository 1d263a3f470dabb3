/** How server data is loaded: what all queries share. */
import { backoff } from '../../protocol/backoff.ts';
import { passesByItself } from './errors.ts';

/** Pauses before a query is repeated at once, in ms: the first, and the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [300, 600];
/** ms until a query that has failed for good is asked again. A lost connection that comes back asks sooner. */
const AGAIN = 2000;

/**
 * Options of every query.
 *
 * `networkMode: always`: a browser that believes it is offline can still reach a server on the same machine.
 * `structuralSharing: false`: folds keep identities themselves, and their maps cannot be compared that way.
 * `staleTime`: what was read never grows stale, because the live connection follows it.
 * A query that failed because the server or its storage is away is repeated twice at once, then every `AGAIN`.
 */
export const loading = {
  networkMode: 'always',
  structuralSharing: false,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: true,
  retry: (failures: number, error: Error) => passesByItself(error) && failures < 2,
  retryDelay: (attempt: number) => backoff(attempt, FIRST_PAUSE, LONGEST_PAUSE),
  refetchInterval: (query: { state: { data: unknown; error: Error | null } }) =>
    query.state.data === undefined && passesByItself(query.state.error) ? AGAIN : false,
} as const;

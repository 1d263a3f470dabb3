import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DataSizes, HiddenBranches } from '../../protocol/requests/data.ts';
import { dataSizes, hiddenBranches } from '../data.ts';
import { sentenceOf } from '../kit/errors.ts';
import { useBough } from './context.tsx';
import { useAccess } from './use-access.ts';

/** How often it is asked how far something has come, in ms. */
const AGAIN = 1_000;

/** How often it is asked while one looks at it, in ms. */
const NOW_AND_THEN = 3_000;

const SIZES = ['data', 'sizes'];

interface AskedData<T> {
  /** Undefined while it is read. */
  readonly data: T | undefined;
  /** Why it could not be read, as a sentence. */
  readonly problem: string | undefined;
}

/** What the data folder holds, followed while it is measured. Not in `index.ts`: loaded with what shows it. */
export function useDataSizes(): AskedData<DataSizes> & { readonly measure: () => Promise<unknown> } {
  const { http } = useBough();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    ...useFresh(),
    queryKey: SIZES,
    queryFn: ({ signal }) => dataSizes(http, { signal }),
    refetchInterval: ({ state }) => state.data?.measuring === true && AGAIN,
  });
  return {
    ...asked(data, error),
    measure: async () => {
      await queries.cancelQueries({ queryKey: SIZES });
      queries.setQueryData(SIZES, await dataSizes(http, { anew: true }));
    },
  };
}

/** Where branches are hidden, followed while somebody looks at it. */
export function useHiddenBranches(): AskedData<HiddenBranches> {
  const { http } = useBough();
  const { data, error } = useQuery({
    ...useFresh(),
    queryKey: ['data', 'hidden'],
    queryFn: ({ signal }) => hiddenBranches(http, signal),
    // What is hidden or restored elsewhere, or was a moment ago, is counted a little later.
    refetchInterval: ({ state }) => (state.data?.reading === undefined ? NOW_AND_THEN : AGAIN),
  });
  return asked(data, error);
}

/** For owners: no page asks before it has heard who it is. */
function useFresh() {
  const { isHeard, readOnly } = useAccess();
  return {
    enabled: isHeard && !readOnly,
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
    retry: 1,
  } as const;
}

const asked = <T>(data: T | undefined, error: Error | null): AskedData<T> => ({
  data,
  problem: data === undefined && error ? sentenceOf(error) : undefined,
});

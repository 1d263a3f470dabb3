import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ModelsView } from '../types.ts';
import { useBough } from './context.tsx';
import { errorOf, useLoad } from './use-load.ts';

/** The models to choose from, as the server last knew them. */
export function useModels(): ModelsView {
  const { models } = useBough();
  const { data, error, refetch, isFetching } = useQuery(models);
  const { status, failure } = useLoad({ data, error });
  return useMemo(
    () => ({
      status,
      ...errorOf(failure),
      models: data?.models ?? [],
      ...(data && { default: data.default }),
      ...(data?.removed && { removed: data.removed }),
      sources: data?.sources ?? [],
      problems: data?.problems ?? [],
      refresh: () => void refetch(),
      refreshing: isFetching,
    }),
    [status, failure, data, refetch, isFetching],
  );
}

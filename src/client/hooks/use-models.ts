import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ModelsView } from '../types.ts';
import { useBough } from './context.tsx';
import { errorOf, useLoad } from './use-load.ts';

/** The models to choose from, as the server last knew them. */
export function useModels(): ModelsView {
  const { models } = useBough();
  const { data, error, refetch } = useQuery(models);
  const { status, failure } = useLoad({ data, error });
  return useMemo(
    () => ({
      status,
      ...errorOf(failure),
      models: data?.models ?? [],
      ...(data && { default: data.default }),
      problems: data?.problems ?? [],
      refresh: () => void refetch(),
    }),
    [status, failure, data, refetch],
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Tree } from '../../tree/index.ts';
import { useBough } from './context.tsx';

/**
 * The tree once the way through it is known: with forks, what was viewed last is read first, so that the path that appears
 * stays. Undefined until then.
 */
export function useViewed(conversation: string, tree: Tree | undefined): Tree | undefined {
  const { views } = useBough();
  const wanted = tree !== undefined && views.isWanted(conversation, tree);
  const { data } = useQuery({ ...views.query(conversation), enabled: wanted });
  const waiting = wanted && data === undefined;
  useMemo(() => {
    if (tree && !waiting) views.begin(conversation, tree, data ?? []);
  }, [views, conversation, tree, waiting, data]);
  return waiting ? undefined : tree;
}

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { emptyTree, liveIn, shownTree } from '../../../tree/index.ts';
import { isMissing } from '../../kit/errors.ts';
import type { TreeHook } from '../../types.ts';
import { useBough } from '../context.tsx';
import { errorOf, useLoad } from '../use-load.ts';
import { useOpened } from './use-opened.ts';

/** The tree of a conversation, live, without a path through it: for a diagram, a list of branches, a badge (docs/hook.md). */
export function useTree(id: string): TreeHook {
  const { actions, outbox } = useBough();
  const { outlines } = useOpened();
  const uncreated = useSyncExternalStore(outbox.uncreated.subscribe, outbox.uncreated.get).has(id);
  useEffect(() => outlines.retain(id), [outlines, id]);
  const { data, error, refetch } = useQuery({ ...outlines.query(id), enabled: !uncreated });
  const { status: read, failure } = useLoad({ data, error });
  const retry = useCallback(() => void refetch(), [refetch]);
  const tree = useMemo(() => shownTree(data?.tree ?? emptyTree), [data?.tree]);
  const status = uncreated ? 'ready' : isMissing(failure) ? 'missing' : read;
  return useMemo(
    () => ({ id, status, ...errorOf(failure), retry, tree, live: liveIn(tree), actions }),
    [id, status, failure, retry, tree, actions],
  );
}

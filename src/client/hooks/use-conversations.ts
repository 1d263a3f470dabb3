import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Conversation } from '../../protocol/index.ts';
import type { ListData } from '../folds/list-data.ts';
import type { ConversationsView } from '../types.ts';
import { useBough } from './context.tsx';
import { errorOf, useLoad } from './use-load.ts';

const none: readonly Conversation[] = [];
const shown = (data: ListData) => data.shown;

/** The list of conversations, live. */
export function useConversations(): ConversationsView {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  const { data, error, refetch } = useQuery({ ...list.query, select: shown });
  const { status, failure } = useLoad({ data, error });
  return useMemo(
    () => ({ status, ...errorOf(failure), retry: () => void refetch(), list: data ?? none }),
    [status, failure, refetch, data],
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import {
  type Conversation,
  type ConversationPatch,
  foldConversations,
  listed,
  noConversations,
} from '../../protocol/index.ts';
import type { ListData } from '../folds/list-data.ts';
import type { ConversationsView, PendingSend } from '../types.ts';
import { useBough } from './context.tsx';
import { errorOf, useLoad } from './use-load.ts';

const none: readonly Conversation[] = [];
const shown = (data: ListData) => data.shown;

/** The list of conversations, live; those that wait to be begun come first. */
export function useConversations(): ConversationsView {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  const { data, error, refetch } = useQuery({ ...list.query, select: shown });
  const { status, failure } = useLoad({ data, error });
  const waiting = useWaiting();
  return useMemo(() => {
    const known = new Set(waiting.size > 0 ? data?.map(({ id }) => id) : []);
    const unbegun = [...waiting.values()].filter(({ id }) => !known.has(id));
    const all = data && unbegun.length > 0 ? [...unbegun, ...data] : (data ?? none);
    return { status, ...errorOf(failure), retry: () => void refetch(), list: all };
  }, [status, failure, refetch, data, waiting]);
}

/** Whether the conversation waits for the connection to be begun: the server does not know it yet. */
export const useIsUnbegun = (conversation: string): boolean => useWaiting().has(conversation);

type Unbegun = ReadonlyMap<string, Conversation>;
const nobody: Unbegun = new Map();
/** By id; the same map for as long as what is on its way is the same. */
function useWaiting(): Unbegun {
  const { outbox } = useBough();
  const pending = useSyncExternalStore(outbox.pending.subscribe, outbox.pending.get);
  const uncreated = useSyncExternalStore(outbox.uncreated.subscribe, outbox.uncreated.get);
  return useMemo(() => unbegunOf(pending, uncreated), [pending, uncreated]);
}

function unbegunOf(pending: readonly PendingSend[], uncreated: ReadonlySet<string>): Unbegun {
  const first = pending.filter(
    ({ conversation, state }) => state === 'waiting' && uncreated.has(conversation),
  );
  if (first.length === 0) return nobody;
  const now = Date.now();
  const patches = first.map(
    ({ conversation, text }): ConversationPatch => ({
      ...{ v: 1, kind: 'conversation', id: conversation, at: 0, created: now, active: now },
      // What makes a title of it (the server) is too much for the first load.
      title: { text: text.trim().split('\n', 1).join(), by: 'words' },
    }),
  );
  return new Map(listed(foldConversations(noConversations, patches)).map((header) => [header.id, header]));
}

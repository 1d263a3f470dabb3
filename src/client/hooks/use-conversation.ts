import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { emptyTree } from '../../tree/index.ts';
import { isMissing } from '../errors.ts';
import type { ListData } from '../list-data.ts';
import { liveOf, tipOf } from '../path-entries.ts';
import type { ConversationView } from '../types.ts';
import { useBough } from './context.tsx';
import { errorOf, useLoad } from './use-load.ts';
import { usePath } from './use-path.ts';

export interface ConversationOptions {
  /** A message or reply the visible path goes through. Default: where the view was, else the newest leaf. */
  readonly selected?: string | null;
}

/** One conversation, live: its tree and the path through it that is shown. */
export function useConversation(id: string, { selected = null }: ConversationOptions = {}): ConversationView {
  const { outlines, outbox, replies } = useBough();
  const uncreated = useSyncExternalStore(outbox.uncreated.subscribe, outbox.uncreated.get).has(id);
  useEffect(() => outlines.retain(id), [outlines, id]);
  const outline = useQuery({ ...outlines.query(id), enabled: !uncreated });
  const header = useHeader(id);
  const { status: loaded, failure } = useLoad(outline);
  const tree = outline.data?.tree ?? emptyTree;
  const path = usePath(id, tree, selected);
  const live = liveOf(tree, path);
  const tip = tipOf(tree, path);
  const liveId = live?.id;
  useEffect(() => (liveId === undefined ? undefined : replies.watch(id, liveId)), [replies, id, liveId]);
  const { refetch } = outline;
  const retry = useCallback(() => void refetch(), [refetch]);
  return useMemo(() => {
    const missing = header?.deleted || isMissing(failure);
    const status = missing ? 'missing' : uncreated ? 'ready' : loaded;
    const error = status === 'error' ? errorOf(failure) : {};
    return { id, status, ...error, retry, ...(header && { header }), tree, path, tip, ...(live && { live }) };
  }, [id, header, failure, uncreated, loaded, retry, tree, path, tip, live]);
}

/** The conversation's header, from the list. */
function useHeader(id: string) {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  const select = useCallback((data: ListData) => data.all.get(id)?.header ?? null, [id]);
  return useQuery({ ...list.query, select }).data ?? undefined;
}

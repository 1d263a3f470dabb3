import { skipToken, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { emptyTree, type Tree } from '../../../tree/index.ts';
import type { ListData } from '../../folds/list-data.ts';
import { type PathEnd, reaches } from '../../folds/opening.ts';
import { pathEndKey } from '../../folds/outlines.ts';
import { liveOf, tipOf } from '../../folds/path-entries.ts';
import { isFault, isMissing, passesByItself } from '../../kit/errors.ts';
import { loading } from '../../kit/loading.ts';
import type { ConversationHook, ConversationView } from '../../types.ts';
import { useBough } from '../context.tsx';
import { errorOf, useLoad } from '../use-load.ts';
import { useOwnSends } from '../use-queue.ts';
import { useOpened } from './use-opened.ts';
import { usePath } from './use-path.ts';

/** What a view wants to see of a conversation. */
export interface ConversationOptions {
  /** A message or reply the visible path goes through. Default: where the view was, else the newest leaf. */
  readonly selected?: string | null;
  /**
   * Which of several independent views of the conversation this is: each goes its own way through the tree, and comes back to it for as
   * long as the page lives. Default: the page's own, which the server keeps over reloads.
   */
  readonly view?: string;
}

/** One conversation, live: its tree, the path through it that is shown, and what can be done (docs/hook.md). */
export function useConversation(id: string, options: ConversationOptions = {}): ConversationHook {
  const { selected = null, view = '' } = options;
  const { actions, outbox } = useBough();
  const { outlines, replies } = useOpened();
  const uncreated = useSyncExternalStore(outbox.uncreated.subscribe, outbox.uncreated.get).has(id);
  useEffect(() => outlines.retain(id), [outlines, id]);
  const place = { ...(selected !== null && { through: selected }) };
  const outline = useQuery({ ...outlines.query(id, place), enabled: !uncreated });
  const header = useHeader(id);
  const { status: read, failure } = useLoad(outline);
  const viewed = useViewed(id, outline.data?.tree, view);
  const loaded = read === 'ready' && !viewed ? 'loading' : read;
  const end = usePathEnd(id, selected, outline.data === undefined || viewed === undefined);
  const whole = viewed ?? end?.tree ?? emptyTree;
  const through = end ? (selected ?? end.leaf) : selected;
  const { tree, path } = usePath(id, whole, { selected: through, view, passing: end !== undefined });
  const live = liveOf(tree, path);
  const tip = tipOf(tree, path);
  const liveId = live?.id;
  useEffect(() => (liveId === undefined ? undefined : replies.watch(id, liveId)), [replies, id, liveId]);
  const { refetch } = outline;
  const retry = useCallback(() => void refetch(), [refetch]);
  const unread = isMissing(failure);
  const listed = header !== undefined && !header.deleted;
  useEffect(() => {
    // It was asked for before it was made.
    if (unread && listed) retry();
  }, [unread, listed, retry]);
  const own = !end && (uncreated || path.length > 0);
  const state: LoadState = { deleted: header?.deleted ?? false, loaded, unread, listed, own };
  const status = statusOf(state);
  const { above, forks } = end ?? NO_END;
  const keptAt = outline.data?.kept;
  return useMemo(() => {
    const why = { ...(passesByItself(failure) && AWAY), ...(isFault(failure) && { fault: failure }) };
    const error = status === 'error' ? { ...errorOf(failure), ...why } : {};
    const shown = {
      tree,
      path,
      tip,
      ...(live && { live }),
      ...(above !== undefined && { above }),
      ...(forks !== undefined && { forks }),
    };
    const age = keptAt !== undefined && { keptAt };
    return { id, status, ...error, ...age, retry, ...(header && { header }), ...shown, actions };
  }, [id, status, header, failure, keptAt, retry, tree, path, tip, live, above, forks, actions]);
}

const NO_END: { readonly above?: undefined; readonly forks?: undefined } = {};
const AWAY = { away: true } as const;

interface LoadState {
  readonly loaded: 'loading' | 'ready' | 'error';
  /** The server said that there is no such conversation. */
  readonly unread: boolean;
  /** The list has it. */
  readonly listed: boolean;
  readonly deleted: boolean;
  /** Own messages are on their way to it: they are shown before anything could be read. */
  readonly own: boolean;
}

function statusOf({ loaded, unread, listed, deleted, own }: LoadState): ConversationView['status'] {
  if (deleted) return 'missing';
  if (loaded === 'ready') return 'ready';
  if (loaded === 'loading' || unread) {
    if (own) return 'ready';
    return unread && !listed ? 'missing' : 'loading';
  }
  return 'error';
}

/** The end of the path, while no more is known and the path goes there. */
function usePathEnd(id: string, selected: string | null, isWanted: boolean): PathEnd | undefined {
  const { data } = useQuery<PathEnd>({ ...loading, queryKey: pathEndKey(id), queryFn: skipToken });
  const own = useOwnSends(id);
  if (!isWanted || !data) return undefined;
  return reaches(data, selected) || own.some(({ message }) => message === selected) ? data : undefined;
}

/** The conversation's header, from the list. */
function useHeader(id: string) {
  const { list } = useBough();
  useEffect(() => list.retain(), [list]);
  const select = useCallback((data: ListData) => data.all.get(id)?.header ?? null, [id]);
  return useQuery({ ...list.query, select }).data ?? undefined;
}

/**
 * The tree once the way through it is known: with forks, what was viewed last is read first, so that the path that appears
 * stays. Undefined until then.
 */
function useViewed(conversation: string, tree: Tree | undefined, view: string): Tree | undefined {
  const { views } = useOpened();
  const wanted = tree !== undefined && views.isWanted(conversation, tree, view);
  const { data } = useQuery({ ...views.query(conversation), enabled: wanted });
  const waiting = wanted && data === undefined;
  useMemo(() => {
    if (tree && !waiting) views.begin(conversation, tree, data ?? [], view);
  }, [views, conversation, tree, waiting, data, view]);
  return waiting ? undefined : tree;
}

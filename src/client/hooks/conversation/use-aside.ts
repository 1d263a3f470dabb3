import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { DAY } from '../../../protocol/index.ts';
import { asideEnds, asideMessages, ROOT, type Tree, withChoices } from '../../../tree/index.ts';
import { liveOf, pathEntries, tipOf } from '../../folds/path-entries.ts';
import type { ConversationView, PathEntry, PendingSend } from '../../types.ts';
import { useBough } from '../context.tsx';
import { useAllSends } from '../use-queue.ts';
import { useOpened } from './use-opened.ts';

/** An aside as a conversation of its own: `path` begins with its first message, `tip` is its owner where nothing is said yet. */
export interface AsideView extends ConversationView {
  /** Shows the path through one of its messages. */
  readonly show: (message: string) => void;
}

const nothing: readonly PathEntry[] = [];

/**
 * The path through an aside of a conversation that is open.
 * @param owner the message it is about
 * @param head its first message, which may still be on its way; undefined: it is yet to be asked
 */
export function useAside(view: ConversationView, owner: string, head: string | undefined): AsideView {
  const { replies } = useOpened();
  const { id, tree } = view;
  const held = useSyncExternalStore(replies.held.subscribe, replies.held.get);
  const sends = useAllSends(id);
  const [chosen, show] = useState<string>();
  const before = useRef(nothing);
  const choices = useRef<ReadonlyMap<string, string>>(new Map());
  const path = useMemo(() => {
    if (head === undefined) return nothing;
    const pending = sendsIn(tree, head, sends);
    const selected = chosen !== undefined && isIn(tree, head, chosen, pending) ? chosen : null;
    const input = { tree, selected: selected ?? head, choices: choices.current, pending, held };
    return pathEntries(input, before.current);
  }, [tree, head, sends, chosen, held]);
  const entries = useMemo(() => {
    const at = path.findIndex(({ key }) => key === head);
    return at < 0 ? nothing : path.slice(at);
  }, [path, head]);
  useEffect(() => {
    before.current = path;
    choices.current = withChoices(
      choices.current,
      entries.map(({ key }) => key),
    );
  }, [path, entries]);
  const live = liveOf(tree, entries);
  const liveId = live?.id;
  useEffect(() => (liveId === undefined ? undefined : replies.watch(id, liveId)), [replies, id, liveId]);
  const tip = tipOf(tree, entries) ?? owner;
  return useMemo(() => {
    const { live: _, ...rest } = view;
    return { ...rest, path: entries, tip, ...(live && { live }), show };
  }, [view, entries, tip, live]);
}

/** What is on its way to the aside, oldest first. */
function sendsIn(tree: Tree, head: string, sends: readonly PendingSend[]): readonly PendingSend[] {
  const inside = new Set(asideMessages(tree, head));
  return sends.filter(({ message, parent, of }) => {
    const isInside = message === head || inside.has(parent ?? ROOT) || (of !== undefined && inside.has(of));
    if (isInside) inside.add(message);
    return isInside;
  });
}

const isIn = (tree: Tree, head: string, id: string, pending: readonly PendingSend[]): boolean =>
  asideMessages(tree, head).includes(id) ||
  pending.some(({ message }) => message === id) ||
  tree.generations.has(id);

const healthSchema = z.object({ asidesDays: z.number() });

/**
 * When the asides of a conversation go by themselves, in ms since the epoch, by their first messages. Empty where they never do, and until it is
 * known. `seen`: when this page looked at them, by their first messages.
 */
export function useAsideEnds(
  { id, tree }: Pick<ConversationView, 'id' | 'tree'>,
  seen: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const { http } = useBough();
  const { views } = useOpened();
  const { data: days } = useQuery({
    queryKey: ['asides-days'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) =>
      healthSchema.parse(await (await http.request('/api/health', { signal })).json()).asidesDays,
  });
  const { data: viewed } = useQuery(views.query(id));
  return useMemo(() => {
    if (!days || !viewed) return NEVER;
    const here = [...seen].map(([leaf, time]) => ({ leaf, time }));
    return asideEnds(tree, [...viewed, ...here], days * DAY);
  }, [days, viewed, tree, seen]);
}

const NEVER: ReadonlyMap<string, number> = new Map();

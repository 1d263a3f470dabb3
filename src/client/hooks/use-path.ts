import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Tree } from '../../tree/index.ts';
import { pathEntries } from '../path-entries.ts';
import type { PathEntry, PendingSend } from '../types.ts';
import { useBough } from './context.tsx';

const nothing: readonly PathEntry[] = [];

/** The visible path of a conversation. What it showed is remembered, so that it only ever grows by what others do. */
export function usePath(conversation: string, tree: Tree, selected: string | null): readonly PathEntry[] {
  const { views, replies } = useBough();
  const pending = useOwnSends(conversation);
  const held = useSyncExternalStore(replies.held.subscribe, replies.held.get);
  const before = useRef(nothing);
  const path = useMemo(() => {
    const choices = views.choices(conversation);
    return pathEntries({ tree, selected, choices, pending, held }, before.current);
  }, [views, conversation, tree, selected, pending, held]);
  useEffect(() => {
    before.current = path;
    const keys = path.map(({ key }) => key);
    views.remember(conversation, tree, keys);
  }, [views, conversation, tree, path]);
  return path;
}

/** The own sends of one conversation; the same array while they are the same. */
function useOwnSends(conversation: string): readonly PendingSend[] {
  const { outbox } = useBough();
  const all = useSyncExternalStore(outbox.pending.subscribe, outbox.pending.get);
  const own = all.filter((send) => send.conversation === conversation);
  const before = useRef(own);
  const same =
    own.length === before.current.length && own.every((send, index) => send === before.current[index]);
  if (!same) before.current = own;
  return before.current;
}

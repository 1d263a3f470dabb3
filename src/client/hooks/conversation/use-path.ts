import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { pathTo, prunedIn, shownTree, type Tree } from '../../../tree/index.ts';
import { pathEntries } from '../../folds/path-entries.ts';
import type { PathEntry } from '../../types.ts';
import { useOwnSends } from '../use-queue.ts';
import { useOpened } from './use-opened.ts';

const nothing: readonly PathEntry[] = [];

interface ShownIn {
  readonly selected: string | null;
  readonly view: string;
  /** Only the end of a path is known: it says nothing of where the view goes. */
  readonly passing: boolean;
}

interface ShownPath {
  readonly path: readonly PathEntry[];
  /** Without what was pruned, but for what the path shows. */
  readonly tree: Tree;
}

/**
 * The visible path of a conversation. What it showed is remembered, so that it only ever grows by what others do: a branch that is
 * pruned while it is read stays until the reader leaves it, or prunes it here.
 */
export function usePath(conversation: string, whole: Tree, { selected, view, passing }: ShownIn): ShownPath {
  const { views, replies } = useOpened();
  const pending = useOwnSends(conversation);
  const held = useSyncExternalStore(replies.held.subscribe, replies.held.get);
  const before = useRef(nothing);
  const path = useMemo(() => {
    const choices = views.choices(conversation, view);
    const tree = shownTree(
      whole,
      stillShown(before.current, views.left(conversation), pathTo(whole, selected)),
    );
    return pathEntries({ tree, selected, choices, pending, held }, before.current);
  }, [views, conversation, whole, selected, view, pending, held]);
  const tree = useShown(whole, path);
  useEffect(() => {
    before.current = path;
    if (passing) return;
    const keys = path.map(({ key }) => key);
    views.remember(conversation, tree, keys, view);
  }, [views, conversation, tree, path, view, passing]);
  return { path, tree };
}

function stillShown(
  before: readonly PathEntry[],
  left: ReadonlySet<string>,
  wanted: readonly string[],
): ReadonlySet<string> {
  const shown = before.map(({ key }) => key).filter((key) => !left.has(key));
  return new Set([...shown, ...wanted]);
}

/** The same tree while the path shows the same of what was pruned. */
function useShown(whole: Tree, path: readonly PathEntry[]): Tree {
  const keys = useMemo(() => new Set(path.map(({ key }) => key)), [path]);
  const read = prunedIn(whole)
    .filter((id) => keys.has(id))
    .join();
  return useMemo(() => shownTree(whole, new Set(read.split(','))), [whole, read]);
}

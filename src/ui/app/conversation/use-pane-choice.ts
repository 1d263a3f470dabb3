import { useEffect, useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { hasAlternatives } from '../../../tree/index.ts';
import { NARROW, useMedia } from '../../components/index.ts';
import { keepForked, leaveTree, type Panes, panesOf, usePanes, WIDE, wasForked } from '../../stores/panes.ts';
import { currentRoute, hrefOf } from '../../stores/route.ts';
import { useSeenSideBySide } from '../../stores/side-by-side.ts';

const THREE: readonly Panes[] = ['chat', 'split', 'tree'];
const TWO: readonly Panes[] = ['chat', 'tree'];

/** Where the page was opened: only there is a conversation waited for on a bare page. */
const OPENED_AT = hrefOf(currentRoute());

export type PaneChoice = ReturnType<typeof usePaneChoice>;

/** Which panes a conversation shows here: on a phone there is no room for two. */
export function usePaneChoice(view: ConversationView) {
  const { id } = view;
  const narrow = useMedia(NARROW);
  const wide = useMedia(WIDE);
  const state = usePanes();
  const { share, offered } = state;
  const { forked, unseen, isKnown } = useForked(view);
  const panes = panesOf(state, id, { forked: unseen, wide, narrow });
  return {
    panes,
    choices: narrow ? TWO : THREE,
    share,
    narrow,
    /** Nobody knows yet where the message box will stand: shown now, it would move. */
    isOpen: !wide || isKnown || state.chosen.has(id) || OPENED_AT !== hrefOf({ kind: 'conversation', id }),
    offer: forked && !offered && !narrow && panes === 'chat' && !state.chosen.has(id),
    leaveTree,
  };
}

/** Before all of the tree is there: as the server says, or as it was when it was open here last. */
function useForked({ id, tree, path, status, forks }: ConversationView) {
  const seen = useSeenSideBySide();
  const now = useMemo(() => hasAlternatives(tree), [tree]);
  // Replies side by side are a fork that is seen, and need the width; going on with one of them asks for no tree.
  const unseen = useMemo(() => now && hasAlternatives(tree, seen), [now, tree, seen]);
  const before = useMemo(() => wasForked(id), [id]);
  const isComing = status === 'loading';
  useEffect(() => {
    if (status === 'ready') keepForked(id, now);
  }, [id, status, now]);
  const willFork = isComing && (forks ?? before) === true;
  return {
    forked: now || willFork,
    /** By more than what was seen side by side. */
    unseen: unseen || willFork,
    isKnown: !isComing || path.length > 0 || before !== undefined,
  };
}

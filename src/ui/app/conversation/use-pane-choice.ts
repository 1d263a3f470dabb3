import { useEffect, useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { hasVersions } from '../../../tree/index.ts';
import { NARROW, useMedia } from '../../components/index.ts';
import { keepForked, leaveTree, type Panes, panesOf, usePanes, WIDE, wasForked } from '../../stores/panes.ts';
import { currentRoute, hrefOf } from '../../stores/route.ts';
import { useAllSideBySide } from '../../stores/side-by-side.ts';

const THREE: readonly Panes[] = ['chat', 'split', 'tree'];
const TWO: readonly Panes[] = ['chat', 'tree'];

/** Where the page was opened: only there is a conversation waited for on a bare page. */
const OPENED_AT = hrefOf(currentRoute());

/** Which panes a conversation shows here: on a phone there is no room for two. */
export function usePaneChoice(view: ConversationView) {
  const { id } = view;
  const narrow = useMedia(NARROW);
  const wide = useMedia(WIDE);
  const state = usePanes();
  const { share, offered } = state;
  const { forked, isKnown } = useForked(view);
  const panes = panesOf(state, id, { forked, wide });
  const shown: Panes = narrow && panes === 'split' ? 'chat' : panes;
  return {
    panes: shown,
    choices: narrow ? TWO : THREE,
    share,
    narrow,
    /** Nobody knows yet where the message box will stand: shown now, it would move. */
    isOpen: !wide || isKnown || state.chosen.has(id) || OPENED_AT !== hrefOf({ kind: 'conversation', id }),
    offer: forked && !offered && !narrow && shown === 'chat' && !state.chosen.has(id),
    leaveTree,
  };
}

/** Before all of the tree is there: as the server says, or as it was when it was open here last. */
function useForked({ id, tree, path, status, forks }: ConversationView) {
  const beside = useAllSideBySide();
  // Replies side by side are a fork that is seen, and need the width.
  const now = useMemo(() => hasVersions(tree, beside), [tree, beside]);
  const before = useMemo(() => wasForked(id), [id]);
  const isComing = status === 'loading';
  useEffect(() => {
    if (status === 'ready') keepForked(id, now);
  }, [id, status, now]);
  return {
    forked: now || (isComing && (forks ?? before) === true),
    isKnown: !isComing || path.length > 0 || before !== undefined,
  };
}

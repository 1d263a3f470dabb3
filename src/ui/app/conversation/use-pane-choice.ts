import { useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { hasVersions } from '../../../tree/index.ts';
import { NARROW, useMedia } from '../../components/index.ts';
import { leaveTree, type Panes, panesOf, usePanes, WIDE } from '../../stores/panes.ts';
import { useAllSideBySide } from '../../stores/side-by-side.ts';

const THREE: readonly Panes[] = ['chat', 'split', 'tree'];
const TWO: readonly Panes[] = ['chat', 'tree'];

/** Which panes a conversation shows here: on a phone there is no room for two. */
export function usePaneChoice({ id, tree }: ConversationView) {
  const narrow = useMedia(NARROW);
  const wide = useMedia(WIDE);
  const state = usePanes();
  const { share, offered } = state;
  const beside = useAllSideBySide();
  // Replies side by side are a fork that is seen, and need the width.
  const forked = useMemo(() => hasVersions(tree, beside), [tree, beside]);
  const panes = panesOf(state, id, { forked, wide });
  const shown: Panes = narrow && panes === 'split' ? 'chat' : panes;
  return {
    panes: shown,
    choices: narrow ? TWO : THREE,
    share,
    narrow,
    offer: forked && !offered && !narrow && shown === 'chat' && !state.chosen.has(id),
    leaveTree,
  };
}

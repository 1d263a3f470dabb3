import { useMemo } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { hasVersions } from '../../../tree/index.ts';
import { NARROW, useMedia } from '../../components/index.ts';
import { type Panes, showPanes, usePanes } from '../../stores/panes.ts';

const THREE: readonly Panes[] = ['chat', 'split', 'tree'];
const TWO: readonly Panes[] = ['chat', 'tree'];

/** Which panes a conversation shows here: on a phone there is no room for two. */
export function usePaneChoice({ tree }: ConversationView) {
  const narrow = useMedia(NARROW);
  const { panes, share, offered } = usePanes();
  const forked = useMemo(() => hasVersions(tree), [tree]);
  const shown: Panes = narrow && panes === 'split' ? 'chat' : panes;
  return {
    panes: shown,
    choices: narrow ? TWO : THREE,
    share,
    narrow,
    offer: forked && !offered && !narrow && shown === 'chat',
    leaveTree,
  };
}

const leaveTree = () => showPanes('chat');

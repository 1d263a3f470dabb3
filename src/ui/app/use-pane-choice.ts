import { useMemo } from 'react';
import type { ConversationView } from '../../client/types.ts';
import { hasVersions } from '../../tree/index.ts';
import { useMedia } from '../components/index.ts';
import { type Panes, showPanes, usePanes } from '../stores/panes.ts';

const WIDE: readonly Panes[] = ['chat', 'split', 'tree'];
const NARROW: readonly Panes[] = ['chat', 'tree'];

/** Which panes a conversation shows here: on a phone there is no room for two. */
export function usePaneChoice({ tree }: ConversationView) {
  const narrow = useMedia('(max-width: 767px)');
  const { panes, share, offered } = usePanes();
  const forked = useMemo(() => hasVersions(tree), [tree]);
  const shown: Panes = narrow && panes === 'split' ? 'chat' : panes;
  return {
    panes: shown,
    choices: narrow ? NARROW : WIDE,
    share,
    narrow,
    offer: forked && !offered && !narrow && shown === 'chat',
    leaveTree,
  };
}

const leaveTree = () => showPanes('chat');

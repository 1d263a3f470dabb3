import { useCallback, useEffect, useRef } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { asideOf, parentOf } from '../../../tree/index.ts';
import { openAside, useAsides } from '../../stores/aside.ts';
import type { PaneChoice } from './use-pane-choice.ts';
import { type PageReader, useReader } from './use-whereabouts.ts';

/** The reader, as the whole page has them: what stands in an aside is gone to there, and on a phone the tree makes room for what was gone to in it. */
export function usePageReader(view: ConversationView, { narrow, leaveTree }: PaneChoice): PageReader {
  const reader = useReader(view);
  const intoAside = useIntoAside(view);
  const goTo: PageReader['goTo'] = useCallback(
    (message, at) => {
      if (intoAside(message)) return;
      reader.goTo(message, at);
      if (narrow) leaveTree();
    },
    [reader.goTo, narrow, leaveTree, intoAside],
  );
  const made: PageReader['made'] = useCallback(
    (message, after) => {
      if (after === null || !intoAside(after, message)) reader.made(message, after);
    },
    [reader.made, intoAside],
  );
  return { ...reader, goTo, made };
}

/** What stands in an aside is gone to in its drawer: the path stays where it is. False for all else, and for what the path shows. */
function useIntoAside(view: ConversationView): (message: string, through?: string) => boolean {
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => () => useAsides.setState({ open: undefined }), []);
  return useCallback((message, through = message) => {
    const { id, tree, path } = latest.current;
    const head = path.some(({ key }) => key === message) ? undefined : asideOf(tree, message);
    const owner = head === undefined ? undefined : parentOf(tree, head);
    if (!owner) return false;
    openAside({ conversation: id, owner, head, through });
    return true;
  }, []);
}

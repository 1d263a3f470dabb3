import { useCallback, useEffect, useRef } from 'react';
import type { ConversationView } from '../../../client/types.ts';
import { asideOf, parentOf } from '../../../tree/index.ts';
import { openAside, useAsides } from '../../stores/aside.ts';

/** What stands in an aside is gone to in its drawer: the path stays where it is. False for all else, and for what the path shows. */
export function useIntoAside(view: ConversationView): (message: string, through?: string) => boolean {
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

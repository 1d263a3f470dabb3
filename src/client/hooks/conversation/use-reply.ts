import { useCallback, useSyncExternalStore } from 'react';
import type { Generation } from '../../../tree/index.ts';
import type { ReplyView } from '../../types.ts';
import { useOpened } from './use-opened.ts';

/**
 * The words of a reply while it is written, at most one change a frame. Followed for as long as it is used; what was said
 * stays until the branch's message is loaded (the path entry then turns into a message).
 */
export function useReply(conversation: string, generation: Generation): ReplyView {
  const { replies } = useOpened();
  const { id } = generation;
  const subscribe = useCallback(
    (listener: () => void) => replies.watch(conversation, id, listener),
    [replies, conversation, id],
  );
  return useSyncExternalStore(subscribe, () => replies.peek(conversation, id));
}

import { useCallback, useSyncExternalStore } from 'react';
import { textOf } from '../../../protocol/index.ts';
import type { PathEntry } from '../../types.ts';
import { useMessage } from './use-message.ts';
import { useOpened } from './use-opened.ts';

/**
 * The words of an entry of the path, whatever it is: a message (loaded when its row is there), a reply as it is written, what is on its
 * way; empty until they are known. For rows that show text alone; `useMessage` and `useReply` give all parts.
 */
export function useEntryText(conversation: string, entry: PathEntry): string {
  const { replies } = useOpened();
  const { message, error } = useMessage(conversation, entry.kind === 'message' ? entry.header : undefined);
  const reply = entry.kind === 'reply' ? entry.key : undefined;
  const subscribe = useCallback(
    (listener: () => void) => (reply === undefined ? () => {} : replies.watch(conversation, reply, listener)),
    [replies, conversation, reply],
  );
  const live = useSyncExternalStore(subscribe, () =>
    reply === undefined ? undefined : replies.peek(conversation, reply),
  );
  if (entry.kind === 'pending') return entry.pending.text;
  return message ? textOf(message.parts) : (error ?? textOf(live?.parts ?? []));
}

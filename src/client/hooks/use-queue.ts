import { useRef, useSyncExternalStore } from 'react';
import type { PendingSend } from '../types.ts';
import { useBough } from './context.tsx';

/** The own sends of one conversation that stand in its thread; the same array while they are the same. */
export function useOwnSends(conversation: string): readonly PendingSend[] {
  return usePending(conversation, isInThread);
}

/** The same with what begins an aside, which hangs beside the thread. */
export function useAllSends(conversation: string): readonly PendingSend[] {
  return usePending(conversation, isSent);
}

/**
 * What is in the queue of one conversation, oldest first; the same array while it is the same.
 * @param aside its first message: what is said in it. Default: what is said in the conversation
 */
export function useQueue(conversation: string | undefined, aside?: string): readonly PendingSend[] {
  return usePending(conversation, (send) => isQueued(send) && send.inAside === aside);
}

const isQueued = ({ state }: PendingSend) => state === 'held' || state === 'stalled';
const isSent = (send: PendingSend) => !isQueued(send);
const isInThread = (send: PendingSend) => isSent(send) && send.origin !== 'aside';

function usePending(
  conversation: string | undefined,
  counts: (send: PendingSend) => boolean,
): readonly PendingSend[] {
  const { outbox } = useBough();
  const all = useSyncExternalStore(outbox.pending.subscribe, outbox.pending.get);
  const own = all.filter((send) => send.conversation === conversation && counts(send));
  const before = useRef(own);
  const same =
    own.length === before.current.length && own.every((send, index) => send === before.current[index]);
  if (!same) before.current = own;
  return before.current;
}

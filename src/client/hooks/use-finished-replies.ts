import { useEffect, useRef } from 'react';
import type { FinishedReply } from '../types.ts';
import { useBough } from './context.tsx';

/** Calls `onEnd` once for each reply of the conversation that ends while this is mounted; not for those that ended before. */
export function useFinishedReplies(conversation: string, onEnd: (reply: FinishedReply) => void): void {
  const { outlines } = useBough();
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(
    () => outlines.onFinished(conversation, (reply) => latest.current(reply)),
    [outlines, conversation],
  );
}

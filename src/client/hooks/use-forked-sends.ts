import { useEffect, useRef } from 'react';
import type { PendingSend } from '../types.ts';
import { useBough } from './context.tsx';

/**
 * Calls `onForked` when a send of this tab was accepted, but on a branch of its own, because something else already
 * followed its parent (a stale send): the page says so.
 */
export function useForkedSends(conversation: string, onForked: (send: PendingSend) => void): void {
  const { outbox } = useBough();
  const latest = useRef(onForked);
  useEffect(() => {
    latest.current = onForked;
  });
  useEffect(
    () =>
      outbox.onPlaced((send, { forked }) => {
        const meant = send.of !== undefined || send.origin !== undefined;
        if (forked && !meant && send.conversation === conversation) latest.current(send);
      }),
    [outbox, conversation],
  );
}

import { useCallback, useRef } from 'react';
import type { ConversationView } from '../../client/types.ts';
import { requestMessage, useReading } from '../stores/reading.ts';

interface Selected {
  /** The message being read, if it is on the path, else the path's last; null in an empty conversation. */
  readonly selected: string | null;
  /**
   * Goes to a message: on the path the thread scrolls there, off it the path changes first. `at` is what is read from: the prompt,
   * where `message` is the reply to it. Default: the message.
   */
  readonly goTo: (message: string, at?: string) => void;
}

/** The one selected message of the page, the same in the thread and in the tree. */
export function useSelected(view: ConversationView, switchTo: (message: string) => void): Selected {
  const { id, path } = view;
  const reading = useReading(id);
  const latest = useRef(path);
  latest.current = path;
  const goTo = useCallback(
    (message: string, at = message) => {
      if (!latest.current.some(({ key }) => key === message)) switchTo(message);
      requestMessage(id, at);
    },
    [id, switchTo],
  );
  const known = path.findLast(({ kind }) => kind !== 'pending');
  const onPath = reading !== undefined && path.some(({ key, kind }) => key === reading && kind !== 'pending');
  return { selected: onPath ? reading : (known?.key ?? null), goTo };
}

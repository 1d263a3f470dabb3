import { useCallback, useEffect, useRef } from 'react';
import type { ConversationView, PathEntry } from '../../../client/types.ts';
import { type HistoryPlace, jumpTo, leavePlace } from '../../stores/place.ts';
import { requestMessage, useReading } from '../../stores/reading.ts';

interface Selected {
  /** The message being read, if it is on the path, else the path's last; null in an empty conversation. */
  readonly selected: string | null;
  /**
   * Goes to a message: on the path the thread scrolls there, off it the path changes first. `at` is what is read from: the prompt,
   * where `message` is the reply to it. Default: the message. Back leads to where the reader was.
   */
  readonly goTo: (message: string, at?: string) => void;
  /** The same for the thread itself, which sees to where it is in the window. */
  readonly jump: (message: string) => void;
  /** Shows what was just made: no jump, Back leads past it. */
  readonly show: (message: string) => void;
}

/** The one selected message of the page, the same in the thread and in the tree, and the ways to others. */
export function useSelected(view: ConversationView, switchTo: (message: string) => void): Selected {
  const { id, path } = view;
  const reading = useReading(id);
  const known = path.findLast(isRead);
  const at = path.findIndex(({ key }) => key === reading);
  const selected = path.slice(0, at + 1).findLast(isRead)?.key ?? known?.key ?? null;
  const latest = useRef({ path, here: placeFrom(selected, known?.key) });
  latest.current = { path, here: placeFrom(selected, known?.key) };
  useLeftBySend(view);

  const goTo = useCallback(
    (message: string, at = message) => {
      const { path: shown, here } = latest.current;
      jumpTo(id, { through: message, at }, here);
      if (!shown.some(({ key }) => key === message)) switchTo(message);
      requestMessage(id, at);
    },
    [id, switchTo],
  );
  const jump = useCallback(
    (message: string) => {
      jumpTo(id, { through: message, at: message }, latest.current.here);
      switchTo(message);
    },
    [id, switchTo],
  );
  const show = useCallback(
    (message: string) => {
      leavePlace(id);
      switchTo(message);
    },
    [id, switchTo],
  );
  return { selected, goTo, jump, show };
}

/** What is on its way is nowhere in the tree yet; a system prompt is no message: above it one is at the message before. */
function isRead(entry: PathEntry): boolean {
  return entry.kind !== 'pending' && !(entry.kind === 'message' && entry.header.role === 'system');
}

function placeFrom(selected: string | null, end: string | undefined): HistoryPlace | undefined {
  return selected === null || end === undefined ? undefined : { through: end, at: selected };
}

/** Whatever the person says here goes on from the place: the address names it no more. */
function useLeftBySend({ id, path }: ConversationView): void {
  const last = path[path.length - 1];
  const sent = last?.kind === 'pending' ? last.key : undefined;
  useEffect(() => {
    if (sent !== undefined) leavePlace(id);
  }, [id, sent]);
}

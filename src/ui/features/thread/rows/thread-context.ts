import { createContext, useContext } from 'react';

import type { Row } from './rows.ts';

/** What rows need of their thread. Stable for as long as the conversation is. */
export interface ThreadContextValue {
  readonly conversation: string;
  /** What is written beside it is kept by this. Default: the conversation. */
  readonly draft?: string;
  /** The row before (-1) or after (+1), as it is now. Default: none. */
  readonly beside?: (row: Row, step: -1 | 1) => Row | undefined;
  /** Moves the focus to the message before (-1) or after (+1). */
  readonly focusBeside: (row: Row, step: -1 | 1) => void;
  /** Moves the focus to a message of this thread, also one that is not mounted. */
  readonly focusOn: (key: string, focus: FocusPlace) => void;
  /** Moves the focus to the fork above (-1) or below (+1). */
  readonly focusFork: (row: Row, step: -1 | 1) => void;
  /** Shows what was just made after the message `after` (null: at the start); the focus goes there. */
  readonly showMade: (id: string, after: string | null) => void;
  /** Shows another version that is there, the focus in the same place of it: a jump, which Back takes back. */
  readonly jumpToVersion: (id: string, focus: FocusPlace) => void;
  /** What is in it keeps its place from now on, where the thread was kept at its end; false: it was not. Default: it never is. */
  readonly leaveEnd?: () => boolean;
}

/** What in a message has the focus: the article itself, a button of its versions, or the box it is edited in. */
export type FocusPlace = 'article' | 'previous' | 'next' | 'edit';

export const ThreadContext = createContext<ThreadContextValue | null>(null);

export function useThread(): ThreadContextValue {
  const thread = useContext(ThreadContext);
  if (!thread) throw new Error('useThread needs a thread above it.');
  return thread;
}

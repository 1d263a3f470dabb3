import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ConversationView, PathEntry } from '../../../client/types.ts';
import { hasPosition } from '../../../tree/index.ts';
import { entryOf, selectedOn, tell, useWhereabouts } from '../../stores/whereabouts/index.ts';

/** What the path of a conversation's page is to go through. Its whereabouts begin and end with the page. */
export function usePathThrough(id: string): string | null {
  useLayoutEffect(() => {
    tell({ kind: 'opened', conversation: id, entry: entryOf(id) });
    return () => tell({ kind: 'closed' });
  }, [id]);
  return useWhereabouts(id, ({ through }) => through);
}

export interface PageReader {
  /** The message being read, if it is on the path, else the path's last; null in an empty conversation. */
  readonly selected: string | null;
  /** The address names a message that is not in this conversation. */
  readonly isLost: boolean;
  /**
   * Goes to a message: on the path the thread scrolls there, off it the path changes first. `at` is what is read from: the prompt,
   * where `message` is the reply to it. Default: the message. Back leads to where the reader was.
   */
  readonly goTo: (message: string, at?: string) => void;
  /** The same for the thread itself, which sees to where it is in the window. */
  readonly jump: (message: string) => void;
  /** Shows what was just made after the message `after` (null: at the start). */
  readonly made: (message: string, after: string | null) => void;
  /** Shows the path without what was hidden. */
  readonly withdraw: (to: string | null) => void;
  /** Stays where the reader is, whatever the address named. */
  readonly stay: () => void;
}

/** Where the reader of the page is, and the ways to elsewhere. */
export function useReader(view: ConversationView): PageReader {
  const { id } = view;
  const shown = useMemo(() => pathOf(view.path), [view.path]);
  useToldPath(view, shown);
  useToldSends(view);
  const reading = useWhereabouts(id, (state) => state.reading);
  const isLost = useWhereabouts(id, ({ mode }) => mode.kind === 'lost');
  const selected = useMemo(() => selectedOn(shown, reading), [shown, reading]);
  return { selected, isLost, ...WAYS };
}

const WAYS = {
  goTo: (message: string, at = message) =>
    tell({ kind: 'jumped', to: { through: message, at }, scroll: true }),
  jump: (message: string) => tell({ kind: 'jumped', to: { through: message, at: message }, scroll: false }),
  made: (message: string, after: string | null) => tell({ kind: 'made', message, after }),
  withdraw: (to: string | null) => tell({ kind: 'withdrew', to }),
  stay: () => tell({ kind: 'forgotten' }),
} as const;

function useToldPath(view: ConversationView, shown: ReturnType<typeof pathOf>): void {
  const { path, status, tree } = view;
  const isKnown = useCallback(
    (message: string) => {
      const { whole, messages, generations } = tree;
      return (whole?.messages ?? messages).has(message) || (whole?.generations ?? generations).has(message);
    },
    [tree],
  );
  useLayoutEffect(() => {
    const last = path[path.length - 1];
    const wordless = last?.kind === 'empty-end' ? last.key : null;
    tell({ kind: 'path', path: { ...shown, wordless, isReady: status === 'ready' }, isKnown });
  }, [path, shown, status, isKnown]);
}

/** Whatever the person says at the end of the path goes on from there; what was on its way when the page opened was said before. */
function useToldSends({ path }: ConversationView): void {
  const last = path[path.length - 1];
  const sent = last?.kind === 'pending' ? last.key : undefined;
  const isOpen = useRef(false);
  useEffect(() => {
    if (sent !== undefined && isOpen.current) tell({ kind: 'sent', message: sent });
    isOpen.current ||= last !== undefined;
  }, [sent, last]);
}

function pathOf(path: readonly PathEntry[]) {
  return { keys: path.map(({ key }) => key), read: path.filter(isRead).map(({ key }) => key) };
}

/** What is on its way is nowhere in the tree yet; a system prompt is no message: above it one is at the message before. */
function isRead(entry: PathEntry): boolean {
  return entry.kind !== 'pending' && !(entry.kind === 'message' && !hasPosition(entry.header));
}

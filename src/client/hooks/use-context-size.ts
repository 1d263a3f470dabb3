import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Message } from '../../protocol/index.ts';
import { type MessageHeader, type ModelRef, pathTo, type Tree } from '../../tree/index.ts';
import { type ContextSize, contextSize } from '../context-size.ts';
import { messageKey } from '../messages.ts';
import { useBough } from './context.tsx';

export interface ContextOf {
  /** Undefined: a chat that does not exist yet. */
  readonly conversation: string | undefined;
  readonly tree: Tree;
  /** What the question follows; null: nothing was said before. */
  readonly tip: string | null;
  readonly model: ModelRef | undefined;
}

/** What the model would read before the next question. Not in `index.ts`: it is loaded with the meter that shows it. */
export function useContextSize({ conversation = '', tree, tip, model }: ContextOf): ContextSize {
  const { messages, queryClient } = useBough();
  const subscribe = useCallback((listener: () => void) => messages.onLoaded(listener), [messages]);
  const headers = useMemo(() => headersTo(tree, tip), [tree, tip]);
  const read = () => {
    const message = (id: string) => queryClient.getQueryData<Message>(messageKey(conversation, id));
    const { tokens, estimated, unread } = contextSize({ headers, message, model });
    // One value that can be compared, so that only what changes it draws anew.
    return `${tokens} ${estimated} ${unread}`;
  };
  const [tokens, estimated, unread] = useSyncExternalStore(subscribe, read).split(' ');
  return { tokens: Number(tokens), estimated: estimated === 'true', unread: Number(unread) };
}

function headersTo(tree: Tree, tip: string | null): readonly MessageHeader[] {
  return pathTo(tree, tip).flatMap((id) => tree.messages.get(id) ?? []);
}

import { useMemo, useSyncExternalStore } from 'react';
import { type MessageHeader, type ModelRef, pathTo, type Tree } from '../../../tree/index.ts';
import { ContextMeter, type ContextSize } from '../../folds/context-size.ts';
import type { Messages } from '../../folds/messages.ts';
import { useOpened } from './use-opened.ts';

/** What would be sent to whom. */
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
  const { messages } = useOpened();
  const store = useMemo(
    () => storeOf(messages, { conversation, tree, tip, model }),
    [messages, conversation, tree, tip, model],
  );
  return useSyncExternalStore(store.subscribe, store.get);
}

type SizeStore = ReturnType<typeof sizeOf>;

/** Made last: a meter and a note beside it ask the same. */
const newest = new WeakMap<Messages, { readonly of: ContextOf; readonly store: SizeStore }>();

function storeOf(messages: Messages, of: ContextOf & { readonly conversation: string }): SizeStore {
  const { conversation, tree, tip, model } = of;
  const last = newest.get(messages);
  if (last && (Object.keys(of) as (keyof ContextOf)[]).every((name) => last.of[name] === of[name]))
    return last.store;
  const headers = pathTo(tree, tip).flatMap((id) => tree.messages.get(id) ?? []);
  const store = sizeOf(messages, conversation, headers, model);
  newest.set(messages, { of, store });
  return store;
}

/** The size as a store: the same object until another number is in it. */
function sizeOf(
  messages: Messages,
  conversation: string,
  headers: readonly MessageHeader[],
  model: ModelRef | undefined,
) {
  const there = messages.loaded(conversation);
  const meter = new ContextMeter({ headers, model, message: (id) => there.get(id) });
  const listeners = new Set<() => void>();
  let size = meter.size;
  const look = () => {
    const { tokens, unread } = meter.size;
    if (tokens === size.tokens && unread === size.unread) return false;
    size = meter.size;
    return true;
  };
  const follow = () => {
    // What was loaded before anybody listened.
    for (const message of messages.loaded(conversation).values()) meter.loaded(message);
    look();
    return messages.onLoaded((of, message) => {
      if (of !== conversation) return;
      meter.loaded(message);
      if (look()) for (const listener of [...listeners]) listener();
    });
  };
  let stop = () => {};
  return {
    get: () => size,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (listeners.size === 1) stop = follow();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
  };
}

/** Where the replies to a message are shown side by side. For the moment: left behind with the page. */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

interface SideBySideState {
  readonly prompts: ReadonlySet<string>;
  /** Those of them and all that were shown so before. */
  readonly seen: ReadonlySet<string>;
  /** The first of replies that were just asked for and have not been shown yet. */
  readonly fresh?: string | undefined;
}

const useStore = create<SideBySideState>()(() => ({ prompts: new Set(), seen: new Set() }));

/** Renders anew only when the replies to this message are shown in the other way. */
export function useSideBySide(prompt: string | null): boolean {
  return useStore(({ prompts }) => prompt !== null && prompts.has(prompt));
}

/** All messages whose replies are shown so, or were: that they fork was seen. */
export function useSeenSideBySide(): ReadonlySet<string> {
  return useStore(({ seen }) => seen);
}

export function showSideBySide(prompt: string, shown: boolean): void {
  useStore.setState(({ prompts, seen }) => {
    const others = [...prompts].filter((other) => other !== prompt);
    if (!shown) return { prompts: new Set(others) };
    return {
      prompts: new Set([...others, prompt]),
      seen: seen.has(prompt) ? seen : new Set([...seen, prompt]),
    };
  });
}

/** The same for replies that were just asked for, `first` and others: they come into sight, whatever stood there. */
export function showNewBeside(prompt: string, first: string): void {
  showSideBySide(prompt, true);
  useStore.setState({ fresh: first });
}

export const seenSideBySide = (): ReadonlySet<string> => useStore.getState().seen;

/** Calls `show` once where `key` is the first of new replies; it waits for as long as these are nowhere on the page. */
export function useNewBeside(key: string, show: () => void): void {
  const isFresh = useStore(({ fresh }) => fresh === key);
  const run = useEffectEvent(show);
  useEffect(() => {
    if (!isFresh) return;
    useStore.setState({ fresh: undefined });
    run();
  }, [isFresh]);
}

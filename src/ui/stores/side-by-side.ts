/** Where the replies to a message are shown side by side. For the moment: left behind with the page. */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

interface SideBySideState {
  readonly prompts: ReadonlySet<string>;
  /** The first of replies that were just asked for and have not been shown yet. */
  readonly fresh?: string | undefined;
}

const useStore = create<SideBySideState>()(() => ({ prompts: new Set() }));

/** Renders anew only when the replies to this message are shown in the other way. */
export function useSideBySide(prompt: string | null): boolean {
  return useStore(({ prompts }) => prompt !== null && prompts.has(prompt));
}

/** All messages whose replies are shown so. */
export function useAllSideBySide(): ReadonlySet<string> {
  return useStore(({ prompts }) => prompts);
}

export function showSideBySide(prompt: string, shown: boolean): void {
  useStore.setState(({ prompts }) => {
    const others = [...prompts].filter((other) => other !== prompt);
    return { prompts: new Set(shown ? [...others, prompt] : others) };
  });
}

/** The same for replies that were just asked for, `first` and others: they come into sight, whatever stood there. */
export function showNewBeside(prompt: string, first: string): void {
  showSideBySide(prompt, true);
  useStore.setState({ fresh: first });
}

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

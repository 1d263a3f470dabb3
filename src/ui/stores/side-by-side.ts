/** Where the replies to a message are shown side by side. For the moment: left behind with the page. */
import { create } from 'zustand';

const useStore = create<{ readonly prompts: ReadonlySet<string> }>()(() => ({ prompts: new Set() }));

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

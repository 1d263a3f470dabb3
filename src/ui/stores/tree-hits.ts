/** Messages to mark in the tree at every zoom: what was found, and which of them is looked at. */
import { create } from 'zustand';

export type TreeHits = ReadonlyMap<string, 'hit' | 'current'>;

const none: TreeHits = new Map();

const useStore = create<{ readonly conversation?: string; readonly hits: TreeHits }>()(() => ({
  hits: none,
}));

export function useTreeHits(conversation: string): TreeHits {
  return useStore((state) => (state.conversation === conversation ? state.hits : none));
}

/** Marks these messages of a conversation, and no others; an empty map takes the marks away. */
export function markInTree(conversation: string, hits: TreeHits): void {
  useStore.setState({ conversation, hits });
}

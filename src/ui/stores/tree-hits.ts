/** What was found in a conversation: messages to mark in the tree at every zoom, which of them is looked at, and where its words are. */
import { create } from 'zustand';

export type TreeHits = ReadonlyMap<string, 'hit' | 'current'>;

/** The words that are looked for, in a text. */
export interface SoughtWords {
  /** Whether it holds the one by which hits are shown. */
  readonly isShownIn: (text: string) => boolean;
  /** At how many places it holds any of them. */
  readonly countIn: (text: string) => number;
}

const none: TreeHits = new Map();
const nothing: SoughtWords = { isShownIn: () => false, countIn: () => 0 };

interface MarkedHits {
  readonly conversation?: string;
  readonly hits: TreeHits;
  readonly words: SoughtWords;
}

const useStore = create<MarkedHits>()(() => ({ hits: none, words: nothing }));

export function useTreeHits(conversation: string): TreeHits {
  return useStore((state) => (state.conversation === conversation ? state.hits : none));
}

/** The first of the parts of a message that holds what is shown of the hit, while that message is the hit one is at. */
export function useShownPart<Part>(
  message: string,
  parts: readonly Part[],
  textOf: (part: Part) => string,
): Part | undefined {
  return useStore(({ hits, words }) =>
    hits.get(message) === 'current' ? parts.find((part) => words.isShownIn(textOf(part))) : undefined,
  );
}

/** At how many places a text of a message holds what is looked for, while that message is the hit one is at. */
export function useHitsIn(message: string | undefined, text: string | undefined): number {
  return useStore(({ hits, words }) =>
    message !== undefined && text !== undefined && hits.get(message) === 'current' ? words.countIn(text) : 0,
  );
}

/** Marks these messages of a conversation, and no others; an empty map takes the marks away. */
export function markInTree(conversation: string, hits: TreeHits, words: SoughtWords = nothing): void {
  useStore.setState({ conversation, hits, words });
}

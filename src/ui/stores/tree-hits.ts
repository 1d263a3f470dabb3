/** What was found in a conversation: messages to mark in the tree at every zoom, which of them is looked at, and where its words are. */
import { create } from 'zustand';

export type TreeHits = ReadonlyMap<string, 'hit' | 'current'>;

/** Whether all words that are looked for stand in a text. */
type IsIn = (text: string) => boolean;

const none: TreeHits = new Map();
const nowhere: IsIn = () => false;

interface MarkedHits {
  readonly conversation?: string;
  readonly hits: TreeHits;
  readonly isIn: IsIn;
}

const useStore = create<MarkedHits>()(() => ({ hits: none, isIn: nowhere }));

export function useTreeHits(conversation: string): TreeHits {
  return useStore((state) => (state.conversation === conversation ? state.hits : none));
}

/** Whether a text of a message holds all the words that are looked for, while that message is the hit one is at. */
export function useIsSought(message: string | undefined, text: string | undefined): boolean {
  return useStore(
    ({ hits, isIn }) =>
      message !== undefined && text !== undefined && hits.get(message) === 'current' && isIn(text),
  );
}

/** Marks these messages of a conversation, and no others; an empty map takes the marks away. */
export function markInTree(conversation: string, hits: TreeHits, isIn: IsIn = nowhere): void {
  useStore.setState({ conversation, hits, isIn });
}

import { createContext, use } from 'react';

/** What cards need of the diagram they stand in. Changes only with the structure, never with live text. */
export interface Explorer {
  readonly conversation: string;
  /** Shows the path through a message in the thread; `at` is where to read from. */
  readonly goTo: (message: string, at?: string) => void;
  /** Unfolds a run; `card` stays where it is on the screen. */
  readonly unfold: (run: string, card: string) => void;
}

export const ExplorerContext = createContext<Explorer>({
  conversation: '',
  goTo: () => {},
  unfold: () => {},
});

export const useExplorer = (): Explorer => use(ExplorerContext);

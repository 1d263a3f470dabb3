import { createContext, type MouseEvent, use } from 'react';
import type { Chosen } from '../../../../tree/index.ts';
import type { Scene } from '../scene/scene.ts';

/** What cards need of the diagram they stand in. Changes only with the structure, never with live text. */
export interface Explorer {
  readonly conversation: string;
  /** Shows the path through a message in the thread; `at` is where to read from. */
  readonly goTo: (message: string, at?: string) => void;
  /** The first words of a message; empty while it is being written. */
  readonly previewOf: (message: string) => string;
  /** The scene that is shown, for what is made of it only when it is asked for. */
  readonly sceneNow: () => Scene;
  /** Unfolds a run, or as `how` says; `card` stays where it is on the screen. Default: `unfolded`. */
  readonly unfold: (run: string, card: string, how?: Chosen) => void;
}

export const ExplorerContext = createContext<Explorer>({
  conversation: '',
  goTo: () => {},
  previewOf: () => '',
  sceneNow: () => {
    throw new Error('There is no diagram here');
  },
  unfold: () => {},
});

export const useExplorer = (): Explorer => use(ExplorerContext);

/** Not on a button or a link of the card, nor in what opened above it. */
export const isOwn = ({ target, currentTarget }: MouseEvent): boolean =>
  target instanceof Element &&
  currentTarget.contains(target) &&
  target.closest('button, a, label, input, [role="menu"]') === null;

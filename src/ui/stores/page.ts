/** The conversation on the page, for what stands outside its panes: find, palette, menus. Set by the page itself, gone with it. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ConversationView } from '../../client/types.ts';
import type { ModelRef } from '../../tree/index.ts';
import type { CardActs } from '../features/explorer/cards/card-acts.ts';

export interface OpenPage {
  readonly view: ConversationView;
  /** Nothing may be changed: signed in for reading only. */
  readonly readOnly: boolean;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** The model that is asked next; undefined where none can be. */
  readonly model: ModelRef | undefined;
  /** Chosen since the last reply was asked for (decision 0067). */
  readonly chosen: ModelRef | undefined;
  /** Goes to a message, `at` being where to read from, on a phone into the chat. */
  readonly goTo: (message: string, at?: string) => void;
  /** Edit, Regenerate, Stop and Fork, as from a card. */
  readonly acts: CardActs;
  /** Shows the path through a message without going there: it was just made. Null: wherever the view was. */
  readonly show: (message: string | null) => void;
}

const useStore = create<{ readonly page?: OpenPage | undefined }>()(() => ({}));

export function usePage(): OpenPage | undefined {
  return useStore(({ page }) => page);
}

export function currentPage(): OpenPage | undefined {
  return useStore.getState().page;
}

/** Makes `page` the one on the screen for as long as it is mounted. */
export function useAsPage(page: OpenPage): void {
  useEffect(() => useStore.setState({ page }), [page]);
  useEffect(() => () => useStore.setState({ page: undefined }), []);
}

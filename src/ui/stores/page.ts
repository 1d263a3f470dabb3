/** The conversation on the page, for all that stands in and around it: buttons, menus, find, palette. Set by the page itself, gone with it. */
import { useLayoutEffect } from 'react';
import { create } from 'zustand';
import type { Actions, ConversationView } from '../../client/types.ts';
import type { Model } from '../../protocol/index.ts';
import type { ModelRef } from '../../tree/index.ts';

export interface OpenPage {
  readonly view: ConversationView;
  readonly client: Actions;
  /** Nothing may be changed: signed in for reading only. */
  readonly readOnly: boolean;
  /** The message the reader is at. */
  readonly selected: string | null;
  /** The model that is asked next; undefined where none can be. */
  readonly model: ModelRef | undefined;
  /** Chosen since the last reply was asked for (decision 0067). */
  readonly chosen: ModelRef | undefined;
  /** Whether none of our sources ever served a model. Default: one may. */
  readonly isElsewhere?: (model: ModelRef) => boolean;
  /** What a model is called. */
  readonly nameOf: (model: ModelRef) => string;
  /** What is known of a model that is an agent. Default: nothing. */
  readonly agentOf?: (model: ModelRef) => Model['agent'];
  /** Goes to a message, `at` being where to read from, on a phone into the chat. */
  readonly goTo: (message: string, at?: string) => void;
  /** Shows the path through what was just made after the message `after` (null: at the start). */
  readonly made: (message: string, after: string | null) => void;
  /** Shows the path to a message, what was below it being hidden. Null: wherever the view was. */
  readonly withdraw: (to: string | null) => void;
}

/** What one can look through before all of its tree is there; `goTo` goes once it is. */
export type PageToFind = Pick<OpenPage, 'view' | 'selected' | 'goTo'>;

interface PageState {
  readonly page?: OpenPage | undefined;
  /** The page of which only the end of the path is there yet. */
  readonly coming?: PageToFind | undefined;
}

const useStore = create<PageState>()(() => ({}));

export function usePage(): OpenPage | undefined {
  return useStore(({ page }) => page);
}

/** What `of` says of the page; renders anew only when that changes. It should be a string, a number or the like. */
export function useOfPage<T>(of: (page: OpenPage | undefined) => T): T {
  return useStore(({ page }) => of(page));
}

export function usePageToFind(): PageToFind | undefined {
  return useStore(({ page, coming }) => page ?? coming);
}

/** The rest of its tree is on its way: what can wait for it need not be refused. */
export function isPageComing(): boolean {
  return useStore.getState().coming !== undefined;
}

/** The conversation on the page, also while the rest of its tree is on its way. */
export function currentConversation(): string | undefined {
  const { page, coming } = useStore.getState();
  return (page ?? coming)?.view.id;
}

export function currentPage(): OpenPage | undefined {
  return useStore.getState().page;
}

/** Makes `page` the one on the screen for as long as it is mounted. Undefined: nothing can be done with it yet. */
export function useAsPage(page: OpenPage | undefined, coming?: PageToFind): void {
  // Before the browser paints: buttons say what they do now.
  useLayoutEffect(() => useStore.setState({ page, coming }), [page, coming]);
  useLayoutEffect(() => () => useStore.setState({ page: undefined, coming: undefined }), []);
}

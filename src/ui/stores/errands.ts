/**
 * What one part of the page wants of another that has the state for it: the focus, an editor, the tree, a menu of the list. It waits until
 * the part that can do it is there, so "focus the message box" works although the page that holds it is still to come. There is one at
 * a time: a later errand takes the place of one that nobody did.
 */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

export type ErrandName =
  /** The focus goes there. `message`: to the message `of`, if it was in the thread; `columns`: to the replies to `of`, side by side. */
  | 'composer'
  | 'last-message'
  | 'aside'
  | 'sidebar-toggle'
  | 'message'
  | 'columns'
  /** Has the words of the last reply read by a screen reader. */
  | 'read-reply'
  /** Opens the editor of the message `of`. */
  | 'edit'
  /** Of the tree. `fold`: fold or unfold where the message `of` is. */
  | 'fold'
  | 'unfold-everything'
  | 'fold-again'
  | 'centre'
  | 'next'
  | 'fit'
  | 'fork-above'
  | 'fork-below'
  | 'other-branch'
  | 'live'
  /** The title of the conversation on the page becomes a field. */
  | 'title'
  /** Of the list. `of`: the conversation. */
  | 'rename'
  | 'archived'
  /** Shows the list that is not archived, and in it the folder `of`, which gets the focus. */
  | 'folder'
  | 'folder-row'
  /** Of the message box. */
  | 'attach'
  | 'context';

interface Errand {
  readonly name: ErrandName;
  readonly of: string;
}

const useStore = create<{ readonly errand?: Errand }>()(() => ({}));

export function ask(name: ErrandName, of = ''): void {
  useStore.setState({ errand: { name, of } }, true);
}

/**
 * Does errands of that name, those for one message or conversation only where `of` says so. `run` says false where it cannot yet: it
 * is asked again with the next render. Undefined: not now, and the errand waits.
 */
export function useErrand(name: ErrandName, run: ((of: string) => unknown) | undefined, of?: string): void {
  const errand = useStore((state) =>
    state.errand?.name === name && (of === undefined || state.errand.of === of) ? state.errand : undefined,
  );
  const attempt = useEffectEvent((wanted: Errand) => {
    // What it does may ask for the next.
    if (run && run(wanted.of) !== false && useStore.getState().errand === wanted) useStore.setState({}, true);
  });
  useEffect(() => {
    if (errand) attempt(errand);
  });
}

/**
 * What one part of the page asks of another that has the state for it: the palette of the tree, a menu of the list. A wish waits until
 * the part that can do it is mounted; a later wish takes the place of one that nobody did.
 */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

export type Wish =
  /** Of the tree. `fold`: fold or unfold where the message `of` is. */
  | 'fold'
  | 'unfold-everything'
  | 'fold-again'
  | 'centre'
  | 'fit'
  | 'fork-above'
  | 'fork-below'
  | 'other-branch'
  | 'live'
  /** Of the list. `of`: the conversation. */
  | 'rename'
  | 'archived'
  /** Of the message box. */
  | 'attach'
  | 'context';

interface Wished {
  readonly wish?: { readonly name: Wish; readonly of: string };
}

const useStore = create<Wished>()(() => ({}));

export function wish(name: Wish, of = ''): void {
  useStore.setState({ wish: { name, of } }, true);
}

/** Does what is wished for under `name`, once. Undefined: not now, and the wish waits. */
export function useWish(name: Wish, run: ((of: string) => void) | undefined): void {
  const wanted = useStore((state) => (state.wish?.name === name ? state.wish : undefined));
  const ready = run !== undefined;
  const grant = useEffectEvent((of: string) => run?.(of));
  useEffect(() => {
    if (!wanted || !ready) return;
    useStore.setState({}, true);
    grant(wanted.of);
  }, [wanted, ready]);
}

/**
 * Where the focus should go next, asked for by one part of the page and done by another. A request waits until its target is there,
 * so "focus the message box" works although the page that holds it is still to come.
 */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

export type FocusTarget = 'composer' | 'last-message' | 'sidebar-toggle';

const useRequest = create<{ readonly target?: FocusTarget }>()(() => ({}));

export function requestFocus(target: FocusTarget): void {
  useRequest.setState({ target }, true);
}

/** Does requests for `target`: `focus` moves the focus and says whether it could; until it can, the request waits. */
export function useFocusRequest(target: FocusTarget, focus: () => boolean): void {
  const wanted = useRequest((state) => state.target === target);
  const attempt = useEffectEvent(() => {
    if (wanted && focus()) useRequest.setState({}, true);
  });
  useEffect(() => {
    if (wanted) attempt();
  });
}

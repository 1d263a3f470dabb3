import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/**
 * One row of the list is in the tab order: the one last focused, else the open conversation, else the first. `focus` moves there,
 * also to a row that is mounted only with the next render.
 */
export function useRowFocus(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  current: string | undefined,
) {
  const [last, setLast] = useState<string>();
  const wanted = useRef<string>(undefined);
  const known = (id: string | undefined) => (id !== undefined && ids.includes(id) ? id : undefined);
  const tabbable = known(last) ?? known(current) ?? ids[0];

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-conversation="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const [, render] = useState(0);
  const focus = useCallback((id: string) => {
    wanted.current = id;
    setLast(id);
    render((n) => n + 1);
  }, []);
  return { tabbable, focus, onFocus: setLast };
}

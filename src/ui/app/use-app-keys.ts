import { useEffect, useEffectEvent } from 'react';
import { useAccess, useActions } from '../../client/hooks/index.ts';
import { perform, possibleFor } from '../actions/action.ts';
import { pageActionOfKey } from '../actions/page/anywhere.ts';
import { currentPage } from '../stores/page.ts';

/** The keys that act wherever the focus is. What a dialog or a field has taken is theirs; what cannot be done now is the browser's. */
export function useAppKeys(): void {
  const { readOnly } = useAccess();
  const client = useActions();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const action = event.defaultPrevented ? undefined : pageActionOfKey(event);
    const on = { page: currentPage(), client, readOnly };
    if (!action || possibleFor(action, on) !== true) return;
    event.preventDefault();
    void perform(action, on, '');
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

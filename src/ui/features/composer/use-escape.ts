import { useEffect, useEffectEvent } from 'react';
import { isComposing } from '../../components/index.ts';

/**
 * Esc does `act`, if there is something to do, unless something nearer took it (it then prevents the default): IME, menu, dialog, find,
 * edit.
 */
export function useEscape(act: (() => void) | undefined): void {
  const latest = useEffectEvent(() => act?.());
  const possible = act !== undefined;
  useEffect(() => {
    if (!possible) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
      if (document.querySelector('dialog[open], [data-find]')) return;
      event.preventDefault();
      latest();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [possible]);
}

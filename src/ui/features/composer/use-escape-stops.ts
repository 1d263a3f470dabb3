import { useEffect, useEffectEvent } from 'react';
import { isComposing } from '../../components/index.ts';

/** Esc stops the reply, unless something nearer took it (it then prevents the default): IME, menu, dialog, find, edit. */
export function useEscapeStops(live: boolean, stop: () => void): void {
  const act = useEffectEvent(stop);
  useEffect(() => {
    if (!live) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [live]);
}

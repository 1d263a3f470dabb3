import { useEffect } from 'react';
import { openTool } from '../../stores/tools.ts';

const ACTS: Readonly<Record<string, string>> = { s: 'star', l: 'label', Delete: 'prune' };

/** Keys of a focused message of the thread for what its menu does; those of the thread itself come first. */
export function useMessageKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event;
      const act = ACTS[key];
      if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
        return;
      const row =
        target instanceof Element && target.matches('article')
          ? target.closest<HTMLElement>('[data-key]')
          : null;
      const message = row?.dataset.key;
      if (message === undefined) return;
      event.preventDefault();
      openTool({ kind: 'act', act, messages: [message] });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

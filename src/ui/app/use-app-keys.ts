import { useEffect } from 'react';
import { hasMod, inTextField } from '../components/index.ts';
import { startNewChat } from '../stores/new-chat.ts';
import { undoLast } from '../stores/undo.ts';

/** The keys that act wherever the focus is (docs/interface.md): new chat; undo, outside text fields only. */
export function useAppKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !hasMod(event)) return;
      const key = event.key.toLowerCase();
      if (key === 'o' && event.shiftKey) startNewChat();
      else if (key !== 'z' || event.shiftKey || inTextField(event.target) || !undoLast()) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

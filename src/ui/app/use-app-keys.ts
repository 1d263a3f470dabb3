import { useEffect } from 'react';
import { hasMod, inTextField } from '../components/index.ts';
import { startNewChat } from '../stores/new-chat.ts';
import { currentPage } from '../stores/page.ts';
import { openTool, showFind } from '../stores/tools.ts';
import { undoLast } from '../stores/undo.ts';
import { PAGE_KEYS, type PageKey } from './page-keys.ts';

/** The keys that act wherever the focus is. What a dialog or a field has taken is theirs. */
export function useAppKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const found = PAGE_KEYS.find((key) => fits(key, event));
      if (found && DO[found.id]()) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function fits({ key, shift = false, plain = false, outsideText }: PageKey, event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() !== key || (outsideText && inTextField(event.target))) return false;
  if (plain) return !event.ctrlKey && !event.metaKey;
  return hasMod(event) && event.shiftKey === shift;
}

/** Each says whether it did something; if not, the key is the browser's. */
const DO: Readonly<Record<PageKey['id'], () => boolean>> = {
  palette: () => did(() => openTool({ kind: 'palette' })),
  shortcuts: () => did(() => openTool({ kind: 'shortcuts' })),
  'new-chat': () => did(startNewChat),
  undo: undoLast,
  // Pressed again in its field it is the browser's own.
  find: () => {
    const field = document.querySelector<HTMLInputElement>('[data-find]');
    if (!field) return currentPage() !== undefined && did(() => showFind(true));
    return document.activeElement !== field && did(() => field.select());
  },
};

const did = (work: () => void): boolean => {
  work();
  return true;
};

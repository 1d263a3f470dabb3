/** Light, dark, or as the system says. `public/theme.js` does the same before the first paint; the two share the key. */
import { create } from 'zustand';
import { load, save } from './browser-storage.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'theme';

function chosen(): Theme {
  const value = load(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const useTheme = create<{ readonly theme: Theme }>()(() => ({ theme: chosen() }));

export function setTheme(theme: Theme): void {
  save(KEY, theme === 'system' ? undefined : theme);
  useTheme.setState({ theme });
}

/** The browser's own bars take the colour of the page. */
function paintBrowser(): void {
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute('content', paper);
}

/** Keeps the class of the document in step with the choice, the system and other tabs. Returns the way to stop. */
export function followTheme(): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = useTheme.getState();
    document.documentElement.classList.toggle('dark', theme === 'system' ? system.matches : theme === 'dark');
    paintBrowser();
  };
  const onStorage = () => useTheme.setState({ theme: chosen() });
  apply();
  system.addEventListener('change', apply);
  window.addEventListener('storage', onStorage);
  const unsubscribe = useTheme.subscribe(apply);
  return () => {
    system.removeEventListener('change', apply);
    window.removeEventListener('storage', onStorage);
    unsubscribe();
  };
}

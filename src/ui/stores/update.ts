/**
 * Whether the server has another page than this one: Bough was updated under an open tab, and code that is not loaded yet may be gone.
 * Part of the first load: it must be there when nothing else can be loaded.
 */
import { create } from 'zustand';

const useStore = create<{ readonly updated: boolean }>()(() => ({ updated: false }));
let asking: Promise<boolean> | undefined;

export const useUpdated = (): boolean => useStore(({ updated }) => updated);

/** Asks the server for its page, unless that is known or being asked. Resolves to whether it is another one; false where it does not answer. */
export function checkForUpdate(): Promise<boolean> {
  if (useStore.getState().updated) return Promise.resolve(true);
  asking ??= isAnother().finally(() => {
    asking = undefined;
  });
  return asking;
}

async function isAnother(): Promise<boolean> {
  const own = entryIn(document.documentElement.outerHTML);
  if (own === undefined) return false;
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    const theirs = response.ok ? entryIn(await response.text()) : undefined;
    const updated = theirs !== undefined && own !== theirs;
    if (updated) useStore.setState({ updated });
    return updated;
  } catch {
    return false;
  }
}

/** The script a page begins with: its name says what is in it. */
const entryIn = (html: string): string | undefined => /src="(\/assets\/index-[^"]+\.js)"/.exec(html)?.[1];

if (typeof window !== 'undefined')
  // Any code that could not be loaded, also where its absence is borne in silence.
  window.addEventListener('vite:preloadError', () => void checkForUpdate());

/** For tests. */
export function forgetUpdate(): void {
  useStore.setState({ updated: false });
}

/**
 * Whether the server has another page than this one: Bough was updated under an open tab, and code that is not loaded yet may be gone.
 * Part of the first load: it must be there when nothing else can be loaded.
 */
import { create } from 'zustand';

const useStore = create<{ readonly updated: boolean }>()(() => ({ updated: false }));
/** What the server has in place of this page; `away`: it does not answer. */
export type ServersPage = 'another' | 'same' | 'away';
let asking: Promise<ServersPage> | undefined;

export const useUpdated = (): boolean => useStore(({ updated }) => updated);

/** Asks the server for its page, unless that is known or being asked. Never rejects. */
export function checkForUpdate(): Promise<ServersPage> {
  if (useStore.getState().updated) return Promise.resolve('another');
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

async function ask(): Promise<ServersPage> {
  const own = entryIn(document.documentElement.outerHTML);
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    const theirs = response.ok ? entryIn(await response.text()) : undefined;
    const updated = own !== undefined && theirs !== undefined && own !== theirs;
    if (updated) useStore.setState({ updated });
    if (updated) return 'another';
    return response.status < 500 ? 'same' : 'away';
  } catch {
    return 'away';
  }
}

/** The script a page begins with: its name says what is in it. */
const entryIn = (html: string): string | undefined => /src="(\/assets\/index-[^"]+\.js)"/.exec(html)?.[1];

if (typeof window !== 'undefined')
  // Any code that could not be loaded, also where its absence is borne in silence.
  window.addEventListener('vite:preloadError', () => void checkForUpdate());

/**
 * What this browser keeps of what somebody wrote and read, and how it goes. Whatever is stored goes, also what is added to Bough later: only
 * the looks that were chosen here stay.
 */
import { endStorage, PREFIX } from './browser-storage.ts';

const UNSENT = 'bough.outbox/';
const DRAFT = /^bough:(?:draft|files|quotes):(.*)/;
const EDITS = `${PREFIX}edits`;
const LOOKS = new Set(
  ['theme', 'sidebar', 'read-replies', 'changes-beside', 'split-share', 'split-offer'].map(
    (key) => PREFIX + key,
  ),
);

export interface WrittenHere {
  /** Messages that were begun, in as many conversations, or are being edited. */
  readonly drafts: number;
  /** Messages that wait to be sent. */
  readonly unsent: number;
}

export function writtenHere(): WrittenHere {
  const keys = [...keysOf(localStorage), ...keysOf(sessionStorage)];
  const drafts = new Set(keys.flatMap((key) => DRAFT.exec(key)?.[1] ?? (key === EDITS ? [key] : [])));
  return { drafts: drafts.size, unsent: keys.filter((key) => key.startsWith(UNSENT)).length };
}

interface Clearing {
  /** Lets go of what was read (the client's own database). */
  readonly clearRead: (() => Promise<void>) | undefined;
  /** Drafts, edits and messages that wait to be sent stay. */
  readonly keepWritten: boolean;
}

/** Clears what is stored; who calls it loads the page anew, which must not write again what it has in memory. */
export async function clearBrowser({ clearRead, keepWritten }: Clearing): Promise<void> {
  await clearRead?.();
  endStorage();
  for (const storage of [localStorage, sessionStorage])
    for (const key of keysOf(storage)) {
      const isWritten = DRAFT.test(key) || key === EDITS || key.startsWith(UNSENT);
      if (!LOOKS.has(key) && !(keepWritten && isWritten)) storage.removeItem(key);
    }
}

/** Ours; none where the browser has no storage. */
function keysOf(storage: Storage): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX) || key.startsWith(UNSENT));
}

/** The caches of the page's service worker (public/sw.js). */
const PAGE = 'bough-page ';

const pageCaches = async (): Promise<string[]> =>
  'caches' in globalThis ? (await caches.keys()).filter((name) => name.startsWith(PAGE)) : [];

/** How many files of the page are kept; none where the browser has no caches. */
export async function countPageFiles(): Promise<number> {
  const counts = (await pageCaches()).map(async (name) => (await (await caches.open(name)).keys()).length);
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** They are kept again once the page was loaded from its server. */
export async function clearPageFiles(): Promise<void> {
  await Promise.all((await pageCaches()).map((name) => caches.delete(name)));
}

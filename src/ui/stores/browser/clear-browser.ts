/**
 * What this browser keeps of what somebody wrote and read, and how it goes. Whatever is stored goes, also what is added to Bough later: only
 * the looks that were chosen here stay.
 */
import { UNSENT_KEY } from '../../../client/outbox/stored-sends.ts';
import { newId } from '../../../protocol/index.ts';
import { FILES_KEY } from '../writing/attachments.ts';
import { DRAFT_KEY, flushDrafts } from '../writing/drafts.ts';
import { EDITS_KEY } from '../writing/edits.ts';
import { QUOTES_KEY } from '../writing/quotes.ts';
import { CLEARED, endStorage, PREFIX } from './browser-storage.ts';

/** Each is followed by the conversation. */
const DRAFTS = [DRAFT_KEY, FILES_KEY, QUOTES_KEY].map((key) => PREFIX + key);
const EDITS = PREFIX + EDITS_KEY;
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
  const keys = STORAGES.flatMap(keysOf);
  const drafts = new Set(keys.flatMap((key) => draftOf(key) ?? []));
  return { drafts: drafts.size, unsent: keys.filter((key) => key.startsWith(UNSENT_KEY)).length };
}

/** What a key holds the draft of; undefined: it holds none. */
function draftOf(key: string): string | undefined {
  if (key === EDITS) return key;
  const start = DRAFTS.find((one) => key.startsWith(one));
  return start === undefined ? undefined : key.slice(start.length);
}

interface Clearing {
  /** Lets go of what was read (the client's own database). */
  readonly clearRead: (() => Promise<void>) | undefined;
  /** Drafts, edits and messages that wait to be sent stay. */
  readonly keepWritten: boolean;
}

/** Clears what is stored; who calls it loads the page anew, which must not write again what it has in memory. Other tabs do the same. */
export async function clearBrowser({ clearRead, keepWritten }: Clearing): Promise<void> {
  await clearRead?.();
  clearStored(keepWritten);
  // Never the same twice: only a change is told.
  storageOf('localStorage')?.setItem(CLEARED, JSON.stringify({ keepWritten, id: newId() }));
}

/** In another tab of the browser, which told of it by the entry `CLEARED`. It shows nothing of it any more, and writes nothing of it again. */
export function clearedElsewhere(told: string): void {
  let keepWritten = false;
  try {
    keepWritten = JSON.parse(told).keepWritten === true;
  } catch {
    // As from nobody: nothing is kept.
  }
  // What was typed in the last moments is a draft like others.
  if (keepWritten) flushDrafts();
  clearStored(keepWritten);
  location.reload();
}

function clearStored(keepWritten: boolean): void {
  endStorage();
  for (const name of STORAGES)
    for (const key of keysOf(name)) {
      const isWritten = draftOf(key) !== undefined || key.startsWith(UNSENT_KEY);
      if (!LOOKS.has(key) && !(keepWritten && isWritten)) storageOf(name)?.removeItem(key);
    }
}

/** Ours; none where the browser has no storage. */
function keysOf(name: StorageName): string[] {
  const keys = Object.keys(storageOf(name) ?? {});
  return keys.filter((key) => key.startsWith(PREFIX) || key.startsWith(UNSENT_KEY));
}

const STORAGES = ['localStorage', 'sessionStorage'] as const;
type StorageName = (typeof STORAGES)[number];

/** Undefined where the browser forbids it: it then throws when it is touched. */
function storageOf(name: StorageName): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
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

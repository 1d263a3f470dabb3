/** What a person folded and unfolded, stored by conversation; the latest conversations only. */
import type { Chosen } from '../../../../tree/index.ts';
import { load, save } from '../../../stores/browser/browser-storage.ts';

const KEY = 'folding';
const CONVERSATIONS = 20;
const RUNS = 200;
const CHOICES: readonly unknown[] = ['folded', 'unfolded', 'opened'] satisfies Chosen[];

type StoredFolding = readonly (readonly [
  conversation: string,
  runs: readonly (readonly [string, Chosen])[],
])[];

export function loadFolding(conversation: string): ReadonlyMap<string, Chosen> {
  return new Map(read().find(([id]) => id === conversation)?.[1]);
}

/** Of more than 200 choices the latest are kept. */
export function saveFolding(conversation: string, chosen: ReadonlyMap<string, Chosen>): void {
  // What other tabs chose meanwhile stays.
  const others = read().filter(([id]) => id !== conversation);
  const own: StoredFolding = chosen.size === 0 ? [] : [[conversation, [...chosen].slice(-RUNS)]];
  const next = [...others, ...own].slice(-CONVERSATIONS);
  save(KEY, next.length === 0 ? undefined : next);
}

function read(): StoredFolding {
  const value = load(KEY);
  return Array.isArray(value) ? value.filter(isStored) : [];
}

function isStored(entry: unknown): entry is StoredFolding[number] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !Array.isArray(entry[1])) return false;
  return entry[1].every(
    (run: unknown) => Array.isArray(run) && typeof run[0] === 'string' && CHOICES.includes(run[1]),
  );
}

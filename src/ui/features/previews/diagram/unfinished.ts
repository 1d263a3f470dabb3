/**
 * Diagrams that were being drawn when the page came to its end without a word: one that never ends holds up the page in browsers that run
 * its frame with it, and would again with each reload. Kept by the tab.
 */
import { load, save } from '../../../stores/browser/browser-storage.ts';

const BEGUN = 'diagram-begun';
const UNFINISHED = 'diagrams-unfinished';
const KEPT = 20;
const TAB = { tab: true };

const listed = (): readonly unknown[] => {
  const list = load(UNFINISHED, TAB);
  return Array.isArray(list) ? list : [];
};

/** What was left from the page before is noted once; a page that ends in order leaves nothing. */
export function takeNote(): void {
  const left = load(BEGUN, TAB);
  if (typeof left === 'string') save(UNFINISHED, [...listed(), left].slice(-KEPT), TAB);
  begun(undefined);
  addEventListener('pagehide', () => begun(undefined));
}

/** The diagram that is being drawn now, or none. */
export function begun(text: string | undefined): void {
  save(BEGUN, text === undefined ? undefined : nameOf(text), TAB);
}

export const isUnfinished = (text: string): boolean => listed().includes(nameOf(text));

/** Short, and another for another text, as far as that matters here. */
function nameOf(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}-${hash}`;
}

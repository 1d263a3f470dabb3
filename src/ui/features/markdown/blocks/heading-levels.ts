import { createContext } from 'react';

/** The level of the first heading of a text: it and its equals stand right below the heading of the page. */
export const FirstHeading = createContext(1);

/** The level of the first heading among blocks; 1 if there is none. */
export function firstHeading(blocks: readonly string[]): number {
  for (const block of blocks) {
    const marks = /^ {0,3}(#{1,6})[ \t]/.exec(block)?.[1];
    if (marks) return marks.length;
    if (/^[^\n]+\n {0,3}(=+|-+)[ \t]*$/.test(block)) return block.trimEnd().endsWith('=') ? 1 : 2;
  }
  return 1;
}

/** The level of the page that a heading of level `level` gets: 2 for the first of a text, 6 at most. */
export function pageLevel(level: number, first: number): 2 | 3 | 4 | 5 | 6 {
  return Math.min(6, Math.max(2, level - first + 2)) as 2 | 3 | 4 | 5 | 6;
}

/** What is other in the words of two texts. Pure. */
import { diffWordsWithSpace } from 'diff';

export interface DiffPart {
  /** Its place among the parts: unlike that of any other. */
  readonly at: number;
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** Longest time a comparison may take, in ms. */
const TIMEOUT = 200;

/** Texts that have little in common, or are very long, come back as one part: a heap of marks says nothing. */
export function diffOf(before: string, after: string): readonly DiffPart[] {
  const parts = diffWordsWithSpace(before, after, { timeout: TIMEOUT });
  const kept =
    parts?.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.length), 0) ?? 0;
  const marked = parts && kept * 3 > after.length ? parts : [{ value: after, added: false, removed: false }];
  let at = 0;
  return marked.map(({ value, added = false, removed = false }) => {
    at += value.length + 1;
    return { at, value, added, removed };
  });
}

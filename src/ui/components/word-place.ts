/**
 * A place in what an element says, told by its words: found again when the same words are written otherwise, as markdown that was shown as it was
 * written and is formatted now. Letters and digits alone count.
 */
export interface WordPlace {
  /** All that the element says. */
  readonly text: string;
  /** Where in it, in UTF-16 code units. */
  readonly at: number;
}

/**
 * As many of the letters on one side tell a place from others; as many as there are. Of several that are the same the one with the most of the
 * letters on the other side, then the nearest: while a text is formatted, what is written otherwise above it moves it as far as anything.
 */
const LENGTHS = [40, 30, 24, 20, 16, 14, 12, 10, 8, 6, 4];
const AROUND = LENGTHS[0] as number;

const SIGNS = /[^\p{L}\p{N}]+/gu;
const lettersOf = (text: string): string => text.replace(SIGNS, '');

/** @param offset in `node`, which is in `element`: characters of a text, children of anything else */
export function wordPlace(element: Element, node: Node, offset: number): WordPlace {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return { text: element.textContent ?? '', at: range.toString().length };
}

/** Where the place is among the letters and digits of a text that says the same, nearest to where it was; of words that are gone as far on. Pure. */
export function placeAmong(letters: string, { text, at }: WordPlace, begins: boolean): number {
  const [before, after] = [lettersOf(text.slice(0, at)), lettersOf(text.slice(at))];
  const all = before.length + after.length;
  const about = all === 0 ? 0 : Math.round((before.length * letters.length) / all);
  const words = begins ? after.slice(0, AROUND) : before.slice(-AROUND);
  for (const length of LENGTHS) {
    const some = begins ? words.slice(0, length) : words.slice(-length);
    if (some.length < Math.min(length, words.length) || some === '') continue;
    const from = begins ? about : about - some.length;
    const agrees = begins
      ? (index: number) => sharedEnd(letters.slice(Math.max(0, index - ASIDE), index), before)
      : (index: number) =>
          sharedStart(letters.slice(index + some.length, index + some.length + ASIDE), after);
    const found = likeliest(letters, some, from, agrees);
    if (found !== undefined) return begins ? found : found + some.length;
  }
  return about;
}

/** How many of the letters on the other side are looked at. */
const ASIDE = 160;

function likeliest(
  letters: string,
  words: string,
  from: number,
  agrees: (index: number) => number,
): number | undefined {
  let best: { readonly index: number; readonly agreed: number } | undefined;
  for (let index = letters.indexOf(words); index >= 0; index = letters.indexOf(words, index + 1)) {
    const agreed = agrees(index);
    const isNearer = best !== undefined && Math.abs(index - from) < Math.abs(best.index - from);
    if (!best || agreed > best.agreed || (agreed === best.agreed && isNearer)) best = { index, agreed };
  }
  return best?.index;
}

function sharedStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

function sharedEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) n += 1;
  return n;
}

export interface TextPlace {
  readonly node: Text;
  readonly offset: number;
}

/** The text in which the place is now; `begins`: what begins there, not what ends there. Undefined where there are no words. */
export function findWordPlace(element: Element, place: WordPlace, begins: boolean): TextPlace | undefined {
  const letters = lettersOf(element.textContent ?? '');
  let left = placeAmong(letters, place, begins);
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let last: TextPlace | undefined;
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    const { length } = lettersOf(node.data);
    if (begins ? left < length : left <= length && length > 0)
      return { node, offset: offsetOf(node.data, left, begins) };
    left -= length;
    last = { node, offset: node.data.length };
  }
  return last;
}

/** Where the letter with `count` others before it begins, or where the last of `count` letters ends. */
function offsetOf(text: string, count: number, begins: boolean): number {
  let seen = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]/gu)) {
    if (begins && seen === count) return match.index;
    seen += match[0].length;
    if (!begins && seen >= count) return match.index + match[0].length;
  }
  return begins ? text.length : 0;
}

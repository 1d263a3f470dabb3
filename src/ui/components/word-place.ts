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

/** The letters at the place that have to be the same. */
const SEED = 4;
/** So many on each side tell it from others that begin so: while a text is formatted part by part, how far on it is says little. */
const ASIDE = 160;

const SIGNS = /[^\p{L}\p{N}]+/gu;
const lettersOf = (text: string): string => text.replace(SIGNS, '');

/** @param offset in `node`, which is in `element`: characters of a text, children of anything else */
export function wordPlace(element: Element, node: Node, offset: number): WordPlace {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return { text: element.textContent ?? '', at: range.toString().length };
}

/**
 * Where the place is among the letters and digits of a text that says the same: where most of those around it are, of several the nearest to
 * where it was; of words that are gone as far on. Pure.
 */
export function placeAmong(letters: string, { text, at }: WordPlace, begins: boolean): number {
  const [before, after] = [lettersOf(text.slice(0, at)), lettersOf(text.slice(at))];
  const all = before.length + after.length;
  const about = all === 0 ? 0 : Math.round((before.length * letters.length) / all);
  const seed = begins ? after.slice(0, SEED) : before.slice(-SEED);
  if (seed === '') return about;
  let best = { place: about, agreed: 0 };
  for (let index = letters.indexOf(seed); index >= 0; index = letters.indexOf(seed, index + 1)) {
    const place = begins ? index : index + seed.length;
    const agreed = sharedBefore(letters, place, before) + sharedAfter(letters, place, after);
    const isNearer = Math.abs(place - about) < Math.abs(best.place - about);
    if (agreed > best.agreed || (agreed === best.agreed && isNearer)) best = { place, agreed };
  }
  return best.place;
}

function sharedBefore(letters: string, place: number, before: string): number {
  const most = Math.min(place, before.length, ASIDE);
  let n = 0;
  while (n < most && letters[place - 1 - n] === before[before.length - 1 - n]) n += 1;
  return n;
}

function sharedAfter(letters: string, place: number, after: string): number {
  const most = Math.min(letters.length - place, after.length, ASIDE);
  let n = 0;
  while (n < most && letters[place + n] === after[n]) n += 1;
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

/** Where in a text as it was written a place is that was chosen in it as it is shown: without signs of formatting, addresses, alphabets of code. Pure. */

/** Letters to either side that are looked for together, the surest first. */
const AROUND: readonly (readonly [before: number, after: number])[] = [
  [40, 40],
  [16, 16],
  [0, 40],
  [40, 0],
  [8, 8],
  [0, 16],
  [16, 0],
];
/** Fewer are found anywhere. */
const LEAST = 6;

/**
 * The index in `source` before which the shown words `before` end and `after` begins; of several such places the one that has as much
 * before it. Undefined where the words are not in it. Costs about the length of the text.
 */
export function placeInText(source: string, before: string, after: string): number | undefined {
  const written = lettersOf(source);
  const [head, tail] = [lettersOf(before).letters, lettersOf(after).letters];
  for (const [more, less] of AROUND) {
    const left = head.slice(Math.max(0, head.length - more));
    const needle = (more === 0 ? '' : left) + tail.slice(0, less);
    const isAll = needle.length === head.length + tail.length;
    if (needle === '' || (needle.length < LEAST && !isAll)) continue;
    const at = nearest(written.letters, needle, head.length - (more === 0 ? 0 : left.length));
    if (at === undefined) continue;
    const place = at + (more === 0 ? 0 : left.length);
    const next = written.places[place];
    if (next !== undefined) return next;
    return source.length;
  }
  return undefined;
}

const LETTER = /[\p{L}\p{N}]/u;

/** What counts of a text, and where in it each unit of that stands. */
function lettersOf(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  let at = 0;
  for (const sign of text) {
    if (LETTER.test(sign)) {
      letters += sign;
      for (let unit = 0; unit < sign.length; unit += 1) places.push(at);
    }
    at += sign.length;
  }
  return { letters, places };
}

function nearest(letters: string, needle: string, wanted: number): number | undefined {
  let best: number | undefined;
  for (let at = letters.indexOf(needle); at >= 0; at = letters.indexOf(needle, at + 1)) {
    if (best !== undefined && Math.abs(at - wanted) > Math.abs(best - wanted)) break;
    best = at;
  }
  return best;
}

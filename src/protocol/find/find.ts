/**
 * Finding words in a conversation (docs/protocol.md, "Reads"): what the server answers, and how words are compared, the same on both
 * sides. Not part of `index.ts`: only what finds needs it. Pure.
 */
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';

export const FIND_PATH = '/api/find';
/** Hits of one answer that come with an excerpt. */
export const FIND_PAGE = 50;
/** The longest question, in characters. */
export const FIND_LIMIT = 200;

const count = z.int().check(z.nonnegative());

const hitSchema = z.object({
  id: idSchema,
  /** Some words around the first place, and where in them it was found: [start, end) in UTF-16 units. */
  excerpt: z.string(),
  marks: z.array(z.tuple([count, count])),
});
export type Hit = z.infer<typeof hitSchema>;

/** What `GET /api/find` answers. */
export const foundSchema = z.object({
  /** All messages found, in the order they came to be. */
  ids: z.array(idSchema),
  /** Those from `skip` on, at most `FIND_PAGE`. */
  hits: z.array(hitSchema),
});
export type Found = z.infer<typeof foundSchema>;

/** What to look for; what is absent does not matter. Times are ms since the epoch, `after` included, `before` not. */
export interface FindQuery {
  readonly words: string;
  readonly role?: 'user' | 'assistant' | 'system' | undefined;
  /** Name of the model that wrote it. */
  readonly model?: string | undefined;
  /** Label of a branch it is in. */
  readonly label?: string | undefined;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly starred?: boolean | undefined;
  /** Asides too. */
  readonly asides?: boolean | undefined;
}

/**
 * What is not compared: accents, points of Hebrew and Arabic (madda and hamza too), the tatweel that stretches words, and what is not
 * seen: soft hyphens, joiners, marks of direction.
 */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Signs and letters that are written in several ways, and the one they are compared as. */
const SAME: readonly (readonly [string, string])[] = [
  ['\u2018\u2019\u201a\u201b\u02bb\u02bc\u02b9\u2032\u00b4\u055a\uff07', "'"],
  ['\u201c\u201d\u201e\u201f\u2033\u301d\u301e\u301f\uff02', '"'],
  ['\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u058a\ufe58\ufe63\uff0d', '-'],
  ['\u0671\u0672\u0673\u0675', '\u0627'],
  ['\u0649\u06cc\u06cd\u06d0\u06d2', '\u064a'],
  ['\u06a9\u06aa\u06ac', '\u0643'],
  ['\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5', '\u0647'],
  ['\u03c2', '\u03c3'],
];
const ONE = new Map(SAME.flatMap(([many, one]) => [...many].map((each) => [each, one] as const)));
for (let digit = 0; digit < 10; digit += 1)
  for (const zero of [0x0660, 0x06f0]) ONE.set(String.fromCharCode(zero + digit), String(digit));
const MANY = new RegExp(`[${[...ONE.keys()].join('')}]`, 'g');

/**
 * Words as they are compared: without case, accents and vowel points; wide and narrow forms are the same, so are straight and curly
 * quotes, all hyphens, the forms and kinds of an Arabic letter, and Korean in syllables or in letters.
 */
export function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // Some signs are others and an accent once they are taken apart, so these go first: a prime, an acute accent.
  const taken = text.replace(MANY, one).normalize('NFKD').replace(MARKS, '').normalize('NFC');
  return taken.toLowerCase().replace(MANY, one);
}

const one = (sign: string): string => ONE.get(sign) ?? sign;

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII, all of it
const PLAIN = /^[\x00-\x7f]*$/;

/**
 * A question as what all must be there: words, and phrases in quotes ("…", “…”, «…», 「…」). Parts of words count, so that languages
 * without spaces are found as any other.
 */
export function termsOf(words: string): readonly string[] {
  const terms: string[] = [];
  for (const [, ...parts] of words.matchAll(
    /"([^"]+)"?|“([^”]+)”?|«([^»]+)»?|「([^」]+)」?|([^\s"“”«»「」]+)/g,
  )) {
    const term = folded(parts.find((part) => part !== undefined) ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (term !== '' && !terms.includes(term)) terms.push(term);
  }
  return terms;
}

/** Text as `hasAll` searches it: folded, on one line. */
export const searchable = (text: string): string => folded(text).replace(/\s+/g, ' ');

/** Whether a searchable text has all the terms. */
export function hasAll(text: string, terms: readonly string[]): boolean {
  return terms.every((term) => text.includes(term));
}

type TextRange = readonly [start: number, end: number];

/** Where a term is next, from `from` on. A space in it stands for any number of them, line ends included. */
function nextMatch(text: string, term: string, from: number): TextRange | undefined {
  if (!term.includes(' ')) {
    const at = text.indexOf(term, from);
    return at < 0 ? undefined : [at, at + term.length];
  }
  const phrase = new RegExp(term.split(' ').map(escaped).join('\\s+'), 'g');
  phrase.lastIndex = from;
  const match = phrase.exec(text);
  return match ? [match.index, match.index + match[0].length] : undefined;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Every place of every term in a text as it was written, in order, overlaps joined. At most `most`. */
export function rangesIn(text: string, terms: readonly string[], most = 500): readonly TextRange[] {
  const { fold, at } = mapped(text);
  const found = matchesIn(fold, terms, most).map(([start, end]): TextRange => [at(start), at(end)]);
  return joined(found).slice(0, most);
}

/** How many such places a text has, `most` at most: costs less than to say where they are. */
export function countIn(text: string, terms: readonly string[], most: number): number {
  return Math.min(most, joined(matchesIn(searchable(text), terms, most)).length);
}

/**
 * Where the terms stand closest together in a text as it was written, from the first of them through the last; of equals the first. Where not all
 * of them are there, the first place of the one that tells most; undefined where that is not there either.
 */
export function closestIn(text: string, terms: readonly string[]): TextRange | undefined {
  const { fold, at } = mapped(text);
  const telling = tellingTerm(terms);
  const found = closest(fold, terms) ?? (telling === undefined ? undefined : nextMatch(fold, telling, 0));
  return found && [at(found[0]), at(found[1])];
}

/** @param enough a place that is not longer is taken at once */
function closest(fold: string, terms: readonly string[], enough = 0): TextRange | undefined {
  const places = terms
    .flatMap((term) => matchesIn(fold, [term], Number.POSITIVE_INFINITY).map((place) => ({ term, place })))
    .sort((a, b) => a.place[0] - b.place[0]);
  const last = new Map<string, TextRange>();
  let best: TextRange | undefined;
  for (const { term, place } of places) {
    last.set(term, place);
    if (last.size < terms.length) continue;
    const held = [...last.values()];
    const from = Math.min(...held.map(([start]) => start));
    const to = Math.max(...held.map(([, end]) => end));
    if (!best || to - from < best[1] - best[0]) best = [from, to];
    if (best[1] - best[0] <= enough) return best;
  }
  return best;
}

/** Of each term `most` at most. */
function matchesIn(fold: string, terms: readonly string[], most: number): TextRange[] {
  const found: TextRange[] = [];
  for (const term of terms) {
    let place = nextMatch(fold, term, 0);
    for (let n = 0; place && n < most; n += 1) {
      found.push(place);
      place = nextMatch(fold, term, place[1]);
    }
  }
  return found;
}

function joined(ranges: readonly TextRange[]): TextRange[] {
  const out: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = out[out.length - 1];
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/** The folded text, and for each of its positions the one in the text. */
function mapped(text: string): { fold: string; at: (position: number) => number } {
  if (PLAIN.test(text)) return { fold: text.toLowerCase(), at: (position) => position };
  let fold = '';
  const places: number[] = [];
  let position = 0;
  for (const [together] of text.matchAll(TOGETHER)) {
    const part = folded(together);
    for (let unit = 0; unit < part.length; unit += 1) places.push(position);
    fold += part;
    position += together.length;
  }
  return { fold, at: (index) => places[index] ?? position };
}

/** A character with what is compared with it as one: its marks, the letters of a Korean syllable. */
const TOGETHER = /[\u1100-\u115f][\u1160-\u11ff\p{M}]*|[\s\S][\p{M}\uff9e\uff9f]*/gu;

const AROUND = 48;

/** Which of the words an excerpt shows: the longest says most ("customising" of "customising the oscar"). Undefined: there is none. */
export const tellingTerm = (terms: readonly string[]): string | undefined =>
  terms.reduce<string | undefined>(
    (most, term) => (term.length > (most?.length ?? 0) ? term : most),
    undefined,
  );

/**
 * Where in a searchable text several terms stand together closely enough for an excerpt, closest: one after the other is close enough.
 * Undefined: nowhere, or there is one term at most, whose places are all alike.
 */
function togetherIn(fold: string, terms: readonly string[]): TextRange | undefined {
  if (terms.length < 2) return undefined;
  const place = closest(fold, terms, oneAfterTheOther(terms));
  return place && place[1] - place[0] <= 2 * AROUND ? place : undefined;
}

const oneAfterTheOther = (terms: readonly string[]): number =>
  terms.reduce((sum, term) => sum + term.length + 1, -1);

/** Some words around the place where the terms stand closest together, else the first of the telling one: one line, cut where a word begins if one does nearby. */
export function excerptOf(text: string, terms: readonly string[]): Omit<Hit, 'id'> {
  const first = shownIn(text, terms);
  let from = Math.max(0, first[0] - AROUND);
  const space = text.slice(from, first[0]).search(/\s/);
  if (from > 0 && space >= 0 && space < AROUND / 2) from += space + 1;
  const cut = text.slice(from, first[1] + 2 * AROUND).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  const line = cut.replace(/\s/g, ' ');
  const excerpt = `${from > 0 ? '…' : ''}${line}${from + cut.length < text.length ? '…' : ''}`;
  return { excerpt, marks: rangesIn(excerpt, terms).map(([start, end]) => [start, end]) };
}

function shownIn(text: string, terms: readonly string[]): TextRange {
  const { fold, at } = mapped(text);
  const telling = tellingTerm(terms);
  const found = togetherIn(fold, terms) ?? (telling === undefined ? undefined : nextMatch(fold, telling, 0));
  return found ? [at(found[0]), at(found[1])] : [0, 0];
}

const NEAR = 512;

/** As `excerptOf`, for a text of any length: only what is around the place is folded sign by sign. */
export function excerptNear(text: string, terms: readonly string[]): Omit<Hit, 'id'> {
  const longest = Math.max(AROUND, ...terms.map((term) => term.length));
  // Marks and spaces are more in a text than in what it is folded to.
  const overlap = 2 * longest + AROUND;
  const best = new BestWindow(terms);
  for (let at = 0; at < text.length && !best.isFound; at += NEAR) {
    const from = Math.max(0, at - overlap);
    best.look(searchable(text.slice(from, at + NEAR + overlap)), from);
  }
  const { from } = best;
  if (from === undefined) return excerptOf(text.slice(0, 4 * AROUND), []);
  return excerptOf(text.slice(from, from + NEAR + 2 * overlap + 3 * AROUND), terms);
}

/** Which of the windows over a text an excerpt is made of: that with the terms closest together, else the first with the telling one. */
export class BestWindow {
  /** Where in the text it begins; undefined: none was looked at that has any. */
  from: number | undefined;
  /** None that comes can be better. */
  isFound = false;
  private readonly terms: readonly string[];
  private readonly telling: string | undefined;
  private span = Number.POSITIVE_INFINITY;

  constructor(terms: readonly string[]) {
    this.terms = terms;
    this.telling = tellingTerm(terms);
    if (this.telling === undefined) this.isFound = true;
  }

  /** @param fold a searchable window of the text, that begins at `from` in it */
  look(fold: string, from: number): void {
    const { terms, telling } = this;
    if (telling === undefined || !fold.includes(telling)) return;
    this.from ??= from;
    const place = togetherIn(fold, terms);
    const span = place ? place[1] - place[0] : Number.POSITIVE_INFINITY;
    if (span < this.span) {
      this.span = span;
      this.from = from;
    }
    this.isFound = terms.length < 2 || this.span <= oneAfterTheOther(terms);
  }
}

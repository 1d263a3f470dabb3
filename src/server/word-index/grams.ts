/**
 * What the index is asked (decision 0244). It knows which messages have three signs one after another, and of scripts without spaces which
 * have two; what it names is looked at again, so it may name too many and never too few. Pure.
 */
import { searchable } from '../../protocol/find/find.ts';

/** Stand for what is no text; three of them, or what follows them, are one entry. A text that has them is looked at again as any other. */
const FACT = '\ue000';
const numbered = (kind: string, number: number): string =>
  `${kind}${String.fromCharCode(0xe100 + Math.floor(number / 4096), 0xe100 + (number % 4096))}`;

/** Entries for what is asked besides words. */
export const facts = {
  role: (role: string): string => `${FACT}r${{ user: 'u', assistant: 'a', system: 's' }[role] ?? '-'}`,
  model: (number: number): string => numbered('\ue001', number),
  month: (time: number): string => numbered('\ue002', monthOf(time)),
  file: `${FACT}ff`,
  code: `${FACT}cc`,
};

const monthOf = (time: number): number => {
  const date = new Date(time);
  return Math.max(0, (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth());
};

/** A time in each month of a range, `before` not included; undefined: too many for it to be of use. */
export function monthsIn(after: number | undefined, before: number | undefined): number[] | undefined {
  if (after === undefined || before === undefined) return undefined;
  const months: number[] = [];
  for (let at = monthOf(after); at <= monthOf(before - 1); at += 1) {
    if (months.length >= MOST_MONTHS) return undefined;
    months.push(Date.UTC(1970, at, 15));
  }
  return months;
}

const MOST_MONTHS = 36;

/** So much is folded at a time, in UTF-16 units, and so much kept of a text that grows by it. */
const PIECE = 65_536;
const MOST_FOLDED = 2_000_000;

/** As `searchable`, for texts of any length: one sign may become eighteen, and every step of folding makes a copy. */
export function foldedInPieces(text: string): string {
  if (text.length <= PIECE) return searchable(text);
  const pieces: string[] = [];
  let length = 0;
  for (let at = 0; at < text.length && length < MOST_FOLDED; ) {
    const end = endOfPiece(text, at + PIECE);
    const piece = searchable(text.slice(at, end));
    pieces.push(piece);
    length += piece.length;
    at = end;
  }
  return pieces.join('').replace(/ {2,}/g, ' ');
}

/** Behind the last space before `end`, where one is near: what is folded together stays together. */
function endOfPiece(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const space = text.slice(end - 1_000, end).search(/\s\S*$/);
  if (space >= 0) return end - 999 + space;
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

/** Scripts that are written without spaces, or whose words are often of two signs. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Bopomofo}ー]+/gu;

/** The text for the index of pairs: every two signs of such a script, and the last sign of each run. */
export function pairsIn(searchable: string): string {
  const pairs = new Set<string>();
  for (const [run] of searchable.matchAll(UNSPACED)) {
    const signs = [...run];
    for (let at = 0; at < signs.length; at += 1) pairs.add(`${signs[at]}${signs[at + 1] ?? ''}`);
  }
  return [...pairs].join(' ');
}

/** A term that the index of pairs can answer. */
export function isPair(term: string): boolean {
  const signs = [...term];
  return signs.length <= 2 && term.replace(UNSPACED, '') === '';
}

/** One sign stands for every pair that begins with it. */
export const pairMatch = (term: string): string => `${quoted(term)}${[...term].length === 1 ? '*' : ''}`;

/** All must be there. Undefined: the term is too short for it. */
export function gramsMatch(term: string): string | undefined {
  const signs = [...term];
  if (signs.length < 3) return undefined;
  const grams = Array.from({ length: signs.length - 2 }, (_, at) => signs.slice(at, at + 3).join(''));
  return [...new Set(spread(grams))].map(quoted).join(' AND ');
}

/** Of a long phrase some, from its beginning to its end. */
function spread(grams: readonly string[]): readonly string[] {
  if (grams.length <= MOST_GRAMS) return grams;
  const step = (grams.length - 1) / (MOST_GRAMS - 1);
  return Array.from({ length: MOST_GRAMS }, (_, at) => grams[Math.round(at * step)] as string);
}

const MOST_GRAMS = 8;

export const quoted = (text: string): string => `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;

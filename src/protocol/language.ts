/**
 * The language in which Bough speaks, on the page and in sentences of the server, and how it writes numbers in it (decision 0263). Another
 * language is another module of this type in the place of this one; dates are beside the page (`src/ui/components/date-text.ts`). Pure.
 */

/** A tag of BCP 47; `lang` of every page of ours. */
export const LANGUAGE = 'en';

/** "1,204", "3.4": as the language writes it wherever the reader is, so that no sentence mixes two ways. @param digits most after the point */
export function numberText(n: number, digits = 0): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(n);
}

/** By digits after the point. To make one takes a hundred times as long as to write a number. */
const formats = new Map<number, Intl.NumberFormat>();

/** "1 token", "1,204 tokens". @param many default: `one` with an s */
export function amountText(n: number, one: string, many = `${one}s`): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}

/** "25 November 2026 at 21:46", by the clock on the wall: for a terminal, which says of no region which it is in. */
export function wallText(time: Date): string {
  return time.toLocaleString(`${LANGUAGE}-GB`, { dateStyle: 'long', timeStyle: 'short' });
}

/** Made when it is first used: that takes several milliseconds. */
let collator: Intl.Collator | undefined;

/** The order of names and titles: by the rules of who reads (or runs) it, since people write them in any language; "Part 2" before "Part 10". */
export function compareNames(one: string, other: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return collator.compare(one, other);
}

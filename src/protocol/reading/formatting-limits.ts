/**
 * What is too much to lay out as markdown. Parsers are quadratic or recursive in what people never write: such text is
 * shown as it is, so that no message can hang the page. Pure.
 */

import { isCodeBlock } from './lines.ts';

/** Longer messages are shown as plain text first, with "Show formatted". */
export const FORMATTED_LIMIT = 150_000;

/** Plain text is cut here, with "Show all". */
export const PLAIN_LIMIT = 60_000;

/** What a block may be: characters, signs and cells. */
interface BlockLimits {
  readonly length: number;
  /** Parsers look back over what is open: signs cost the square of how many stand in one paragraph. */
  readonly signs: number;
  /** Rows are filled up to the width of their head. */
  readonly cells: number;
}

const PAGE: BlockLimits = { length: 30_000, signs: 1_000 ** 2, cells: 10_000 };
/** Where nobody waits for it, and what takes too long all the same is ended. */
const WORKER: BlockLimits = { length: 1_000_000, signs: 10_000 ** 2, cells: 30_000 };

/** Where nobody looks on, but others wait for the same thread: about a second of a slow processor. */
const EXPORTED: BlockLimits = { length: 150_000, signs: 8_000 ** 2, cells: 20_000 };

/** Marks one behind the other on a line. Dashes and stars up to its end are a rule, and those without a space behind them no marks of items. */
const deep = /^(?![ \t>]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$)[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){30}/m;
const indented = /^[ \t]{120,}(?:>|[-*+]|\d{1,9}[.)])[ \t]/m;

/** True for a text whose nesting could exhaust a parser. */
export const tooDeep = (text: string): boolean => deep.test(text) || indented.test(text);

/** Marks one behind the other that are kept, and columns before a mark. */
const KEPT_MARKS = 12;
const KEPT_COLUMNS = 118;

const surplus = new RegExp(
  `^([ \\t]*(?:(?:>[ \\t]*|(?:[-*+]|\\d{1,9}[.)])[ \\t]+)){${KEPT_MARKS}})(?:>[ \\t]*|(?:[-*+]|\\d{1,9}[.)])[ \\t]+)+`,
);
const far = /^[ \t]{119,}(?=(?:>|[-*+]|\d{1,9}[.)])[ \t])/;
const farWords = /^[ \t]{121,}/;

/**
 * A text without what is nested so deep that no parser takes it: marks behind so many others are left out, items that stand farther right are
 * beside the last that do not. Line by line, so that a text that grows keeps its beginning; code in fences stays. A text that is not
 * too deep is given back as it is.
 */
export function shallow(text: string): string {
  if (!tooDeep(text)) return text;
  let [open, isFar] = ['', false];
  const lines = text.split('\n').map((line) => {
    const run = FENCE.exec(line)?.[1] ?? '';
    const isWithin = open !== '';
    if (!isWithin) open = run;
    else if (run.startsWith(open)) open = '';
    if (isWithin || open !== '') return line;
    if (far.test(line)) {
      isFar = true;
      return line.replace(far, ' '.repeat(KEPT_COLUMNS));
    }
    if (isFar && farWords.test(line)) return line.replace(farWords, ' '.repeat(KEPT_COLUMNS + 2));
    if (line.trim() !== '') isFar = false;
    return deep.test(line) ? line.replace(surplus, '$1') : line;
  });
  return lines.join('\n');
}

/** Where a block can be formatted without holding up anybody: on the page at once, by a worker, or nowhere. */
export type FormattingPlace = 'page' | 'worker' | 'nowhere';

export function placeFor(block: string): FormattingPlace {
  if (!tooHeavy(block)) return 'page';
  return tooDeep(block) || exceeds(withoutCode(block), WORKER) ? 'nowhere' : 'worker';
}

/** True for a block that a server shows as it was written in a page it makes. */
export const tooHeavyToExport = (block: string): boolean =>
  !isCodeBlock(block) && (tooDeep(block) || exceeds(withoutCode(block), EXPORTED));

/** True for a block that would take the parser too long while others wait. Code may be longer: it is not parsed. */
export function tooHeavy(block: string): boolean {
  if (isCodeBlock(block)) return false;
  return exceeds(block, PAGE) || tooDeep(block);
}

const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!.*`)|~{3,})/;

/** Without what looks like code in fences, which costs a parser nothing. Markdown may see other fences: only an estimate. */
function withoutCode(block: string): string {
  let open = '';
  const lines = block.split('\n').filter((line) => {
    const run = FENCE.exec(line)?.[1] ?? '';
    const isWithin = open !== '';
    if (!isWithin) open = run;
    else if (run.startsWith(open)) open = '';
    return !isWithin && open === '';
  });
  return lines.join('\n');
}

const exceeds = (block: string, most: BlockLimits): boolean =>
  block.length > most.length || signs(block) > most.signs || cells(block) > most.cells;

/**
 * The sum of the squares of how many signs each paragraph has, and of what else a parser looks back over: lines under which a heading is
 * drawn, and lazy ones.
 */
function signs(block: string): number {
  let [sum, inParagraph, underlines, lazy] = [0, 0, 0, 0];
  let within = false;
  for (const line of block.split('\n')) {
    if (/^[ \t]*(?:[-*+|>#]|\d{1,9}[.)]|$)/.test(line)) {
      sum += inParagraph ** 2;
      inParagraph = 0;
    }
    if (/^[ \t>]*(?:-+|=+)[ \t]*$/.test(line)) underlines += 1;
    // Lines that go on with a quote or an item from the margin.
    if (/^ {0,3}(?:[-*+>]|\d{1,9}[.)])/.test(line)) within = true;
    else if (within && /^ {0,3}\S/.test(line)) lazy += 1;
    inParagraph += line.match(/[*_~]+|!?\[|\]|<[?!]|`+/g)?.length ?? 0;
  }
  return sum + inParagraph ** 2 + underlines ** 2 + lazy ** 2;
}

/** How many cells the tables of a block would have. */
function cells(block: string): number {
  if (!block.includes('|')) return 0;
  let [sum, columns] = [0, 0];
  for (const line of block.split('\n')) {
    if (/^[ \t>]*$/.test(line)) columns = 0;
    else if (/^[-+*>\d.) \t]*[|:\- \t]*$/.test(line) && line.includes('-'))
      columns = Math.max(columns, line.split('|').length);
    sum += columns;
  }
  return sum;
}

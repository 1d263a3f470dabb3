/** What a line of markdown begins: as much of its grammar as tells where blocks may be cut. Pure. */

export interface Marker {
  /** What all items of a list share: the bullet, or what stands behind the number. */
  readonly sign: string;
  /** Column at which the content of the item begins. */
  readonly content: number;
}

export interface Fence {
  /** The run of ticks or tildes. */
  readonly run: string;
  readonly info: string;
  /** Column of the run. */
  readonly indent: number;
}

export const isBlank = (line: string): boolean => !/\S/.test(line);

/** Columns of white space a line begins with; a tab goes to the next fourth. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

const MARKER = /^( {0,3})([-*+]|\d{1,9}([.)]))(?:([ \t]+)(?=\S)|[ \t]*$)/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;

export function markerOf(line: string): Marker | undefined {
  const match = MARKER.exec(line);
  if (!match || RULE.test(line)) return undefined;
  const [, before = '', mark = '', sign = mark, space = ''] = match;
  const gap = indentOf(space);
  return { sign, content: before.length + mark.length + (gap === 0 || gap > 4 ? 1 : gap) };
}

const FENCE = /^([ \t]*)(?:(`{3,})([^`]*)|(~{3,})(.*))$/;

/** The fence a line opens or closes, wherever it stands in it. */
export function fenceOf(line: string): Fence | undefined {
  const match = FENCE.exec(line);
  if (!match) return undefined;
  const [, space = '', ticks, after, tildes, behind] = match;
  return { run: ticks ?? tildes ?? '', info: (after ?? behind ?? '').trim(), indent: indentOf(space) };
}

/** True if `line` closes what `open` opened, leaving aside where it stands. */
export function closes(line: Fence | undefined, open: Pick<Fence, 'run'>): boolean {
  return (
    line !== undefined &&
    line.info === '' &&
    line.run[0] === open.run[0] &&
    line.run.length >= open.run.length
  );
}

export const isHeading = (line: string): boolean => /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line);
export const isQuote = (line: string): boolean => /^ {0,3}>/.test(line);
export const isNote = (line: string): boolean => /^ {0,3}\[\^[^\]\s]+\]:/.test(line);
/** True for a block that is code and nothing else: fenced, or indented as only code begins. */
export const isCodeBlock = (block: string): boolean => /^(?: {0,3}(?:```|~~~|\t)| {4})/.test(block);
/** The line under the head of a table. */
export const isTableRule = (line: string): boolean =>
  line.includes('-') && /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line);

/** HTML that goes on over blank lines, and what ends it. */
const HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<![a-z]/i, />/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];

/** What ends the HTML a line begins; undefined for all HTML that ends at a blank line. */
export const htmlEnd = (line: string): RegExp | undefined =>
  line.includes('<') ? HTML.find(([begins]) => begins.test(line))?.[1] : undefined;

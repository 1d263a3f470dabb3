/**
 * What is too much to lay out as markdown. Parsers are quadratic or recursive in what people never write: such text is
 * shown as it is, so that no message can hang the page. Pure.
 */

/** Longer messages are shown as plain text first, with "Show formatted". */
export const MESSAGE_LIMIT = 150_000;

/** Plain text is cut here, with "Show all". */
export const PLAIN_LIMIT = 60_000;

const BLOCK_LIMIT = 30_000;
/** Parsers look back over what is open: signs cost the square of how many stand in one paragraph. */
const SIGNS_LIMIT = 1_000 ** 2;
/** Rows are filled up to the width of their head. */
const CELLS_LIMIT = 10_000;
/** Marks one behind the other on a line. Dashes and stars up to its end are a rule, and those without a space behind them no marks of items. */
const deep = /^(?![ \t>]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$)[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){30}/m;
const indented = /^[ \t]{120,}(?:>|[-*+]|\d{1,9}[.)])[ \t]/m;

/** True for a text whose nesting could exhaust a parser. */
export const tooDeep = (text: string): boolean => deep.test(text) || indented.test(text);

/** True for a block that would take the parser too long. Code may be longer: it is not parsed. */
export function tooHeavy(block: string): boolean {
  if (/^ {0,3}(?:```|~~~)/.test(block)) return false;
  return (
    block.length > BLOCK_LIMIT || tooDeep(block) || signs(block) > SIGNS_LIMIT || cells(block) > CELLS_LIMIT
  );
}

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

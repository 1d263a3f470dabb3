/**
 * What is too much to lay out as markdown. Parsers are quadratic or recursive in what people never write: such text is
 * shown as it is, so that no message can hang the page. Pure.
 */

/** Longer messages are shown as plain text first, with "Show formatted". */
export const MESSAGE_LIMIT = 150_000;

/** Plain text is cut here, with "Show all". */
export const PLAIN_LIMIT = 60_000;

const BLOCK_LIMIT = 30_000;
const EMPHASIS_LIMIT = 3_000;
const deep = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){30}/m;
const indented = /^[ \t]{120,}(?:>|[-*+]|\d{1,9}[.)])[ \t]/m;

/** True for a text whose nesting could exhaust a parser. */
export const tooDeep = (text: string): boolean => deep.test(text) || indented.test(text);

/** True for a block that would take the parser too long. Code may be longer: it is not parsed. */
export function tooHeavy(block: string): boolean {
  if (/^ {0,3}(?:```|~~~)/.test(block)) return false;
  if (block.length > BLOCK_LIMIT || tooDeep(block)) return true;
  return (block.match(/[*_~]+|!?\[/g)?.length ?? 0) > EMPHASIS_LIMIT;
}

/**
 * Bars inside code in the rows of a table. GFM splits cells before it reads code, so that `a|b` in one is two cells; people and models
 * mean one. Escaped, a bar is part of its cell. Pure.
 */
import { isBlank, isTableRule } from '../../../../protocol/reading/lines.ts';

const SPAN = /(?<![`\\])(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/** The block with such bars escaped, in the tables it has. */
export function keepCodeInCells(block: string): string {
  if (!block.includes('|') || !block.includes('`')) return block;
  const lines = block.split('\n');
  let columns = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const next = lines[at + 1] ?? '';
    if (isBlank(line)) columns = 0;
    else if (columns === 0 && line.includes('|') && isTableRule(bare(next))) columns = cellsIn(bare(next));
    if (columns > 0 && line.includes('`')) lines[at] = escaped(line, columns);
  }
  return lines.join('\n');
}

/** Without the marks of quotes and items before it. */
const bare = (line: string): string => line.replace(/^[ \t]*(?:>[ \t]?|[-*+][ \t]+(?=\|))*/, '');

function cellsIn(row: string): number {
  const cells = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return cells.split(/(?<!\\)\|/).length;
}

/** Two ticks in two cells are no code, if only so the row is as wide as its table. */
function escaped(line: string, columns: number): string {
  const whole = line.replace(SPAN, (span) => span.replace(/(?<!\\)\|/g, '\\|'));
  const row = bare(line);
  return cellsIn(row) === columns && cellsIn(bare(whole)) !== columns ? line : whole;
}

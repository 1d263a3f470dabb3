/** Comma-separated values as people and models write them (RFC 4180, and what departs from it), and their order. Pure. */
import { compareNames } from '../../../../protocol/language.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at to tell what stands between values. */
const LOOKED_AT = 20;

/**
 * The rows of a text; every value as it stands there, without its quotes. A quote that is never closed reaches to the end.
 * @param delimiter default: the one of comma, semicolon, tab and bar that cuts the first lines alike
 */
export function rowsOf(text: string, delimiter: string = delimiterOf(text)): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { value, end } = valueAt(text, at, delimiter);
    row.push(value);
    at = end + 1;
    if (text[end] === delimiter && at < text.length) continue;
    if (text[end] === delimiter) row.push('');
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    // An empty line is no row.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** The value that begins at `from`; `end` is where its delimiter or line end stands, or the end of the text. */
function valueAt(text: string, from: number, delimiter: string): { value: string; end: number } {
  const end = text[from] === '"' ? closingQuote(text, from) : from;
  const quoted = end === from ? '' : text.slice(from + 1, end).replaceAll('""', '"');
  const begin = end === from ? from : end + 1;
  let at = begin;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return { value: quoted + text.slice(begin, at), end: at };
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return text.length;
}

/** The one that gives most columns in as many lines as possible; a comma where none does. */
export function delimiterOf(text: string): string {
  const head = text.split(/\r\n|\r|\n/, LOOKED_AT).join('\n');
  const scores = DELIMITERS.map((delimiter) => {
    const widths = rowsOf(head, delimiter).map(({ length }) => length);
    const width = widths[0] ?? 1;
    const alike = widths.filter((one) => one === width).length;
    return width < 2 ? 0 : (alike / widths.length) * 1_000 + width;
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ',';
}

export interface TableOrder {
  readonly column: number;
  readonly descending: boolean;
}

/**
 * Rows by the values of a column: as numbers where all of them are, otherwise as words, with the numbers in them by size.
 * Rows without a value come last either way, and equal ones stay as they were.
 */
export function sorted(
  rows: readonly (readonly string[])[],
  { column, descending }: TableOrder,
): readonly (readonly string[])[] {
  const values = rows.map((row) => (row[column] ?? '').trim());
  const numbers = values.map(numberIn);
  const numeric = values.every((value, n) => value === '' || !Number.isNaN(numbers[n]));
  const compare = (a: number, b: number): number =>
    numeric
      ? (numbers[a] as number) - (numbers[b] as number)
      : compareNames(values[a] as string, values[b] as string);
  return rows
    .map((_, n) => n)
    .sort((a, b) => {
      const [emptyA, emptyB] = [values[a] === '', values[b] === ''];
      if (emptyA || emptyB) return Number(emptyA) - Number(emptyB) || a - b;
      return (descending ? compare(b, a) : compare(a, b)) || a - b;
    })
    .map((n) => rows[n] as readonly string[]);
}

/** What is longer is no number, and may be anything: it is not looked at. */
const LONGEST_NUMBER = 60;

/** "1,234.50", "€ 12", "40 %", "-3e5" as numbers; NaN for what is none. */
export function numberIn(value: string): number {
  if (value.length > LONGEST_NUMBER) return Number.NaN;
  const bare = value.replace(/^([-+]?)\s*[$€£¥]\s*/, '$1').replace(/\s*[%$€£¥]$/, '');
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return Number(bare.replaceAll(',', ''));
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(bare) ? Number(bare) : Number.NaN;
}

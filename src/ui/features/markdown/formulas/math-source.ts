/**
 * Finds the formulas in markdown before it is parsed, and puts marks in their place: TeX is full of characters markdown
 * takes for its own. Pure. Understood are `$$…$$`, `\[…\]`, `\(…\)` and, with care for prices, `$…$`; code is left alone.
 */

export interface Formula {
  readonly tex: string;
  /** The formula with its delimiters, to put back where a mark ended up in code or an address. */
  readonly source: string;
  readonly display: boolean;
  /** Its end has not been written yet: shown as it is. */
  readonly open: boolean;
}

export interface MarkedText {
  /** The markdown with a mark (`MARK_START` index `MARK_END`) in place of each formula. */
  readonly text: string;
  readonly formulas: readonly Formula[];
}

export const MARK_START = '\uE000';
export const MARK_END = '\uE001';

/** Splits text at its marks: even entries are text, odd ones indexes of formulas. */
export const splitMarks = (text: string): string[] => text.split(/\uE000(\d+)\uE001/);

/** True if there can be a formula at all: what decides whether anything about maths is loaded. */
export const mayHoldMath = (text: string): boolean => /\$|\\[[(]/.test(text);

/** Replaces formulas by marks. A formula without its end counts only if `growing`, and is then `open`. */
export function markFormulas(text: string, growing = false): MarkedText {
  if (!mayHoldMath(text) || text.includes(MARK_START)) return { text, formulas: [] };
  const formulas: Formula[] = [];
  let out = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const skipped = skipCode(text, at);
    const formula = skipped > at ? undefined : formulaAt(text, at, growing);
    if (formula) {
      out += `${text.slice(copied, at)}${MARK_START}${formulas.length}${MARK_END}`;
      formulas.push(formula);
      at += formula.source.length;
      copied = at;
    } else {
      at = skipped > at ? skipped : next(text, at);
    }
  }
  return { text: out + text.slice(copied), formulas };
}

/** The next place worth looking at: a delimiter, code or the start of a line. */
function next(text: string, at: number): number {
  const escaped = text[at] === '\\' ? 2 : 1;
  interesting.lastIndex = at + escaped;
  const match = interesting.exec(text);
  return match ? match.index + (match[0] === '\n' ? 1 : 0) : text.length;
}

const interesting = /[$\\`~\n]/g;
const fence = /[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!.*`)|~{3,})/y;
const backticks = /`+/y;

/** Where the code that starts at `at` ends; `at` if there is none. */
function skipCode(text: string, at: number): number {
  if (at === 0 || text[at - 1] === '\n') {
    fence.lastIndex = at;
    const opening = fence.exec(text)?.[1];
    if (opening) return fenceEnd(text, at, opening);
  }
  if (text[at] !== '`') return at;
  backticks.lastIndex = at;
  const run = backticks.exec(text)?.[0] ?? '`';
  const close = codeSpanEnd(text, at + run.length, run.length);
  return close ?? at + run.length;
}

function fenceEnd(text: string, at: number, opening: string): number {
  const close = new RegExp(`\\n[ \\t>]*${opening[0]}{${opening.length},}[ \\t]*(?=\\n|$)`, 'g');
  close.lastIndex = at;
  const match = close.exec(text);
  return match ? match.index + match[0].length : text.length;
}

function codeSpanEnd(text: string, from: number, length: number): number | undefined {
  const runs = /`+|\n[ \t]*\n/g;
  runs.lastIndex = from;
  for (let match = runs.exec(text); match; match = runs.exec(text)) {
    if (match[0][0] !== '`') return undefined;
    if (match[0].length === length) return match.index + length;
  }
  return undefined;
}

function formulaAt(text: string, at: number, growing: boolean): Formula | undefined {
  const two = text.slice(at, at + 2);
  if (two === '$$') return between(text, at, '$$', true, growing);
  if (two === '\\[') return between(text, at, '\\]', true, growing);
  if (two === '\\(') return between(text, at, '\\)', false, false);
  return text[at] === '$' ? dollars(text, at) : undefined;
}

/** The longest formula that is looked for; a delimiter without its partner must not make a page one formula. */
const LIMIT = 5_000;

function between(
  text: string,
  at: number,
  close: string,
  display: boolean,
  growing: boolean,
): Formula | undefined {
  const within = text.slice(at + 2, at + LIMIT);
  const end = within.indexOf(close);
  const open = end < 0;
  if (open && !(growing && display && at + LIMIT > text.length && startsLine(text, at))) return undefined;
  // Before the line is looked for, which is far away in a long line of nothing but delimiters.
  if (!open && within.slice(0, end).trim() === '') return undefined;
  const source = text.slice(at, open ? text.length : at + end + 4);
  const tex = unquote(text, at, open ? within : within.slice(0, end));
  if (!open && tex.trim() === '') return undefined;
  if (!startsLine(text, at) && /\n[ \t]*\n/.test(tex)) return undefined;
  return { tex: tex.trim(), source, display, open };
}

const startsLine = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/.test(text.slice(Math.max(0, at - 80), at));

/** Takes the quote marks off the lines of a formula that stands in a quote. */
function unquote(text: string, at: number, tex: string): string {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return line.includes('>') ? tex.replace(/\n[ \t]*>[ \t]?/g, '\n') : tex;
}

/**
 * `$…$` as Pandoc reads it: no space inside the dollars, no word before the first, no word or digit after the second.
 * So "$5 and $10", "$5-$10" and "US$5" stay prices.
 */
function dollars(text: string, at: number): Formula | undefined {
  if (/[\w$\\]/.test(text[at - 1] ?? '') || !/[^\s$]/.test(text[at + 1] ?? '')) return undefined;
  const closing = /\\[^\n]|\$|\n[ \t]*\n/g;
  closing.lastIndex = at + 1;
  let match = closing.exec(text);
  while (match?.[0].startsWith('\\')) match = closing.exec(text);
  if (match?.[0] !== '$' || match.index - at > 500) return undefined;
  const tex = text.slice(at + 1, match.index);
  if (/\s$/.test(tex) || /[\w$]/.test(text[match.index + 1] ?? '') || tex.includes('`')) return undefined;
  return { tex, source: `$${tex}$`, display: false, open: false };
}

const opening = /^ {0,3}(\$\$|\\\[)/;

/**
 * The display formula `source` starts with, through the end of its last line, if nothing else follows on that line; all
 * of `source` if its end is missing. It is one block whatever its lines look like to markdown.
 */
export function mathBlockAt(source: string): string | undefined {
  const match = opening.exec(source);
  if (!match?.[1]) return undefined;
  const close = source.indexOf(match[1] === '$$' ? '$$' : '\\]', match[0].length);
  if (close < 0) return source;
  const line = source.indexOf('\n', close);
  const rest = source.slice(close + 2, line < 0 ? source.length : line);
  if (rest.trim() !== '') return undefined;
  return line < 0 ? source : source.slice(0, line + 1);
}

/** Where the first such block after the first line starts, for a paragraph to stop there. */
export function mathBlockStart(source: string): number | undefined {
  for (const match of source.matchAll(/\n {0,3}(?:\$\$|\\\[)/g)) {
    if (mathBlockAt(source.slice(match.index + 1)) !== undefined) return match.index + 1;
  }
  return undefined;
}

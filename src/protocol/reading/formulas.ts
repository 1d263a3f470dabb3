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
  const closings = new Closings(text);
  let out = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const skipped = skipCode(text, at);
    const formula = skipped > at ? undefined : formulaAt(closings, at, growing);
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

function formulaAt(source: Closings, at: number, growing: boolean): Formula | undefined {
  const { text } = source;
  const two = text.slice(at, at + 2);
  if (two === '$$') return between(source, at, '$$', true, growing);
  if (two === '\\[') return between(source, at, '\\]', true, growing);
  if (two === '\\(') return between(source, at, '\\)', false, false);
  return text[at] === '$' ? dollars(text, at) : undefined;
}

/** The longest formula that is looked for; a delimiter without its partner must not make a page one formula. */
const LIMIT = 5_000;
/** One that begins its line and has no empty line in it, as TeX wants it, may be longer. */
const LONG = 30_000;

/** A text, and where in it the next end of a formula is: each stretch is searched once, however many beginnings are before it. */
class Closings {
  readonly text: string;
  private readonly next = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** Where `close` is next, from `from` on; undefined if that is too far for one formula or nowhere. `long`: it may be a long one. */
  after(close: string, from: number, long: boolean): number | undefined {
    const at = this.find(close, from, () => this.text.indexOf(close, from));
    return at - from < LIMIT || (long && this.mayReach(from, at)) ? at : undefined;
  }

  /** Whether one that has no end so far may have it behind the text. */
  mayComeAfter(from: number, long: boolean): boolean {
    const { length } = this.text;
    return length - from < LIMIT || (long && this.mayReach(from, length));
  }

  private mayReach(from: number, to: number): boolean {
    if (to - from >= LONG) return false;
    return this.find('', from, () => this.text.slice(from).search(/\n[ \t]*\n/) + from) >= to;
  }

  /** `search` finds the next one, or says that there is none by a place before `from`. */
  private find(name: string, from: number, search: () => number): number {
    let at = this.next.get(name) ?? -1;
    if (at < from) {
      const found = search();
      at = found < from ? Number.POSITIVE_INFINITY : found;
      this.next.set(name, at);
    }
    return at;
  }
}

function between(
  closings: Closings,
  at: number,
  close: string,
  display: boolean,
  growing: boolean,
): Formula | undefined {
  const { text } = closings;
  const long = display && startsLine(text, at);
  const end = closings.after(close, at + 2, long);
  const open = end === undefined;
  if (open && !(growing && long && closings.mayComeAfter(at + 2, long))) return undefined;
  const content = text.slice(at + 2, end ?? text.length);
  if (!open && (content.trim() === '' || !isMath(text, at, content, close))) return undefined;
  const source = text.slice(at, open ? text.length : end + 2);
  const tex = unquote(text, at, content);
  if (!startsLine(text, at) && /\n[ \t]*\n/.test(tex)) return undefined;
  return { tex: tex.trim(), source, display, open };
}

const startsLine = (text: string, at: number): boolean =>
  /(?:^|\n)[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/.test(text.slice(Math.max(0, at - 80), at));

/** Takes the quote marks off the lines of a formula that stands in a quote. */
function unquote(text: string, at: number, tex: string): string {
  const before = text.slice(Math.max(0, at - 80), at);
  return before.slice(before.lastIndexOf('\n') + 1).includes('>')
    ? tex.replace(/\n[ \t]*>[ \t]?/g, '\n')
    : tex;
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
  if (isShell(tex, text[match.index + 1] ?? '')) return undefined;
  if (/\s$/.test(tex) || /[\w$]/.test(text[match.index + 1] ?? '') || tex.includes('`')) return undefined;
  return { tex, source: `$${tex}$`, display: false, open: false };
}

/** `${HOME}/${USER}`, `$(pwd)/$(date)`, `${name}`: variables, commands and places in templates. */
function isShell(tex: string, after: string): boolean {
  if (after === '{' || (after === '(' && tex.startsWith('('))) return true;
  return /^\{[A-Za-z_]\w+[^{}]*\}/.test(tex) && !/[\\^_=+]/.test(tex.slice(tex.indexOf('}')));
}

/** What only formulas hold. */
const SIGNS = /\\[a-zA-Z,;:!{}|]|[\^=+<>±×÷≤≥≈→∑∫√∈]|(?<![A-Za-z]{2})_|\s[-*/]\s|\d[*/]|[*/]\d/;
const FUNCTIONS =
  /\b(?:sin|cos|tan|cot|log|ln|lim|max|min|sup|inf|det|exp|gcd|mod|dim|ker|arg|Re|Im|Pr|rank|tr|var|cov)\b/g;

/**
 * `\[` and `\(` are also how brackets are written that are none of a link. They begin a formula if what they hold looks like one:
 * not a number ("\[1\]"), not words ("\[Smith 2020\]"), not an index ("array\[0\]"), not the words of a link or the box of a task.
 */
function isMath(text: string, at: number, content: string, close: string): boolean {
  if (close === '$$' || content.includes('\n')) return true;
  const after = text.slice(at + content.length + 4, at + content.length + 6);
  if (/^(?:\(|\\\(|\[|\\\[|:)/.test(after) && close === '\\]') return false;
  if (close === '\\)' && text.slice(at - 2, at) === '\\]') return false;
  const command = /\\[a-zA-Z]/.test(content);
  if (/[\p{L}\p{N}_]/u.test(text[at - 1] ?? '') && !command && !CJK.test(text[at - 1] as string))
    return false;
  if (SIGNS.test(content)) return !/^[\w./-]*[A-Za-z]{3}[\w./-]*$/.test(content.trim());
  const words = content.replace(FUNCTIONS, '');
  if (close === '\\)') return !/\p{L}{4}|\p{L}{2,}\s+\p{L}{2,}/u.test(words);
  if (/^\s*(?:[xX✓]?|\d[\d\s,;:.–-]*)\s*$/.test(words))
    return isAlone(text, at, content) && /[xX]/.test(words);
  // Neither words nor a range of letters: `[a-z]`.
  return !/\p{L}{2}|^\s*\w-\w/u.test(words);
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Nothing else stands on its line, or it stands within a sentence: no box of a task. */
const isAlone = (text: string, at: number, content: string): boolean =>
  !/(?:^|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(text.slice(Math.max(0, at - 80), at)) ||
  /^[ \t]*(?:\n|$)/.test(text.slice(at + content.length + 4, at + content.length + 84));

const opening = / {0,3}(\$\$|\\\[)/y;

/** Display formulas that stand on lines of their own. Each is one block whatever its lines look like to markdown. */
export class MathBlocks {
  private readonly closings: Closings;
  private last: { at: number; lines: number | undefined } = { at: -1, lines: undefined };

  constructor(text: string) {
    this.closings = new Closings(text);
  }

  /**
   * How many lines the formula has that begins with the line at `at`, through the end of its last line; undefined if there is none, or
   * something else stands behind it. One whose end is missing takes the rest of the text, as long as it may still come.
   */
  linesAt(at: number): number | undefined {
    if (this.last.at !== at) this.last = { at, lines: this.read(at) };
    return this.last.lines;
  }

  private read(at: number): number | undefined {
    const { text } = this.closings;
    opening.lastIndex = at;
    const match = opening.exec(text);
    if (!match?.[1]) return undefined;
    const from = at + match[0].length;
    const close = match[1] === '$$' ? '$$' : '\\]';
    const end = this.closings.after(close, from, true);
    if (end === undefined)
      return this.closings.mayComeAfter(from, true) ? linesIn(text, at, text.length) : undefined;
    const content = text.slice(from, end);
    if (content.trim() === '' || !isMath(text, from - 2, content, close)) return undefined;
    const line = text.indexOf('\n', end);
    const last = line < 0 ? text.length : line;
    return text.slice(end + 2, last).trim() === '' ? linesIn(text, at, end) : undefined;
  }
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

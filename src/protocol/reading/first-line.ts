/**
 * The first words of a message as they are read, wherever a line stands for it: without the marks of Markdown, tables as their cells,
 * formulas in words; bold and code told apart. The one home of that rule. Pure.
 */
import { markFormulas, mayHoldMath } from './formulas.ts';
import { texWords } from './tex-words.ts';

export interface Span {
  readonly kind: 'plain' | 'strong' | 'code';
  readonly text: string;
}

/** More than any line shows. */
const LOOK = 1_000;
/** Lines that are known already: the same few hundred are drawn again with every move of a canvas. */
const KNOWN = 4_000;
const known = new Map<string, readonly Span[]>();

/** None of these, and a line reads as it is written. */
const MARKS = /[`*_#|$\\<>~[&=^]|^\s*(?:[-+•]|\d{1,3}[.)])\s|-{3}/;

/** And the signs that formulas and code are kept aside under. */
const SPACES = /[\s\uE000-\uE003]+/g;

/** `text` may be cut at both ends, and on one line already: what began lines stands in it as words then. */
export function firstLine(text: string): readonly Span[] {
  const line = text.slice(0, LOOK).replace(SPACES, ' ').trim();
  if (line === '') return [];
  if (!MARKS.test(line)) return [{ kind: 'plain', text: line }];
  const spans = known.get(line) ?? read(line);
  if (known.size >= KNOWN) known.clear();
  known.set(line, spans);
  return spans;
}

export const plainLine = (text: string): string =>
  firstLine(text)
    .map((span) => span.text)
    .join('');

const EXCERPT = 40;

/** The first few words of a text, for a sentence about it. @param most in UTF-16 units; a mark of what is left off comes after it */
export function excerpt(text: string, most = EXCERPT): string {
  const line = plainLine(text);
  if (line.length <= most) return line;
  const cut = line.slice(0, most + 1).replace(/\s\S*$/, '');
  return `${cut.length <= most ? cut : cut.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A text with places in it, [start, end) in UTF-16 units, read the same way; undefined where no place is left: it was in what is not read. */
export function plainPlaces(
  text: string,
  places: readonly (readonly [start: number, end: number])[],
): { readonly text: string; readonly places: readonly (readonly [number, number])[] } | undefined {
  const line = plainLine(text);
  let from = 0;
  const found = places.flatMap(([start, end]) => {
    const at = line.indexOf(text.slice(start, end), from);
    if (at < 0) return [];
    from = at + end - start;
    return [[at, from] as const];
  });
  return found.length > 0 ? { text: line, places: found } : undefined;
}

/** Code and formulas are read first and kept aside. */
const ASIDE = /\uE002(\d+)\uE003/;

function read(line: string): readonly Span[] {
  const aside: Span[] = [];
  const keep = (kind: Span['kind'], text: string): string =>
    text === '' ? '' : `\uE002${aside.push({ kind, text }) - 1}\uE003`;
  const coded = line
    .replace(FENCE, (_, before, code) => before + keep('code', code.trim()))
    .replace(CODE, (_, _ticks, code) => keep('code', code.trim()));
  // Between dollars a backtick is a sign of the formula.
  const words = (tex: string) => keep('plain', texWords(withAside(tex, aside)));
  return spansOf(withoutMarks(withoutFormulas(coded, words)), aside);
}

const withAside = (text: string, aside: readonly Span[]): string =>
  text.replace(new RegExp(ASIDE, 'g'), (_, index) => aside[Number(index)]?.text ?? '');

/** A fence to its end, or to that of the line, without the name of its language. */
const FENCE = /(^|[\s>])(?:`{3,}|~{3,})[\w+#.-]*(?=\s|$)(.*?)(?:\s(?:`{3,}|~{3,})(?=[\s…]|$)|$)/g;
const CODE = /(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;

/** A formula whose end, or beginning, is behind the cut: told by its commands. */
const BEGUN = /(?:\$\$?|\\\(|\\\[)(?=\S)([^$\uE002]*\\[a-zA-Z][^$\uE002]*?)…?$/;
const ENDED = /^…?([^$\uE002]*\\[a-zA-Z{][^$\uE002]*?)(?:\$\$?|\\\)|\\\])/;

function withoutFormulas(line: string, words: (tex: string) => string): string {
  if (!mayHoldMath(line)) return line;
  const { text, formulas } = markFormulas(line);
  return text
    .replace(/\uE000(\d+)\uE001/g, (_, index) => words(formulas[Number(index)]?.tex ?? ''))
    .replace(BEGUN, (_, tex) => `${words(tex)}…`)
    .replace(ENDED, (_, tex) => `…${words(tex)}`);
}

/** A link and an image are their words. */
const LINKS = /!?\[([^\][]*)\]\([^)\s]*(?:\s"[^"]*")?\)|(?<=^|\s)\[([^\][]+)\]\[[^\][]*\]/g;
const ADDRESSES = /<(https?:[^>\s]+)>/g;
const NOTES = /\[\^[^\]\s]+\]:?/g;
const TAGS =
  /<\/?(?:br|hr|p|div|span|details|summary|b|i|u|s|em|strong|sub|sup|kbd|mark|small|h[1-6]|center|img)\b[^<>]*>/g;
const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** What began lines stands in one line as words. */
const FIRST = /^(?:-{3,}\s+)?(?:(?:[-*+•]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?/;
const HEADINGS = /(?<=^|\s)#{1,6}(?=\s|$)/g;
const QUOTES = /(?<=^|\s)>+(?=\s|$)(?:\s\[!\w+\])?/g;
/** The mark of an alert behind other words, with that of the line after it. */
const ALERT = /(?<=\s)>\s\[!\w+\](?:\s>(?=\s|$))?/g;
const RULES = /(?<=\s)-{3,}(?=\s|$)/g;
const UNDERLINES = /(?<=\s)={4,}(?=\s|$)/g;

/** Between the cells of a table: the line under its head tells it, or a bar at its beginning. */
const TABLE = /\|\s*:?-{2,}|^\||[:.!?]\s\|\s/;
const CELLS = /\s*(?<!\\)\|(?:\s*(?::?-+:?)?\s*\|)*\s*/g;
const CUT_RULE = / · :?-+:?…?$/;

function withoutMarks(line: string): string {
  const linked = line.replace(LINKS, '$1$2').replace(ADDRESSES, '$1').replace(NOTES, '').replace(TAGS, ' ');
  const blocks = (/^>/.test(linked) ? linked.replace(QUOTES, '').trim() : linked.replace(ALERT, ''))
    .replace(HEADINGS, '')
    .trim()
    .replace(FIRST, '');
  const cells = TABLE.test(blocks)
    ? blocks
        .replace(CELLS, ' · ')
        .replace(/^ · | · $/g, '')
        .replace(CUT_RULE, '…')
    : blocks;
  return cells
    .replace(/: · /g, ': ')
    .replace(RULES, '—')
    .replace(UNDERLINES, '')
    .replace(/&(nbsp|amp|lt|gt|quot);/g, (_, name) => ENTITIES[name] as string)
    .replace(/\s+/g, ' ')
    .trim();
}

const STRONG = /\*\*\*?(?!\s)(.+?)(?<!\s)\*\*\*?|(?<!\w)__(?!\s)(.+?)(?<!\s)__(?!\w)/g;
const LIGHT = /(?<![\w*\\])([*_])(?![\s*_])([^*_]+)(?<!\s)\1(?![\w*])|~~(?!\s)([^~]+)~~/g;
/** What a cut line does not close any more. */
const UNCLOSED = /(?<=^|\s)(?:\*\*|`)(?=\S)/g;
/** And what one that was cut at its beginning closes. */
const UNOPENED = /^(…(?:[^*]|\*(?!\*))*[^\s*])\*\*(?=[\s.,;:!?)]|$)/;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!|>~$<&])/g;

function spansOf(cut: string, aside: readonly Span[]): readonly Span[] {
  const line = cut.replace(UNOPENED, '$1');
  const spans: Span[] = [];
  const add = (kind: Span['kind'], text: string) => {
    const last = spans.at(-1);
    if (last?.kind === kind) spans[spans.length - 1] = { kind, text: last.text + text };
    else if (text !== '') spans.push({ kind, text });
  };
  const say = (kind: Span['kind'], text: string) => {
    const light = text.replace(LIGHT, '$2$3').replace(UNCLOSED, '');
    for (const [at, part] of light.split(ASIDE).entries()) {
      const kept = at % 2 === 1 ? aside[Number(part)] : undefined;
      if (kept) add(kept.kind === 'plain' ? kind : kept.kind, kept.text);
      else add(kind, part.replace(ESCAPED, '$1'));
    }
  };
  let from = 0;
  for (const match of line.matchAll(STRONG)) {
    say('plain', line.slice(from, match.index));
    say('strong', match[1] ?? match[2] ?? '');
    from = match.index + match[0].length;
  }
  say('plain', line.slice(from));
  return spans;
}

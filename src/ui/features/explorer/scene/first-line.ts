/** The first words of a message as they are read: without the marks of Markdown, bold and code told apart. Pure. */

export interface Span {
  readonly kind: 'plain' | 'strong' | 'code';
  readonly text: string;
}

/** `preview` is one line already: what began lines stands in it as words. */
const BLOCKS = /^(?:[-*+]|>|\d{1,3}[.)]|\|)(?=\s)|(?<=^|\s)(?:#{1,6}|```\w*)(?=\s)/g;
const LINKS = /!?\[([^\][]*)\]\([^)\s]*\)/g;
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|(?<![\w*])[*_](?!\s)([^*_]+)(?<!\s)[*_](?![\w*])/g;

/** Between the cells of a table, told by the line under its head. */
const TABLE = /\|\s*:?-{2,}/;
const CELLS = /\|(?:\s*:?-+:?\s*\|)*/g;

/** What a cut line does not close any more. */
const UNCLOSED = /(?<=^|\s)(?:\*\*|`)(?=\S)/g;

/** More than any card shows of a line. */
const LOOK = 1_000;

export function firstLine(preview: string): readonly Span[] {
  const plain = preview.slice(0, LOOK).replace(LINKS, '$1').replace(BLOCKS, '');
  const line = (TABLE.test(plain) ? plain.replace(CELLS, ' ') : plain).replace(/\s+/g, ' ').trim();
  const spans: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    const [all, code, strong, heavy, light] = match;
    if (match.index > from) spans.push({ kind: 'plain', text: line.slice(from, match.index) });
    if (code) spans.push({ kind: 'code', text: code });
    else if (strong || heavy) spans.push({ kind: 'strong', text: (strong ?? heavy) as string });
    else spans.push({ kind: 'plain', text: light ?? '' });
    from = match.index + all.length;
  }
  if (from < line.length) spans.push({ kind: 'plain', text: line.slice(from).replace(UNCLOSED, '') });
  return spans;
}

export const plainLine = (preview: string): string =>
  firstLine(preview)
    .map(({ text }) => text)
    .join('');

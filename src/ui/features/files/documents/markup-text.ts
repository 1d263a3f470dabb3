/** XML and XHTML as text: read from left to right, without a tree. Pure. */
import { Parser as HtmlParser } from 'htmlparser2';
import { Parser } from 'saxen';

export interface MarkupListener {
  readonly open?: (name: string, attributes: () => Record<string, string>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Reads XML as far as it goes; names without what stands before a colon. */
export function readMarkup(xml: string, { open, close, text }: MarkupListener): void {
  const parser = new Parser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  if (open) parser.on('openTag', (name, attributes) => open(local(name), attributes));
  if (close) parser.on('closeTag', (name) => close(local(name)));
  if (text) {
    parser.on('text', (words, decode) => text(named(decode(words))));
    parser.on('cdata', text);
  }
  parser.on('error', () => {});
  parser.on('warn', () => {});
  parser.parse(xml);
}

/** Names XHTML has beside those of XML. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ nbsp: ' ', mdash: '—', ndash: '–', hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”' },
  ...{ laquo: '«', raquo: '»', bull: '•', middot: '·', copy: '©', reg: '®', trade: '™', deg: '°', shy: '' },
  ...{ eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', auml: 'ä', ouml: 'ö', uuml: 'ü', szlig: 'ß' },
};

const named = (text: string): string =>
  text.replace(/&([a-z]+);/gi, (all, name: string) =>
    Object.hasOwn(NAMES, name) ? (NAMES[name] as string) : all,
  );

const UNSEEN: ReadonlySet<string> = new Set([
  'head',
  'script',
  'style',
  'svg',
  'math',
  'template',
  'noscript',
]);
const BLOCKS: ReadonlySet<string> = new Set([
  ...[
    'p',
    'div',
    'section',
    'article',
    'header',
    'footer',
    'blockquote',
    'pre',
    'ul',
    'ol',
    'li',
    'table',
    'tr',
  ],
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'dl',
    'dt',
    'dd',
    'figure',
    'figcaption',
    'hr',
    'body',
    'aside',
    'nav',
  ],
]);

/** XHTML as text with the marks of Markdown that say what is what: headings, items, cells. */
export function pageText(xhtml: string): string {
  const page = new PageText();
  readMarkup(xhtml, page);
  return page.whole();
}

/** The same of HTML as people write it: whatever is not closed, or closed twice. */
export function htmlText(html: string): string {
  const page = new PageText();
  const parser = new HtmlParser({ onopentagname: page.open, onclosetag: page.close, ontext: page.text });
  parser.end(html);
  return page.whole();
}

class PageText implements MarkupListener {
  private readonly lines: string[] = [];
  private current = '';
  /** Stands before the next line. */
  private mark = '';
  private gap = false;
  private hidden = 0;
  private items = 0;
  private cells: string[] | undefined;

  readonly open = (name: string): void => {
    if (UNSEEN.has(name)) this.hidden += 1;
    if (name === 'tr') this.end(false);
    if (name === 'td' || name === 'th') {
      this.cells ??= [];
      this.current = '';
    }
    this.block(name);
    const heading = /^h([1-6])$/.exec(name);
    if (heading) this.mark = `${'#'.repeat(Number(heading[1]))} `;
    if (name === 'li') {
      this.mark = '- ';
      this.items += 1;
    }
    if (name === 'br') this.block('div');
  };

  readonly close = (name: string): void => {
    if (UNSEEN.has(name)) this.hidden -= 1;
    if (name === 'td' || name === 'th') {
      this.cells?.push(this.current.trim());
      this.current = '';
    } else if (name === 'tr' && this.cells) {
      this.current = this.cells.join(' | ');
      this.cells = undefined;
      this.end(false);
    } else this.block(name);
    if (name === 'li') this.items -= 1;
  };

  readonly text = (words: string): void => {
    if (this.hidden === 0) this.current += words.replace(/\s+/g, ' ');
  };

  whole(): string {
    this.end(false);
    return this.lines.join('\n');
  }

  /** Where a block begins or ends; in a cell that is a space. */
  private block(name: string): void {
    if (!BLOCKS.has(name)) return;
    if (this.cells) this.current += ' ';
    else this.end(APART.test(name) && this.items === 0);
  }

  private end(gap: boolean): void {
    const line = this.current.replace(/ {2,}/g, ' ').trim();
    this.current = '';
    if (line !== '') {
      if (this.gap && this.lines.length > 0) this.lines.push('');
      this.lines.push(this.mark + line);
      [this.mark, this.gap] = ['', false];
    }
    this.gap ||= gap;
  }
}

/** Blocks with an empty line around them. */
const APART = /^(h[1-6]|p|table|ul|ol|dl|blockquote|pre|figure|section|article)$/;

/** A table of formatted text as text again: for spreadsheets, and as Markdown. Pure. */
import type { Element, ElementContent } from 'hast';
import { FORMULA_TAG } from '../safe-tree.ts';

export interface Cell {
  readonly plain: string;
  /** With what is bold, code or a link in it. */
  readonly marked: string;
  readonly align: string | undefined;
}

/** The rows of a table, its head first. */
export function rowsIn(table: Element): readonly (readonly Cell[])[] {
  return below(table, 'tr').map((row) => row.children.filter(isCell).map(cellOf));
}

/** The rows of tables that are one, under the head of the first. */
export function rowsOf(pieces: readonly Element[]): readonly (readonly Cell[])[] {
  return pieces.flatMap((piece, i) => rowsIn(piece).slice(i === 0 ? 0 : 1));
}

/** Comma-separated values by RFC 4180. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(({ plain }) => quoted(plain)).join(',')).join('\r\n');
}

/** As GitHub's Markdown has it; a cell stays in one line. */
export function markdownOf([head = [], ...rows]: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map(({ align }) => RULES[align ?? ''] ?? '---');
  const texts = (row: readonly Cell[]) => head.map((_, column) => row[column]?.marked ?? '');
  return [line(texts(head)), line(rule), ...rows.map((row) => line(texts(row)))].join('\n');
}

const RULES: Readonly<Record<string, string>> = { left: ':--', center: ':-:', right: '--:' };

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function below({ children }: Element, tag: string): Element[] {
  return children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return child.tagName === tag ? [child] : below(child, tag);
  });
}

const isCell = (node: ElementContent): node is Element =>
  node.type === 'element' && (node.tagName === 'td' || node.tagName === 'th');

function cellOf({ children, properties }: Element): Cell {
  const { align, style } = properties;
  const said = /text-align:\s*(\w+)/.exec(String(style ?? ''))?.[1] ?? align;
  return {
    plain: children.map(plainOf).join('').trim(),
    marked: children.map(markedOf).join('').trim(),
    align: typeof said === 'string' ? said : undefined,
  };
}

function plainOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  if (node.tagName === 'br') return '\n';
  if (node.tagName === FORMULA_TAG) return String(node.properties.source ?? '');
  if (node.tagName === 'img') return String(node.properties.alt ?? '');
  return node.children.map(plainOf).join('');
}

const AROUND: Readonly<Record<string, string>> = { strong: '**', em: '*', del: '~~' };

function markedOf(node: ElementContent): string {
  if (node.type === 'text') return escaped(node.value).replace(/\s*\n\s*/g, ' ');
  if (node.type !== 'element') return '';
  const { tagName, properties } = node;
  if (tagName === 'br') return '<br>';
  if (tagName === 'code') return codeOf(plainOf(node));
  if (tagName === FORMULA_TAG || tagName === 'img') return escaped(plainOf(node));
  const inner = node.children.map(markedOf).join('');
  if (tagName === 'a' && typeof properties.href === 'string' && !properties.href.startsWith('#'))
    return `[${inner}](${properties.href})`;
  const mark = AROUND[tagName] ?? '';
  return mark + inner + mark;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** In ticks of which there are no such in it. */
function codeOf(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return ticks + space + escaped(text) + space + ticks;
}
